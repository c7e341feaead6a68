/* Facts about who has asked to be told by push, and whom a notice concerns. */
#include "desk/push/push.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

#define POINT "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define AUTH  "BTBZMqHH6r4Tts7J_aSIgg"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(5) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "start-vera", "name", "Vera"),
		"conversation"),
	    sizeof scene.conversation);
	return scene;
}

static const struct kit_answer *
add_with(const struct scene *scene, const struct kit_actor *who, const char *endpoint, const char *p256dh)
{
	return kit_do(scene->desk, who, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint", endpoint, "p256dh", p256dh,
	    "auth", AUTH, "language", "de");
}

static const struct kit_answer *
add(const struct scene *scene, const struct kit_actor *who, const char *endpoint)
{
	return add_with(scene, who, endpoint, POINT);
}

static size_t
count_of(const struct scene *scene, const struct kit_actor *who)
{
	return json_array_size(json_object_get(kit_do(scene->desk, who, "push.list", NULL)->body, "pushes"));
}

struct look {
	struct push_notice notice;
	int64_t person;
	unsigned hearers;
	size_t targets;
	bool hears, is_any;
	char visitor[32];
};

static gboolean
look(struct tx *tx, void *data, GError **error)
{
	struct look *look = data;
	struct push_hearers hearers;
	struct push_person person;

	if (!push_hearers(tx, &look->notice, &hearers, error) || !push_person(tx, look->person, &person, error) ||
	    !push_any(tx, &look->is_any, error))
		return FALSE;
	look->hearers = (unsigned)hearers.count;
	look->targets = person.targets.count;
	for (size_t i = 0; i < hearers.count; i++)
		look->hears = look->hears || hearers.people[i] == look->person;
	g_strlcpy(look->visitor, hearers.name == NULL ? "" : hearers.name, sizeof look->visitor);
	return TRUE;
}

/* Of the only conversation that there is. */
static struct look
looked(const struct scene *scene, const char *kind, const struct kit_actor *who, int64_t to)
{
	struct look found = { .notice = { kind, 1, to }, .person = who->person };

	kit_read(scene->desk, look, &found);
	return found;
}

TEST(a_session_has_one_push_and_the_last_one_counts)
{
	struct scene scene = scene_begin();

	assert_true(add(&scene, scene.ann, "https://push.example/1")->is_ok);
	assert_true(add(&scene, scene.ann, "https://push.example/2")->is_ok);
	assert_int_equal(count_of(&scene, scene.ann), 1);
	assert_int_equal(count_of(&scene, scene.ben), 0);
	kit_desk_end(scene.desk);
}

TEST(a_browser_is_told_for_who_signed_in_there_last)
{
	struct scene scene = scene_begin();

	add(&scene, scene.ann, "https://push.example/shared");
	add(&scene, scene.ben, "https://push.example/shared");
	assert_int_equal(count_of(&scene, scene.ann), 0);
	assert_int_equal(count_of(&scene, scene.ben), 1);
	kit_desk_end(scene.desk);
}

TEST(nobody_sees_or_removes_a_push_of_somebody_else)
{
	struct scene scene = scene_begin();
	int64_t push = kit_int(add(&scene, scene.ann, "https://push.example/1"), "push");
	const struct kit_answer *answer =
	    kit_do(scene.desk, scene.ben, "push.remove", "{s:I}", "push", (json_int_t)push);

	assert_int_equal(answer->status, 404);
	assert_int_equal(
	    kit_do(scene.desk, scene.ben, "push.remove", "{s:I}", "push", (json_int_t)(push + 1))->status, 404);
	assert_int_equal(count_of(&scene, scene.ann), 1);
	assert_true(kit_do(scene.desk, scene.ann, "push.remove", "{s:I}", "push", (json_int_t)push)->is_ok);
	assert_int_equal(count_of(&scene, scene.ann), 0);
	kit_desk_end(scene.desk);
}

