/*
 * Typing, inside the hub: shown to the others who watch a conversation, and kept nowhere.
 *
 * Colleagues see each other's; the visitor sees only that of the owner and the guests of its chat, since a lead may read along
 * without its knowing. Who has a part is asked of the desk in the party's own name (chat.get), and once more after every item
 * of the log: a hand-over is one.
 */
#pragma once

#include "edge/watch.h"

void typing_init(struct hub *hub);
void typing_clear(struct hub *hub);

void typing_tell(struct watch *watch, bool on);

/* Something was added to the log: who has a part may be another now. */
void typing_outdate(struct watch *watch);

/* The watch ends. */
void typing_leave(struct watch *watch);
