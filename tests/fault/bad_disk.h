/*
 * A bad disk below the real program: a library that is loaded before the C library (LD_PRELOAD) and fails the n-th write or fsync of
 * a file, whoever does it, or is slow. It is told what to do, and tells what happened, in a file that both sides map.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

/* The environment names the file. */
#define BAD_DISK_FILE "SOFTANSWER_BAD_DISK"

enum bad_disk_kind { BAD_WRITE = 1, BAD_SYNC = 2 };

struct bad_disk {
	atomic_int kinds;      /* that fail; 0: all is well */
	atomic_int left;       /* calls until then */
	atomic_int code;       /* the errno */
	atomic_bool stays;     /* and so do all after it */
	atomic_int slow_ms;    /* how long every fsync takes */
	atomic_int struck;     /* how often it has failed */
	atomic_int of_folders; /* of those, fsyncs of folders */
	atomic_int again;      /* fsyncs of a descriptor whose fsync had failed: there must be none */
};

/* For the tests: makes the file, which the library of this build finds in the environment of what is started in between. */
struct bad_disk *bad_disk_make(const char *path);
void bad_disk_free(struct bad_disk *disk);
void bad_disk_begin(const char *path);
void bad_disk_end(void);
