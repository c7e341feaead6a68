/* Facts about visitors whom a site names. */
#include "desk/visitor/visitor.h"

#include <string.h>

#include "base/limits.h"
#include "edge/cookie.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ada, *ann;
	char site[KEY_CHARS + 1], secret[TOKEN_CHARS + 1];
};

static void
new_site(struct scene *scene, const char *id, char site[KEY_CHARS + 1], char secret[TOKEN_CHARS + 1])
{
	g_strlcpy(site,
	    kit_text(kit_do(scene->desk, scene->ada, "site.add", "{s:s, s:s, s:s}", "id", id, "name", "Shop",
			 "language", "en"),
		"site"),
	    KEY_CHARS + 1);
	g_strlcpy(secret, kit_text(kit_do(scene->desk, scene->ada, "site.secret", "{s:s}", "site", site), "secret"),
	    TOKEN_CHARS + 1);
}

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(4) };

	scene.ada = kit_administrator(scene.desk);
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	new_site(&scene, "site-0001", scene.site, scene.secret);
	return scene;
}

/* As a page of the site does it. */
static char *
sign(const char *secret, const char *payload)
{
	g_autofree char *text = secret_base64(payload, strlen(payload));
	struct digest mac = secret_hmac_sha256(secret, text, strlen(text));
	g_autofree char *signature = secret_base64(mac.bytes, sizeof mac.bytes);

	return g_strconcat(text, ".", signature, NULL);
}

static char *
identity(const struct scene *scene, const char *customer, int64_t ahead_ms)
{
	g_autofree char *payload = g_strdup_printf("{\"id\":\"%s\",\"name\":\"Vera L.\",\"exp\":%" G_GINT64_FORMAT "}",
	    customer, (kit_now(scene->desk) + ahead_ms) / 1000);

	return sign(scene->secret, payload);
}

/* Who the browser is after it has shown that; the cookie takes the place of the one before. */
static struct kit_actor
identified(const struct scene *scene, const struct kit_actor *who, const char *token)
{
	const struct kit_answer *answer = kit_do(scene->desk, who, "visitor.identify", "{s:s, s:s, s:b}", "site",
	    scene->site, "token", token, "bearer", true);
	struct kit_actor actor = { .credential = { .kind = CREDENTIAL_VISITOR } };

	assert_true(answer->is_ok);
	assert_true(visitor_token_read(&kit_edge(scene->desk)->key, kit_text(answer, "token"), kit_now(scene->desk),
	    actor.credential.visitor, &actor.credential.visitor_until));
	return actor;
}

static struct kit_actor
is_customer(const struct scene *scene, const struct kit_actor *who, const char *customer)
{
	g_autofree char *token = identity(scene, customer, MS_PER_HOUR);

	return identified(scene, who, token);
}

static char *
chat(const struct scene *scene, const struct kit_actor *who)
{
	return g_strdup(kit_text(
	    kit_do(scene->desk, who, "chat.start", "{s:s, s:s}", "id", "start-0001", "text", "Hello"), "conversation"));
}

static int
reads(const struct scene *scene, const struct kit_actor *who, const char *conversation)
{
	return kit_do(scene->desk, who, "conversation.items", "{s:s}", "conversation", conversation)->status;
}

TEST(the_same_customer_on_another_machine_goes_on_with_the_conversation)
{
	struct scene scene = scene_begin();
	struct kit_actor at_home = is_customer(&scene, kit_visitor(scene.desk, "home"), "c-17");
	g_autofree char *conversation = chat(&scene, &at_home);
	struct kit_actor at_work = is_customer(&scene, &kit_nobody, "c-17");
	struct kit_actor another = is_customer(&scene, kit_visitor(scene.desk, "other"), "c-18");

	assert_string_equal(at_work.credential.visitor, at_home.credential.visitor);
	assert_int_equal(reads(&scene, &at_work, conversation), 200);
	assert_int_equal(reads(&scene, &another, conversation), 404);
	kit_desk_end(scene.desk);
}