TEST(neither_the_address_nor_the_keys_are_answered)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	add(&scene, scene.ann, "https://push.example/capability");
	answer = kit_do(scene.desk, scene.ann, "push.list", NULL);
	assert_null(strstr(answer->text, "capability"));
	assert_null(strstr(answer->text, AUTH));
	kit_desk_end(scene.desk);
}

TEST(an_endpoint_is_an_https_address)
{
	static const char *const wrong[] = { "http://push.example/1", "ftp://push.example/1", "push.example",
		"https://user:word@push.example/1", "https://push.example/1#part", "javascript:alert(1)",
		"http://127.0.0.1.example/", NULL };
	struct scene scene = scene_begin();

	for (const char *const *endpoint = wrong; *endpoint != NULL; endpoint++)
		assert_string_equal(kit_text(add(&scene, scene.ann, *endpoint), "field"), "endpoint");
	assert_int_equal(count_of(&scene, scene.ann), 0);
	kit_desk_end(scene.desk);
}

TEST(an_endpoint_of_1024_bytes_is_taken_and_not_one_of_1025)
{
	struct scene scene = scene_begin();
	g_autofree char *path = g_strnfill(LIMIT_PUSH_ENDPOINT_BYTES, 'a');
	g_autofree char *whole = g_strconcat("https://push.example/", path, NULL);

	whole[LIMIT_PUSH_ENDPOINT_BYTES + 1] = '\0';
	assert_string_equal(kit_text(add(&scene, scene.ann, whole), "field"), "endpoint");
	whole[LIMIT_PUSH_ENDPOINT_BYTES] = '\0';
	assert_true(add(&scene, scene.ann, whole)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(keys_that_are_none_are_refused_by_name)
{
	struct scene scene = scene_begin();
	g_autofree char *compressed = g_strdup(POINT);

	compressed[0] = 'A'; /* another first byte */
	assert_string_equal(
	    kit_text(add_with(&scene, scene.ann, "https://push.example/1", compressed), "field"), "p256dh");
	compressed[0] = '*';
	assert_string_equal(
	    kit_text(add_with(&scene, scene.ann, "https://push.example/1", compressed), "field"), "p256dh");
	kit_desk_end(scene.desk);
}

TEST(a_person_is_told_in_ten_browsers_and_not_in_an_eleventh)
{
	struct scene scene = scene_begin();

	for (int i = 0; i <= LIMIT_PUSHES_PER_PERSON; i++) {
		g_autofree char *endpoint = g_strdup_printf("https://push.example/%d", i);

		kit_sign_in(scene.desk, scene.ann);
		assert_true(add(&scene, scene.ann, endpoint)->is_ok);
		assert_int_equal(count_of(&scene, scene.ann), MIN(i + 1, LIMIT_PUSHES_PER_PERSON));
	}
	kit_desk_end(scene.desk);
}

TEST(a_push_is_over_with_its_session)
{
	struct scene scene = scene_begin();

	add(&scene, scene.ann, "https://push.example/1");
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).targets, 1);
	assert_true(kit_do(scene.desk, scene.ann, "session.end", NULL)->is_ok);
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).targets, 0);
	assert_false(looked(&scene, PUSH_WAITING, scene.ann, 0).is_any);
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).hearers, 0);
	kit_jobs(scene.desk);
	kit_sign_in(scene.desk, scene.ann);
	assert_int_equal(count_of(&scene, scene.ann), 0);
	kit_desk_end(scene.desk);
}

TEST(whoever_is_disabled_is_told_nothing)
{
	struct scene scene = scene_begin();

	add(&scene, scene.ann, "https://push.example/1");
	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "person.disable", "{s:I}", "person",
	    (json_int_t)scene.ann->person)
			->is_ok);
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).targets, 0);
	kit_desk_end(scene.desk);
}

TEST(a_waiting_chat_concerns_whoever_could_take_it_and_only_while_it_waits)
{
	struct scene scene = scene_begin();
	struct look found;

	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, scene.ben, "https://push.example/2");
	found = looked(&scene, PUSH_WAITING, scene.ann, 0);
	assert_int_equal(found.hearers, 2);
	assert_string_equal(found.visitor, "Vera");
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).hearers, 0);
	kit_desk_end(scene.desk);
}

