/*
 * About: what the program knows of itself and of where it stands, for the status page. Made by app/ at the start, and not changed
 * afterwards: any thread may read it.
 */
#pragma once

#include <stdint.h>

struct about {
	const char *commit;    /* that the program was built from */
	const char *folder;    /* of the data */
	const char *database;  /* the store's file, or NULL where it is on a server */
	const char *backed_up; /* a file that is touched by every backup */
	const char *engine;    /* "sqlite" or "postgres" */
	const char *lacks;     /* what of the confinement is not in force, for people; NULL: nothing */
	int schema;
	int64_t started_ms;
};
