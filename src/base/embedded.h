/*
 * Files that were put into the program when it was built: the migrations and the pages (tools/embed).
 *
 * Any thread: nothing here ever changes.
 */
#pragma once

#include <stddef.h>

struct embedded {
	const char *path;          /* relative, with '/': "assets/app.js" */
	const unsigned char *data; /* followed by a NUL that `size` does not count */
	const unsigned char *gzip; /* NULL where it was not asked for or is no smaller */
	const unsigned char *brotli;
	size_t size, gzip_size, brotli_size;
	const char *etag; /* of the content, with its quotation marks, as HTTP wants it */
};

/* Sorted by path (strcmp). */
extern const struct embedded migrations_files[];
extern const unsigned migrations_count;

extern const struct embedded pages_files[];
extern const unsigned pages_count;
