/* Facts about what visitors who wait are told, about staff that is gone without a word, and about a desk under load. */
#include "edge/standing.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	struct kit_hub *hub;
	const struct kit_actor *ann;
	uint32_t seconds;
};

/* Ann is there, and holds one chat well; Ada is away. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };
	const struct kit_actor *ada = kit_administrator(scene.desk);

	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	assert_true(kit_do(scene.desk, ada, "setting.change", "{s:i}", "chats_each", 1)->is_ok);
	kit_jobs(scene.desk);
	assert_true(kit_do(scene.desk, ada, "seat.status", "{s:s}", "status", "away")->is_ok);
	scene.hub = kit_hub_begin(scene.desk);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	kit_hub_end(scene->hub);
	kit_desk_end(scene->desk);
}

struct guest {
	const struct kit_actor *who;
	const char *key;
	struct kit_client *page;
};

/* A visitor whose page watches its conversation; what it heard until then is forgotten. */
static struct guest
guest_begin(struct scene *scene, const char *name)
{
	g_autofree char *id = g_strdup_printf("start-%s", name);
	struct guest guest = { .who = kit_visitor(scene->desk, name) };

	guest.key =
	    g_intern_string(kit_text(kit_do(scene->desk, guest.who, "chat.start", "{s:s}", "id", id), "conversation"));
	guest.page = kit_connect(scene->hub, guest.who);
	kit_say(guest.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w-1", "conversation", guest.key, "since", 0);
	kit_settle(scene->hub);
	kit_forget(guest.page);
	return guest;
}

static void
take(struct scene *scene, const struct guest *guest)
{
	assert_true(kit_do(scene->desk, scene->ann, "chat.take", "{s:s}", "conversation", guest->key)->is_ok);
	kit_settle(scene->hub);
	kit_forget(guest->page);
}

/* A second passes; the page hears of this place and wait, or of nothing (place 0). */
static void
tick(struct scene *scene, const struct guest *guest, int place, int wait_minutes)
{
	g_autofree char *wanted = g_strdup_printf(
	    "{\"event\":\"line.moved\",\"conversation\":\"%s\",\"place\":%d,\"wait_ms\":%d,\"open\":true}", guest->key,
	    place, wait_minutes * 60000);
	const char *heard;

	hub_tick(scene->hub->hub, ++scene->seconds);
	kit_settle(scene->hub);
	heard = kit_heard(guest->page);
	if (g_strcmp0(heard, place == 0 ? NULL : wanted) != 0)
		fail_msg("wanted %s\nheard  %s", place == 0 ? "nothing" : wanted, heard);
	assert_null(kit_heard(guest->page));
}

TEST(one_who_waits_is_told_its_place_and_again_when_the_line_moves)
{
	struct scene scene = scene_begin();
	struct guest vera = guest_begin(&scene, "vera"), otto;

	tick(&scene, &vera, 1, 0);
	take(&scene, &vera);
	otto = guest_begin(&scene, "otto");
	tick(&scene, &otto, 1, 5);
	/* Nothing has moved. */
	tick(&scene, &otto, 0, 0);
	assert_true(kit_do(scene.desk, scene.ann, "chat.end", "{s:s}", "conversation", vera.key)->is_ok);
	tick(&scene, &otto, 1, 0);
	scene_end(&scene);
}

TEST(however_often_the_line_moves_in_a_second_it_is_told_once)
{
	struct scene scene = scene_begin();
	struct guest vera = guest_begin(&scene, "vera"), otto = guest_begin(&scene, "otto"),
		     noor = guest_begin(&scene, "noor");

	tick(&scene, &noor, 3, 0);
	take(&scene, &vera);
	assert_true(kit_do(scene.desk, otto.who, "chat.end", "{s:s}", "conversation", otto.key)->is_ok);
	tick(&scene, &noor, 1, 5);
	scene_end(&scene);
}

TEST(a_place_that_was_told_never_rises)
{
	struct scene scene = scene_begin();
	struct guest vera = guest_begin(&scene, "vera"), otto = guest_begin(&scene, "otto");

	take(&scene, &vera);
	tick(&scene, &otto, 1, 5);
	/* Vera's chat comes back to its old place, before Otto's: what is told is the better of the two. */
	assert_true(kit_do(scene.desk, scene.ann, "chat.release", "{s:s}", "conversation", vera.key)->is_ok);
	kit_settle(scene.hub);
	tick(&scene, &otto, 1, 0);
	scene_end(&scene);
}

TEST(staff_is_not_told_of_the_places_of_others)
{
	struct scene scene = scene_begin();
	struct guest vera = guest_begin(&scene, "vera");
	struct kit_client *workspace = kit_connect(scene.hub, scene.ann);

	kit_say(workspace, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w-1", "conversation", vera.key, "since", 0);
	kit_settle(scene.hub);
	kit_forget(workspace);
	tick(&scene, &vera, 1, 0);
	assert_null(kit_heard(workspace));
	scene_end(&scene);
}

static const char *
status_of_ann(struct scene *scene)
{
	return kit_text(kit_do(scene->desk, scene->ann, "person.me", NULL), "status");
}

/* Seconds pass for the desk and its sockets alike, and every five of them the jobs run. Ann's page answers pings, or not. */
static void
live(struct scene *scene, struct kit_client *page, int seconds, bool answers)
{
	for (int i = 0; i < seconds; i++) {
		unsigned pings = page->pings;

		kit_wait(scene->desk, MS_PER_SECOND);
		hub_tick(scene->hub->hub, ++scene->seconds);
		kit_settle(scene->hub);
		if (answers && page->pings > pings)
			kit_say_frame(page, 0x8A, "", 0);
		kit_settle(scene->hub);
		if (scene->seconds % 5 == 0)
			kit_jobs(scene->desk);
	}
}

TEST(a_page_that_answers_pings_keeps_its_advisor_online_and_one_that_hears_nothing_does_not_for_45_seconds)
{
	struct scene scene = scene_begin();
	struct kit_client *page = kit_connect(scene.hub, scene.ann);

	/* From here on only the hub says that she is there. */
	kit_vanish(scene.ann);
	live(&scene, page, 200, true);
	assert_string_equal(status_of_ann(&scene), "online");
	page->is_deaf = true;
	live(&scene, page, 45, false);
	/* Asking would be a sign of life: it is looked up by another. */
	assert_false(json_boolean_value(
	    json_object_get(kit_do(scene.desk, &kit_nobody, "setting.get", NULL)->body, "is_online")));
	scene_end(&scene);
}

TEST(new_visitors_are_refused_when_more_than_half_of_the_queue_is_full_and_messages_are_not)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera"), *otto = kit_visitor(desk, "otto");
	g_autofree char *key =
	    g_strdup(kit_text(kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"));
	int half = LIMIT_WRITER_QUEUE / 2;
	struct kit_answer *answers = g_new0(struct kit_answer, half + 2), start = { 0 }, late = { 0 };

	kit_hold(desk);
	for (int i = 0; i < half; i++)
		kit_send(desk, vera, "message.send",
		    json_pack("{s:s, s:o, s:s}", "conversation", key, "id", json_sprintf("m-%06d", i), "text", "x"),
		    &answers[i]);
	/* Half of the queue: let in. */
	kit_send(desk, otto, "chat.start", json_pack("{s:s}", "id", "start-0001"), &start);
	assert_false(start.is_answered);
	/* One more: not. */
	kit_send(desk, otto, "chat.start", json_pack("{s:s}", "id", "start-0002"), &late);
	assert_true(late.is_answered);
	assert_int_equal(late.status, 503);
	kit_send(desk, vera, "message.send",
	    json_pack("{s:s, s:s, s:s}", "conversation", key, "id", "m-000after", "text", "x"), &answers[half]);
	assert_false(answers[half].is_answered);
	kit_let_go(desk);
	assert_true(start.is_ok);
	assert_true(answers[half].is_ok);
	for (int i = 0; i <= half; i++)
		kit_answer_clear(&answers[i]);
	kit_answer_clear(&start);
	kit_answer_clear(&late);
	g_free(answers);
	kit_desk_end(desk);
}
