/*
 * Types of files: what the first bytes are, by a short table of signatures. What a sender or a name claims counts for nothing.
 *
 * Of pictures the size is read from the header, and nothing is decoded. A picture whose size cannot be read, or that has more than
 * LIMIT_FILE_PIXELS, is no picture to us: it is downloaded and not shown. Pure; any thread; any bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILE_TYPE_OTHER "application/octet-stream"

struct file_type {
	const char *name;      /* "image/png" */
	int64_t width, height; /* of a picture; else 0 */
};

/* `bytes` are the first of the file, LIMIT_FILE_PART_BYTES or all that it has. */
struct file_type file_type_of(const void *bytes, size_t size);

/* Whether a browser may show it in place: pictures and sound of the table. */
bool file_type_is_shown(const char *name);
