/*
 * A whole desk, its pusher with the real sender, and a push service of the test's own. Vera is a visitor; Ann and Ben are online. What
 * must be done for a fact to be looked at is asserted here. Time of the pusher goes by in pushes_pass() alone.
 */
#pragma once

#include <jansson.h>
#include <uv.h>

#include "edge/pusher.h"
#include "tests/kit/desk.h"
#include "tests/kit/push_service.h"

struct pushes {
	struct kit_desk *desk;
	struct push_service *service;
	struct pusher *pusher;
	uv_loop_t loop;
	uv_async_t woken;
	unsigned done;
	int64_t now_ms;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

struct pushes *pushes_begin(void);
struct pushes *pushes_begin_as(bool allows_loopback);
void pushes_end(struct pushes *pushes);

/* This browser of theirs, whose name is the person's, is to be told. */
const struct kit_answer *pushes_add(const struct pushes *pushes, const struct kit_actor *who);

/* Vera begins a chat, says something, ends it; somebody takes it. */
void pushes_start(struct pushes *pushes);
void pushes_say(struct pushes *pushes, const char *id);
void pushes_chat_end(struct pushes *pushes);
void pushes_take(struct pushes *pushes, const struct kit_actor *who);

/* Seconds go by, until nothing waits but for time. */
void pushes_pass(struct pushes *pushes, int64_t seconds);

/* Waits until the sender has ended so many jobs since the start. */
void pushes_wait_for(struct pushes *pushes, unsigned done);

struct pusher_figures pushes_figures(const struct pushes *pushes);

/* What the browser reads of the n-th request; the caller frees. */
json_t *pushes_read(struct pushes *pushes, unsigned n);

/* The n-th went to that browser, of Vera's chat, and says that. */
void pushes_assert(struct pushes *pushes, unsigned n, const char *to, const char *kind, int count);