TEST(an_unknown_visitor_who_becomes_known_takes_its_chat_along)
{
	struct scene scene = scene_begin();
	const struct kit_actor *unknown = kit_visitor(scene.desk, "vera");
	g_autofree char *conversation = chat(&scene, unknown);
	struct kit_actor known = is_customer(&scene, unknown, "c-17");

	assert_int_equal(reads(&scene, &known, conversation), 200);
	kit_desk_end(scene.desk);
}

TEST(a_token_from_before_shows_nothing_of_what_comes_after)
{
	struct scene scene = scene_begin();
	const struct kit_actor *planted = kit_visitor(scene.desk, "planted");
	g_autofree char *conversation = chat(&scene, planted);
	struct kit_actor known = is_customer(&scene, planted, "c-17");

	assert_string_not_equal(known.credential.visitor, planted->credential.visitor);
	assert_int_equal(reads(&scene, planted, conversation), 404);
	assert_string_equal(kit_text(kit_do(scene.desk, planted, "chat.visit", NULL), "conversation"), "");
	kit_desk_end(scene.desk);
}

/* Known since an earlier visit on which nothing was said. */
static struct kit_actor
known_without_chat(struct scene *scene, const char *customer)
{
	return is_customer(scene, &kit_nobody, customer);
}

TEST(a_customer_without_a_conversation_takes_the_chat_along_that_it_began_before_signing_in)
{
	struct scene scene = scene_begin();
	struct kit_actor before = known_without_chat(&scene, "c-17"), known, other;
	const struct kit_actor *unknown = kit_visitor(scene.desk, "vera");
	g_autofree char *conversation = chat(&scene, unknown);

	known = is_customer(&scene, unknown, "c-17");
	assert_string_equal(known.credential.visitor, before.credential.visitor);
	assert_int_equal(reads(&scene, &known, conversation), 200);
	/* The token from before shows nothing any more, and gives it to nobody else. */
	assert_int_equal(reads(&scene, unknown, conversation), 404);
	other = is_customer(&scene, unknown, "c-18");
	assert_int_equal(reads(&scene, &other, conversation), 404);
	assert_int_equal(reads(&scene, &known, conversation), 200);
	kit_desk_end(scene.desk);
}

TEST(a_customer_with_a_conversation_leaves_the_unknown_one_behind)
{
	struct scene scene = scene_begin();
	struct kit_actor at_home = known_without_chat(&scene, "c-17"), known;
	const struct kit_actor *unknown = kit_visitor(scene.desk, "vera");
	g_autofree char *own = chat(&scene, &at_home), *other = chat(&scene, unknown);

	known = is_customer(&scene, unknown, "c-17");
	assert_int_equal(reads(&scene, &known, own), 200);
	assert_int_equal(reads(&scene, &known, other), 404);
	assert_int_equal(reads(&scene, unknown, other), 200);
	kit_desk_end(scene.desk);
}

TEST(what_somebody_known_has_said_moves_to_no_other_customer)
{
	struct scene scene = scene_begin();
	struct kit_actor one = is_customer(&scene, &kit_nobody, "c-17"), other;
	g_autofree char *conversation = chat(&scene, &one);

	known_without_chat(&scene, "c-18");
	other = is_customer(&scene, &one, "c-18");
	assert_int_equal(reads(&scene, &other, conversation), 404);
	assert_int_equal(reads(&scene, &one, conversation), 200);
	kit_desk_end(scene.desk);
}

TEST(a_chat_in_which_nothing_was_said_for_a_day_stays_with_the_browser)
{
	for (int late = 0; late < 2; late++) {
		struct scene scene = scene_begin();
		const struct kit_actor *unknown = kit_visitor(scene.desk, "vera");
		g_autofree char *conversation = NULL;
		struct kit_actor known;

		known_without_chat(&scene, "c-17");
		conversation = chat(&scene, unknown);
		kit_wait(scene.desk, VISITOR_ADOPTS_MS - 1 + late);
		known = is_customer(&scene, unknown, "c-17");
		assert_int_equal(reads(&scene, &known, conversation), late ? 404 : 200);
		kit_desk_end(scene.desk);
	}
}

