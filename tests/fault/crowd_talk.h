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

/* Sends what waits on the wire and cuts it before an answer can come. */
void wire_cut_after_sending(struct wire *wire);
