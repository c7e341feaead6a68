/*
 * Typing, inside the hub: shown to the others who watch a conversation, and kept nowhere.
 *
 * The name that is shown is asked of the desk in the name of who types, and remembered with the party for a minute: names
 * change seldom, and typing comes often.
 */
#pragma once

#include "edge/watch.h"

void typing_tell(struct watch *watch, bool on);
