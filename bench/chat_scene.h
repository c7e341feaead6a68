/*
 * The scene of bench chat: 40 visitors and 8 advisors on a real desk, everybody connected and watching, and what becomes
 * of each message that a visitor sends. One thread.
 */
#pragma once

#include "cast.h"
#include "histogram.h"
#include "wire.h"

#define ADVISORS  8
#define VISITORS  40
#define SENT_KEPT (1U << 20) /* send times: far more than can be under way */

struct role {
	bool is_advisor;
	struct visitor visitor;
	struct advisor advisor;
	struct wire *wire;
	unsigned under_way; /* sent and not acknowledged */
};

struct scene {
	uv_loop_t loop;
	struct pool pool;
	uv_timer_t tick; /* so that the loop looks at the clock when nothing comes */
	struct trial trial;
	struct http courier;
	struct advisor administrator;
	struct role visitors[VISITORS], advisors[ADVISORS];

	int64_t sent_at[SENT_KEPT];
	uint64_t sent, acknowledged, delivered;
	struct histogram latency, late;
	unsigned next;   /* the visitor whose turn it is */
	unsigned window; /* of the closed loop; 0: the beat sends */
	unsigned ready;  /* watches that were answered */
	int beat;        /* timerfd */
	int64_t beat_ns, due;
	const char *broken;
};

/* Starts a desk, signs everybody in, and waits until all watch. NULL: this build's program, the system's folder. */
void scene_open(struct scene *scene, const char *program, const char *folder, bool keeps);

/* Everybody leaves and the desk stops, but its file stays for the baseline. */
void scene_leave(struct scene *scene);

/* The visitor says something; its latency is kept when the advisor has it. */
void scene_send(struct scene *scene, struct role *visitor);

/* Turns the loop until that moment of clock_ticks_ns(); ends the program when the desk broke its word meanwhile. */
void scene_turn(struct scene *scene, int64_t end);

/* The same until everything that was sent is acknowledged and delivered. */
void scene_drain(struct scene *scene);
