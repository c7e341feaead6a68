/*
 * Files of the crowd: sent in parts over HTTP, sometimes left half sent and gone on with later, and read back at the end (P22).
 */
#pragma once

#include "crowd_talk.h"

/* Sends as much as the desk takes: start, the parts that are missing, finish. What breaks off goes on the next time. */
void file_send(struct deed *deed);

/*
 * Reads every file back, of those that were acknowledged as one of the first `answered` deeds, from the desk on `port`; what is not there
 * bit for bit is a sentence in `complaints`. Returns how many it read.
 */
unsigned files_read(const struct crowd *crowd, int port, uint64_t answered, GPtrArray *complaints);