TEST(what_was_typed_before_signing_in_stands_where_nothing_was_signed)
{
	struct scene scene = scene_begin();
	const struct kit_actor *unknown = kit_visitor(scene.desk, "vera");
	struct kit_actor known;
	const struct kit_answer *answer;

	known_without_chat(&scene, "c-17");
	kit_do(scene.desk, unknown, "chat.start", "{s:s, s:s, s:s}", "id", "start-0001", "name", "The Queen", "email",
	    "vera@mail.example");
	known = is_customer(&scene, unknown, "c-17");
	answer = kit_do(scene.desk, &known, "chat.visit", NULL);
	assert_string_equal(kit_text(answer, "name"), "Vera L.");
	assert_string_equal(kit_text(answer, "email"), "vera@mail.example");
	kit_desk_end(scene.desk);
}

TEST(somebody_known_who_becomes_another_leaves_the_history_behind)
{
	struct scene scene = scene_begin();
	struct kit_actor one = is_customer(&scene, &kit_nobody, "c-17");
	g_autofree char *conversation = chat(&scene, &one);
	struct kit_actor other = is_customer(&scene, &one, "c-18");

	assert_int_equal(reads(&scene, &other, conversation), 404);
	assert_int_equal(reads(&scene, &one, conversation), 200);
	kit_desk_end(scene.desk);
}

TEST(the_same_customer_of_another_site_is_somebody_else)
{
	struct scene scene = scene_begin(), there = scene;
	struct kit_actor here = is_customer(&scene, &kit_nobody, "c-17"), other;

	new_site(&there, "site-0002", there.site, there.secret);
	other = is_customer(&there, &kit_nobody, "c-17");
	assert_string_not_equal(here.credential.visitor, other.credential.visitor);
	kit_desk_end(scene.desk);
}

TEST(what_was_signed_goes_before_what_is_typed)
{
	struct scene scene = scene_begin();
	struct kit_actor known = is_customer(&scene, &kit_nobody, "c-17");
	const struct kit_answer *answer;

	kit_do(scene.desk, &known, "chat.start", "{s:s, s:s, s:s}", "id", "start-0001", "name", "The Queen", "email",
	    "vera@mail.example");
	answer = kit_do(scene.desk, &known, "chat.visit", NULL);
	assert_string_equal(kit_text(answer, "name"), "Vera L.");
	assert_string_equal(kit_text(answer, "email"), "vera@mail.example");
	kit_desk_end(scene.desk);
}

static void
refused(const struct scene *scene, const char *token, enum error_kind kind)
{
	const struct kit_answer *answer = kit_do(scene->desk, kit_visitor(scene->desk, "liar"), "visitor.identify",
	    "{s:s, s:s}", "site", scene->site, "token", token);

	if (answer->is_ok || answer->kind != kind)
		fail_msg("%s was answered %d: %s", token, answer->status, kit_text(answer, "detail"));
	assert_string_equal(kit_text(answer, "field"), "token");
}

TEST(an_identity_ends_at_its_end_and_at_most_24_hours_ahead)
{
	struct scene scene = scene_begin();
	g_autofree char *now = identity(&scene, "c-17", 0), *next = identity(&scene, "c-17", 1000),
			*day = identity(&scene, "c-17", IDENTITY_AHEAD_MS),
			*more = identity(&scene, "c-17", IDENTITY_AHEAD_MS + 1000);

	refused(&scene, now, REFUSED_RANGE);
	refused(&scene, more, REFUSED_RANGE);
	identified(&scene, &kit_nobody, next);
	identified(&scene, &kit_nobody, day);
	kit_desk_end(scene.desk);
}

