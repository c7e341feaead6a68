/*
 * A run: the real program in a folder of its own, and the crowd at it (load L1), in one thread. What hurts the desk meanwhile is
 * kill.c's and power.c's.
 */
#pragma once

#include "crowd.h"

struct run {
	uv_loop_t loop;
	struct trial trial;
	struct crowd crowd;
	uv_timer_t act, tend;
	int rate;                        /* deeds a second */
	int64_t due;                     /* of the next deed */
	bool is_over;                    /* no more deeds */
	void (*tended)(struct run *run); /* often; or NULL */
};

/* Starts a desk below `parent` (NULL: the temporary folder) and the crowd; what fails ends the program. */
void run_open(struct run *run, const char *program, const char *parent, guint32 seed, int rate);
void run_close(struct run *run);

/* One turn. */
void run_turn(struct run *run);

/* After the last hurt: until everything is answered; then everybody catches up, files are read back, and the desk is stopped. */
void run_settle(struct run *run);
