/*
 * What the crowd does besides deeds: receipts (P9) and drafts (P35).
 *
 * A receipt is sent once and not again: what was told of a side, by an answer or an event, must never be less than what the
 * same participant was told before. A draft is saved over HTTP, one save at a time, so it is known which of two texts the
 * desk may have; the desk is asked again and again, most of all after its death.
 */
#pragma once

#include "crowd_talk.h"

/* Says that all that was shown has arrived, and perhaps that it was looked at. */
void mark_send(struct participant *participant, unsigned place, bool is_seen);

/* The answer to that on a socket: `status` is of the problem, 0 where `ok` is there. And the event. */
void mark_answered(struct participant *participant, unsigned place, int status, const json_t *ok);
void mark_moved(struct participant *participant, unsigned place, const json_t *event);

/* Asks what the desk has of the draft, or saves another text; also while it is being sent, as a page that saves late. */
void pen_moves(struct participant *owner, unsigned place);

/* The message may be what was written, and takes it along. */
void pen_becomes(struct participant *owner, struct deed *deed);

/* The deed was answered: where it was a draft, that is over, and a save that comes too late must not bring it back. */
void pen_is_done(struct deed *deed);

void pens_clear(struct participant *participant);