TEST(no_changed_or_shortened_identity_is_believed)
{
	struct scene scene = scene_begin();
	g_autofree char *token = identity(&scene, "c-17", MS_PER_HOUR);

	for (size_t i = 1; i < strlen(token); i++) {
		g_autofree char *changed = g_strdup(token), *cut = g_strndup(token, i);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		refused(&scene, changed, REFUSED_FIELD);
		refused(&scene, cut, REFUSED_FIELD);
	}
	kit_desk_end(scene.desk);
}

TEST(an_old_secret_another_sites_and_none_sign_nothing)
{
	struct scene scene = scene_begin(), there = scene;
	g_autofree char *old = identity(&scene, "c-17", MS_PER_HOUR), *foreign = NULL;

	new_site(&there, "site-0002", there.site, there.secret);
	foreign = identity(&there, "c-17", MS_PER_HOUR);
	refused(&scene, foreign, REFUSED_FIELD);
	identified(&scene, &kit_nobody, old);
	assert_true(kit_do(scene.desk, scene.ada, "site.secret", "{s:s}", "site", scene.site)->is_ok);
	refused(&scene, old, REFUSED_FIELD);
	g_strlcpy(there.site,
	    kit_text(kit_do(scene.desk, scene.ada, "site.add", "{s:s, s:s, s:s}", "id", "site-0003", "name", "Shop",
			 "language", "en"),
		"site"),
	    sizeof there.site);
	refused(&there, foreign, REFUSED_STATE);
	kit_desk_end(scene.desk);
}

TEST(a_payload_has_its_fields_and_no_others)
{
	struct scene scene = scene_begin();
	static const char *const payloads[] = { "", "{}", "[]", "{\"id\":\"a\"}", "{\"exp\":1774864800}",
		"{\"id\":7,\"exp\":1774864800}", "{\"id\":\"a\",\"exp\":\"1774864800\"}",
		"{\"id\":\"a\",\"exp\":1774864800.0}", "{\"id\":\"a\",\"exp\":1774864800,\"role\":\"administrator\"}",
		"{\"id\":\"\",\"exp\":1774864800}", "{\"id\":\"a\",\"id\":\"b\",\"exp\":1774864800}",
		"{\"id\":\"a\",\"exp\":9223372036854775807}", "{\"id\":\"a\",\"email\":\"nobody\",\"exp\":1774864800}",
		"{\"id\":\"a\\u0000b\",\"exp\":1774864800}" };

	for (size_t i = 0; i < G_N_ELEMENTS(payloads); i++) {
		g_autofree char *token = sign(scene.secret, payloads[i]);

		refused(&scene, token, REFUSED_FIELD);
	}
	kit_desk_end(scene.desk);
}

TEST(a_customers_id_of_200_bytes_is_taken_and_one_of_201_is_not)
{
	struct scene scene = scene_begin();
	g_autofree char *most = g_strnfill(LIMIT_EXTERNAL_ID_BYTES, 'x'),
			*more = g_strnfill(LIMIT_EXTERNAL_ID_BYTES + 1, 'x');
	g_autofree char *good = identity(&scene, most, MS_PER_HOUR), *bad = identity(&scene, more, MS_PER_HOUR);

	identified(&scene, &kit_nobody, good);
	refused(&scene, bad, REFUSED_FIELD);
	kit_desk_end(scene.desk);
}

TEST(starting_again_does_not_lengthen_a_known_visitors_token)
{
	struct scene scene = scene_begin();
	struct kit_actor known = is_customer(&scene, &kit_nobody, "c-17");
	char visitor[KEY_CHARS + 1];
	int64_t until = 0;

	assert_true(visitor_token_read(&kit_edge(scene.desk)->key,
	    kit_text(kit_do(scene.desk, &known, "visitor.start", "{s:b}", "token", true), "token"), kit_now(scene.desk),
	    visitor, &until));
	assert_string_equal(visitor, known.credential.visitor);
	assert_int_equal(until, known.credential.visitor_until);
	kit_desk_end(scene.desk);
}