TEST(a_chat_of_a_team_concerns_its_members)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ada = kit_administrator(scene.desk);
	const struct kit_answer *answer;

	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, scene.ben, "https://push.example/2");
	answer = kit_do(scene.desk, ada, "team.add", "{s:s, s:s, s:[I]}", "id", "team-0001", "name", "Lamps", "members",
	    (json_int_t)scene.ben->person);
	assert_true(answer->is_ok);
	answer = kit_do(scene.desk, ada, "chat.transfer", "{s:s, s:s, s:I}", "conversation", scene.conversation, "id",
	    "hand-0001", "team", (json_int_t)kit_int(answer, "id"));
	assert_true(answer->is_ok);
	assert_false(looked(&scene, PUSH_WAITING, scene.ann, 0).hears);
	assert_true(looked(&scene, PUSH_WAITING, scene.ben, 0).hears);
	kit_desk_end(scene.desk);
}

TEST(a_message_concerns_the_owner_and_the_guests_and_nobody_else)
{
	struct scene scene = scene_begin();

	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, scene.ben, "https://push.example/2");
	assert_int_equal(looked(&scene, PUSH_MESSAGE, scene.ann, 0).hearers, 0);
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_true(looked(&scene, PUSH_MESSAGE, scene.ann, 0).hears);
	assert_false(looked(&scene, PUSH_MESSAGE, scene.ben, 0).hears);
	assert_true(kit_do(scene.desk, scene.ann, "chat.invite", "{s:s, s:I}", "conversation", scene.conversation,
	    "person", (json_int_t)scene.ben->person)
			->is_ok);
	assert_true(looked(&scene, PUSH_MESSAGE, scene.ben, 0).hears);
	kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(looked(&scene, PUSH_MESSAGE, scene.ann, 0).hearers, 0);
	kit_desk_end(scene.desk);
}

TEST(a_chat_that_was_handed_over_concerns_who_got_it)
{
	struct scene scene = scene_begin();

	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, scene.ben, "https://push.example/2");
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_false(looked(&scene, PUSH_HANDED, scene.ben, scene.ben->person).hears);
	assert_true(kit_do(scene.desk, scene.ann, "chat.transfer", "{s:s, s:s, s:I}", "conversation",
	    scene.conversation, "id", "hand-0001", "to", (json_int_t)scene.ben->person)
			->is_ok);
	assert_true(looked(&scene, PUSH_HANDED, scene.ben, scene.ben->person).hears);
	assert_false(looked(&scene, PUSH_HANDED, scene.ann, scene.ben->person).hears);
	kit_desk_end(scene.desk);
}

TEST(an_offered_chat_concerns_who_is_asked_and_nobody_else_and_then_whoever_did_not_get_it)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ada = kit_administrator(scene.desk);

	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, scene.ben, "https://push.example/2");
	assert_true(kit_do(scene.desk, ada, "seat.status", "{s:s}", "status", "offline")->is_ok);
	kit_route(scene.desk);
	assert_true(looked(&scene, PUSH_OFFER, scene.ann, scene.ann->person).hears);
	assert_string_equal(looked(&scene, PUSH_OFFER, scene.ann, scene.ann->person).visitor, "Vera");
	assert_false(looked(&scene, PUSH_OFFER, scene.ben, scene.ben->person).hears);
	assert_int_equal(looked(&scene, PUSH_WAITING, scene.ann, 0).hearers, 0);
	assert_false(looked(&scene, PUSH_PASSED, scene.ann, scene.ann->person).hears);
	kit_do(scene.desk, scene.ben, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_false(looked(&scene, PUSH_OFFER, scene.ann, scene.ann->person).hears);
	assert_true(looked(&scene, PUSH_PASSED, scene.ann, scene.ann->person).hears);
	assert_false(looked(&scene, PUSH_PASSED, scene.ben, scene.ben->person).hears);
	kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation);
	assert_true(looked(&scene, PUSH_PASSED, scene.ann, scene.ann->person).hears);
	kit_desk_end(scene.desk);
}

