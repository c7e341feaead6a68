/*
 * Lines of stories about pushes: see lines.h. The desk's own pusher and sender post to a push service of the kit, on the loopback;
 * time is the story's. A line that looks lets everything go out first that is due.
 */
#include <string.h>

#include "base/limits.h"
#include "edge/pusher.h"
#include "tests/kit/push_reader.h"
#include "tests/kit/push_service.h"
#include "tests/stories/lines.h"

struct pushing {
	struct push_service *service;
	struct pusher *pusher;
	uv_loop_t loop;
	uv_async_t woken;
};

static void
wake(void *data)
{
	uv_async_send(&((struct pushing *)data)->woken);
}

static void
on_woken(uv_async_t *async)
{
	pusher_collect(((struct pushing *)async->data)->pusher);
}

static struct pushing *
pushing_of(struct play *play)
{
	struct pushing *pushing = play->pushing;

	if (pushing != NULL)
		return pushing;
	pushing = play->pushing = g_new0(struct pushing, 1);
	pushing->service = push_service_start();
	uv_loop_init(&pushing->loop);
	uv_async_init(&pushing->loop, &pushing->woken, on_woken);
	pushing->woken.data = pushing;
	pushing->pusher = pusher_new(kit_edge(play->desk), &pushing->loop,
	    &(struct pusher_settings) { .allows_loopback = true, .wake = wake, .data = pushing });
	return pushing;
}

void
play_hush(struct play *play)
{
	struct pushing *pushing = g_steal_pointer(&play->pushing);

	if (pushing == NULL)
		return;
	pusher_free(pushing->pusher);
	uv_close((uv_handle_t *)&pushing->woken, NULL);
	uv_run(&pushing->loop, UV_RUN_DEFAULT);
	uv_loop_close(&pushing->loop);
	push_service_stop(pushing->service);
	g_free(pushing);
}

/* What happened becomes known to the pusher, then whom it concerns, then it goes out. */
static void
settle(struct play *play)
{
	struct pushing *pushing = pushing_of(play);
	struct pusher_figures figures;

	for (unsigned i = 0; i < 3; i++) {
		pusher_tick(pushing->pusher, kit_now(play->desk));
		for (pusher_figures(pushing->pusher, &figures); figures.waiting > 0;
		     pusher_figures(pushing->pusher, &figures))
			uv_run(&pushing->loop, UV_RUN_ONCE);
	}
}

/* What the member's browser was told next, opened as a browser does; NULL: nothing. */
static json_t *
next_push(struct play *play, struct member *member)
{
	struct push_service *service = pushing_of(play)->service;
	g_autofree char *line = g_strdup_printf("POST /%s HTTP", member->name);

	while (member->pushes < push_service_count(service)) {
		const struct push_request *request = push_service_request(service, member->pushes++);
		g_autofree char *text = NULL;

		if (!g_str_has_prefix(request->head, line))
			continue;
		text = reader_open(request->body->data, request->body->len);
		return text == NULL ? NULL : json_loads(text, 0, NULL);
	}
	return NULL;
}

bool
line_wants_push(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	g_autofree char *endpoint = push_service_url(pushing_of(play)->service, words[0]);

	return member != NULL &&
	    play_send(play, member, "push.add",
		json_pack("{s:s, s:s, s:s, s:s}", "endpoint", endpoint, "p256dh", READER_POINT, "auth", READER_AUTH,
		    "language", "en"));
}

/* `visitor` NULL: of no chat. */
static bool
tells(struct play *play, const char *who, const char *visitor, const char *kind, int64_t count)
{
	struct member *member = play_member(play, who);
	const char *conversation = visitor == NULL || member == NULL ? NULL : play_conversation(play, visitor);
	const char *seen_of, *seen;
	json_t *push;
	bool is_right;

	if (member == NULL || (visitor != NULL && conversation == NULL))
		return false;
	settle(play);
	push = next_push(play, member);
	if (push == NULL)
		return play_wrong(play, "expected that %s's browser tells %s, seen nothing", who, kind);
	seen = json_string_value(json_object_get(push, "kind"));
	seen_of = json_string_value(json_object_get(push, "conversation"));
	is_right = g_strcmp0(seen, kind) == 0 && g_strcmp0(seen_of, conversation) == 0 &&
	    json_integer_value(json_object_get(push, "count")) == count;
	if (!is_right)
		play_wrong(play, "expected %s of %s, %d in all, seen %s of %s, %d in all", kind,
		    conversation == NULL ? "none" : conversation, (int)count, seen, seen_of == NULL ? "none" : seen_of,
		    (int)json_integer_value(json_object_get(push, "count")));
	json_decref(push);
	return is_right;
}

bool
line_tells(struct play *play, char **words)
{
	return tells(play, words[0], NULL, words[1], 0);
}

bool
line_tells_of(struct play *play, char **words)
{
	return tells(play, words[0], words[1], words[2], 1);
}

bool
line_tells_of_several(struct play *play, char **words)
{
	return tells(play, words[0], words[1], words[2], g_ascii_strtoll(words[3], NULL, 10));
}

bool
line_tells_nothing(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	json_t *push;

	if (member == NULL)
		return false;
	settle(play);
	push = next_push(play, member);
	if (push == NULL)
		return true;
	play_wrong(play, "expected that %s's browser tells nothing, seen %s", words[0],
	    json_string_value(json_object_get(push, "kind")));
	json_decref(push);
	return false;
}
