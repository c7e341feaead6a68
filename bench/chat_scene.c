/*
 * See chat_scene.h.
 */
#include "chat_scene.h"

#include <string.h>

#include "base/clock.h"

#define DRAIN_NS  INT64_C(10000000000)
#define TEXT      "Good morning! Is the lamp with the green shade in stock again?"
#define ID_PREFIX "m-"

static struct scene *
scene_of(const struct wire *wire)
{
	return wire->pool->loop->data;
}

void
scene_send(struct scene *scene, struct role *visitor)
{
	char text[256];
	int size = g_snprintf(text, sizeof text,
	    "{\"do\":\"message.send\",\"id\":\"" ID_PREFIX "%012" G_GINT64_MODIFIER
	    "x\",\"conversation\":\"%s\",\"text\":\"" TEXT "\"}",
	    scene->sent, visitor->visitor.conversation);

	scene->sent_at[scene->sent++ % SENT_KEPT] = clock_ticks_ns();
	visitor->under_way++;
	wire_send(visitor->wire, text, (size_t)size);
}

static void
hear_answer(struct scene *scene, struct role *role, const char *text, size_t size)
{
	if (memmem(text, size, "\"problem\"", 9) != NULL) {
		g_printerr("refused: %.*s\n", (int)size, text);
		scene->broken = "a command was refused";
		return;
	}
	if (memmem(text, size, "\"" ID_PREFIX, sizeof ID_PREFIX) == NULL) {
		scene->ready++;
		return;
	}
	scene->acknowledged++;
	role->under_way--;
	while (role->under_way < scene->window)
		scene_send(scene, role);
}

static void
hear_item(struct scene *scene, const char *text, size_t size)
{
	size_t id_size;
	const char *id = text_value(text, size, "caller_id", &id_size);

	if (id == NULL || id_size != strlen(ID_PREFIX) + 12 || memcmp(id, ID_PREFIX, strlen(ID_PREFIX)) != 0)
		return;
	histogram_add(&scene->latency,
	    (uint64_t)(clock_ticks_ns() - scene->sent_at[strtoull(id + strlen(ID_PREFIX), NULL, 16) % SENT_KEPT]));
	scene->delivered++;
}

static void
on_text(struct wire *wire, const char *text, size_t size)
{
	struct role *role = wire->owner;
	bool is_event = memmem(text, MIN(size, 16), "\"event\"", 7) != NULL;

	if (!is_event)
		hear_answer(scene_of(wire), role, text, size);
	else if (role->is_advisor)
		hear_item(scene_of(wire), text, size);
}

static void
on_closed(struct wire *wire, unsigned code)
{
	struct role *role = wire->owner;

	if (code != 1000)
		g_printerr("a socket was closed with %u\n", code);
	scene_of(wire)->broken = "a socket was closed";
	role->wire = NULL;
}

static void
insist(const struct scene *scene)
{
	if (scene->broken != NULL)
		bench_die("%s", scene->broken);
}

/* Turns the loop until `end`, or until everything that was sent is acknowledged and delivered. */
void
scene_turn(struct scene *scene, int64_t end)
{
	while (clock_ticks_ns() < end && scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	insist(scene);
}

void
scene_drain(struct scene *scene)
{
	int64_t end = clock_ticks_ns() + DRAIN_NS;

	while ((scene->delivered < scene->sent || scene->acknowledged < scene->sent) && clock_ticks_ns() < end &&
	    scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	if (scene->delivered != scene->sent || scene->acknowledged != scene->sent) {
		g_printerr("sent %" G_GUINT64_FORMAT ", acknowledged %" G_GUINT64_FORMAT
			   ", delivered %" G_GUINT64_FORMAT "\n",
		    scene->sent, scene->acknowledged, scene->delivered);
		scene->broken = "messages are missing";
	}
	insist(scene);
}

static void
open_wire(struct scene *scene, struct role *role, struct http *http)
{
	role->wire = wire_open(&scene->pool, http, role);
	if (role->wire == NULL)
		bench_die("a socket does not open");
}

static void
watch(struct role *role, const struct visitor *visitor)
{
	wire_send_format(role->wire, "{\"do\":\"watch\",\"id\":\"watch-%.8s\",\"conversation\":\"%s\",\"since\":0}",
	    visitor->conversation, visitor->conversation);
}

static void
enter_visitor(struct scene *scene, unsigned n)
{
	struct role *visitor = &scene->visitors[n], *advisor = &scene->advisors[n % ADVISORS];

	cast_visitor(&scene->courier, n, &visitor->visitor);
	open_wire(scene, visitor, &scene->courier);
	cast_take(&advisor->advisor, visitor->visitor.conversation);
	watch(visitor, &visitor->visitor);
	watch(advisor, &visitor->visitor);
}

static void
on_tick(uv_timer_t *tick)
{
	(void)tick;
}

static void
scene_init(struct scene *scene)
{
	uv_loop_init(&scene->loop);
	scene->loop.data = scene;
	pool_init(&scene->pool, &scene->loop);
	scene->pool.text = on_text;
	scene->pool.closed = on_closed;
	uv_timer_init(&scene->loop, &scene->tick);
	uv_timer_start(&scene->tick, on_tick, 10, 10);
	http_init(&scene->courier, scene->trial.port);
}

void
scene_open(struct scene *scene, const char *program, const char *folder, bool keeps)
{
	g_autoptr(GError) error = NULL;

	if (!trial_open(&scene->trial, program, folder, &error) || !trial_start(&scene->trial, &error))
		bench_die("%s", error->message);
	scene->trial.keeps = keeps;
	scene_init(scene);
	cast_administrator(&scene->trial, &scene->administrator);
	for (unsigned n = 0; n < ADVISORS; n++) {
		scene->advisors[n].is_advisor = true;
		cast_advisor(&scene->trial, &scene->administrator, n, &scene->advisors[n].advisor);
		open_wire(scene, &scene->advisors[n], &scene->advisors[n].advisor.http);
	}
	for (unsigned n = 0; n < VISITORS; n++)
		enter_visitor(scene, n);
	while (scene->ready < 2 * VISITORS && scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	insist(scene);
}

static void
role_leave(struct role *role)
{
	if (role->wire != NULL)
		wire_cut(role->wire);
	if (role->is_advisor)
		cast_advisor_clear(&role->advisor);
	else
		cast_visitor_clear(&role->visitor);
}

/* Stops the desk, but leaves its file for the baseline. */
void
scene_leave(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	scene->pool.closed = NULL;
	for (unsigned n = 0; n < VISITORS; n++)
		role_leave(&scene->visitors[n]);
	for (unsigned n = 0; n < ADVISORS; n++)
		role_leave(&scene->advisors[n]);
	uv_close((uv_handle_t *)&scene->tick, NULL);
	pool_clear(&scene->pool);
	uv_loop_close(&scene->loop);
	cast_advisor_clear(&scene->administrator);
	http_clear(&scene->courier);
	if (!trial_stop(&scene->trial, &error))
		bench_die("%s", error->message);
}
