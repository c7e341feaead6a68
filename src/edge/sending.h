/*
 * Sending a file: the answer to file.get over HTTP (docs/protocol.md, "Files").
 *
 * The file is read part by part by the readers; while a part is being read the connection is suspended, and what was read is sent
 * before the next is asked for, so a slow reader costs one part of memory and no thread. At most LIMIT_FILES_SENT at a time,
 * each for LIMIT_FILE_SEND_MINUTES. Loop thread.
 */
#pragma once

#include "desk/file/file.h"
#include "edge/exchange.h"

/* Answers with the file's bytes, or the range that was asked for; 304 when the caller has it. */
void sending_begin(struct exchange *exchange, const struct file_got *file);

/* For the end: no part comes any more, and what is under way is cut off. */
void sending_cut_all(struct http *http);