/* About a person or a pool, not about the conversation. */
static struct look
looked_about(const struct scene *scene, const char *kind, const struct kit_actor *who, int64_t about)
{
	struct look found = { .notice = { kind, about, 0 }, .person = who->person };

	kit_read(scene->desk, look, &found);
	return found;
}

TEST(a_seat_concerns_its_person_for_two_minutes)
{
	struct scene scene = scene_begin();

	assert_true(looked_about(&scene, PUSH_SEAT, scene.ann, scene.ann->person).hears);
	kit_wait(scene.desk, LIMIT_LOST_SECONDS * MS_PER_SECOND - 1);
	assert_true(looked_about(&scene, PUSH_SEAT, scene.ann, scene.ann->person).hears);
	kit_wait(scene.desk, 1);
	assert_false(looked_about(&scene, PUSH_SEAT, scene.ann, scene.ann->person).hears);
	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "phone");
	assert_int_equal(looked_about(&scene, PUSH_SEAT, scene.ben, scene.ben->person).hearers, 0);
	kit_desk_end(scene.desk);
}

TEST(a_call_for_help_concerns_the_back_ups_of_that_pool_who_have_no_seat)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ada = kit_administrator(scene.desk), *cleo = kit_staff(scene.desk, "cleo", ROLE_BACKUP),
			       *dora = kit_staff(scene.desk, "dora", ROLE_BACKUP);
	int64_t team, pool;

	team = kit_int(kit_do(scene.desk, ada, "team.add", "{s:s, s:s, s:[I]}", "id", "team-0001", "name", "Lamps",
			   "members", (json_int_t)dora->person),
	    "id");
	pool = kit_int(kit_do(scene.desk, ada, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0001", "team",
			   (json_int_t)team, "size", 1, "cap", 1),
	    "id");
	assert_int_not_equal(pool, 0);
	add(&scene, scene.ann, "https://push.example/1");
	add(&scene, cleo, "https://push.example/2");
	add(&scene, dora, "https://push.example/3");
	/* Vera has been waiting for so long. */
	kit_wait(scene.desk, 120 * MS_PER_SECOND);
	assert_int_equal(looked_about(&scene, PUSH_BACKUP, cleo, 1).hearers, 0);
	for (const struct kit_actor *const *who = (const struct kit_actor *[]) { cleo, dora, NULL }; *who != NULL;
	     who++)
		assert_true(kit_do(scene.desk, *who, "seat.status", "{s:s}", "status", "offline")->is_ok);
	assert_true(looked_about(&scene, PUSH_BACKUP, cleo, 1).hears);
	assert_int_equal(looked_about(&scene, PUSH_BACKUP, cleo, 1).hearers, 1);
	assert_int_equal(looked_about(&scene, PUSH_BACKUP, dora, pool).hearers, 0);
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(looked_about(&scene, PUSH_BACKUP, cleo, 1).hearers, 0);
	kit_desk_end(scene.desk);
}

TEST(a_waiting_chat_concerns_nobody_who_waits_for_a_seat_and_back_ups_only_while_they_have_one)
{
	struct scene scene = scene_begin();
	const struct kit_actor *cleo = kit_staff(scene.desk, "cleo", ROLE_BACKUP);

	add(&scene, cleo, "https://push.example/1");
	add(&scene, scene.ann, "https://push.example/2");
	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "phone");
	assert_false(looked(&scene, PUSH_WAITING, scene.ann, 0).hears);
	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "offline");
	assert_true(looked(&scene, PUSH_WAITING, scene.ann, 0).hears);
	assert_true(looked(&scene, PUSH_WAITING, cleo, 0).hears);
	kit_do(scene.desk, cleo, "seat.status", "{s:s}", "status", "offline");
	assert_false(looked(&scene, PUSH_WAITING, cleo, 0).hears);
	kit_desk_end(scene.desk);
}
