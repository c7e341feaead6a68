/* A pusher and a push service: see pushes.h. */
#include "tests/kit/pushes.h"

#include <string.h>

#include "base/clock.h"
#include "tests/kit/facts.h"
#include "tests/kit/push_reader.h"

static void
wake(void *data)
{
	uv_async_send(&((struct pushes *)data)->woken);
}

static void
on_woken(uv_async_t *async)
{
	struct pushes *pushes = async->data;

	pusher_collect(pushes->pusher);
	pushes->done++;
}

const struct kit_answer *
pushes_add(const struct pushes *pushes, const struct kit_actor *who)
{
	g_autofree char *endpoint = push_service_url(pushes->service, who->name);
	const struct kit_answer *answer = kit_do(pushes->desk, who, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint",
	    endpoint, "p256dh", READER_POINT, "auth", READER_AUTH, "language", "es");

	assert_true(answer->is_ok);
	return answer;
}

struct pushes *
pushes_begin_as(bool allows_loopback)
{
	struct pushes *pushes = g_new0(struct pushes, 1);
	const struct pusher_settings settings = { .allows_loopback = allows_loopback, .wake = wake, .data = pushes };

	pushes->desk = kit_desk_begin(7);
	pushes->service = push_service_start();
	uv_loop_init(&pushes->loop);
	uv_async_init(&pushes->loop, &pushes->woken, on_woken);
	pushes->woken.data = pushes;
	pushes->now_ms = INT64_C(1000000000000); /* far ahead of the loop's own clock */
	pushes->pusher = pusher_new(kit_edge(pushes->desk), &pushes->loop, &settings);
	pushes->vera = kit_visitor(pushes->desk, "vera");
	pushes->ann = kit_staff(pushes->desk, "ann", ROLE_ADVISOR);
	pushes->ben = kit_staff(pushes->desk, "ben", ROLE_ADVISOR);
	return pushes;
}

struct pushes *
pushes_begin(void)
{
	return pushes_begin_as(true);
}

void
pushes_end(struct pushes *pushes)
{
	pusher_free(pushes->pusher);
	uv_close((uv_handle_t *)&pushes->woken, NULL);
	uv_run(&pushes->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&pushes->loop), 0);
	push_service_stop(pushes->service);
	kit_desk_end(pushes->desk);
	g_free(pushes);
}

void
pushes_start(struct pushes *pushes)
{
	g_strlcpy(pushes->conversation,
	    kit_text(kit_do(pushes->desk, pushes->vera, "chat.start", "{s:s, s:s, s:s}", "id", "start-vera", "name",
			 "Vera", "text", "Is the lamp in stock?"),
		"conversation"),
	    sizeof pushes->conversation);
}

void
pushes_say(struct pushes *pushes, const char *id)
{
	assert_true(kit_do(pushes->desk, pushes->vera, "message.send", "{s:s, s:s, s:s}", "conversation",
	    pushes->conversation, "id", id, "text", "Hello?")
			->is_ok);
}

void
pushes_take(struct pushes *pushes, const struct kit_actor *who)
{
	assert_true(kit_do(pushes->desk, who, "chat.take", "{s:s}", "conversation", pushes->conversation)->is_ok);
}

void
pushes_chat_end(struct pushes *pushes)
{
	assert_true(
	    kit_do(pushes->desk, pushes->vera, "chat.end", "{s:s}", "conversation", pushes->conversation)->is_ok);
}

void
pushes_pass(struct pushes *pushes, int64_t seconds)
{
	for (; seconds > 0; seconds--) {
		pushes->now_ms += MS_PER_SECOND;
		pusher_tick(pushes->pusher, pushes->now_ms);
	}
}

struct pusher_figures
pushes_figures(const struct pushes *pushes)
{
	struct pusher_figures figures;

	pusher_figures(pushes->pusher, &figures);
	return figures;
}

void
pushes_wait_for(struct pushes *pushes, unsigned done)
{
	while (pushes->done < done)
		uv_run(&pushes->loop, UV_RUN_ONCE);
}

json_t *
pushes_read(struct pushes *pushes, unsigned n)
{
	const struct push_request *request = push_service_request(pushes->service, n);
	g_autofree char *text = reader_open(request->body->data, request->body->len);

	assert_non_null(text);
	return json_loads(text, 0, NULL);
}

void
pushes_assert(struct pushes *pushes, unsigned n, const char *to, const char *kind, int count)
{
	g_autofree char *line = g_strdup_printf("POST /%s HTTP/1.1\r\n", to);
	json_t *push = pushes_read(pushes, n);

	assert_true(g_str_has_prefix(push_service_request(pushes->service, n)->head, line));
	assert_string_equal(json_string_value(json_object_get(push, "kind")), kind);
	assert_string_equal(json_string_value(json_object_get(push, "conversation")), pushes->conversation);
	assert_string_equal(json_string_value(json_object_get(push, "name")), "Vera");
	assert_string_equal(json_string_value(json_object_get(push, "language")), "es");
	assert_int_equal(json_integer_value(json_object_get(push, "count")), count);
	json_decref(push);
}
