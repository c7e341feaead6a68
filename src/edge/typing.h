/*
 * Typing, inside the hub: shown to the others who watch a conversation, and kept nowhere.
 */
#pragma once

#include "edge/watch.h"

void typing_tell(struct watch *watch, bool on);
