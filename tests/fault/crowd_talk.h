/*
 * How the crowd talks to the desk: connecting, sending deeds, hearing answers and items. See crowd.h.
 */
#pragma once

#include "crowd.h"

/* Listens to what the sockets say. */
void crowd_hear(struct crowd *crowd);

/* By socket: opens it and watches everything with the cursors. By polling: sees that the desk is there. */
bool participant_connect(struct participant *participant, enum way way);

/* Asks for what is new in that conversation, to the end; false when no answer came (the participant is away then). */
bool participant_poll(struct participant *participant, unsigned place);

/* Sends the deed by its author's way; over HTTP the answer is there when it returns. */
void deed_send(struct deed *deed);
void deed_send_http(struct deed *deed);

/* What an answer's status means for a deed. What may be done or not stays open. */
void deed_judge(struct deed *deed, int status, const json_t *answer);

/* Its connection is gone: it comes back in a moment. */
void participant_go_away(struct participant *participant);

/* Unanswered on one socket: the desk closes it past 64. What does not fit is sent when it does. */
#define UNANSWERED_MAX 60

/* Sends what waits on the wire and cuts it before an answer can come. */
void wire_cut_after_sending(struct wire *wire);
