/* Facts about sessions, through their doors. */
#include "desk/people/session.h"
#include "desk/seat/seat.h"

#include <string.h>

#include "base/limits.h"
#include "desk/events.h"
#include "tests/kit/database.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define MAIL "ann@desk.example"

static struct fact_caller
signed_in(struct fact_desk *desk, const char *address)
{
	struct fact_caller caller = fact_stranger(address);

	assert_int_equal(fact_sign_in(desk, &caller, MAIL, FACT_PASSWORD), 200);
	assert_non_null(desk->cookie);
	g_strlcpy(caller.token, desk->cookie, sizeof caller.token);
	caller.session = fact_int(desk, "person.session");
	return caller;
}

static int
change_password(struct fact_desk *desk, const struct fact_caller *caller, const char *old, const char *new)
{
	return fact_do(desk, caller, "person.password", "{s:s,s:s}", "old", old, "new", new);
}

TEST(each_log_in_gives_a_new_token_in_a_cookie_and_never_in_the_body)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), one = signed_in(desk, "192.0.2.7");
	g_autofree char *body = json_dumps(desk->body, 0);
	struct fact_caller two = signed_in(desk, "192.0.2.7");

	assert_int_equal(strlen(one.token), TOKEN_CHARS);
	assert_string_not_equal(one.token, two.token);
	assert_string_not_equal(one.token, ann.token);
	assert_null(strstr(body, one.token));
	assert_true(fact_is_in(desk, &one));
	assert_true(fact_is_in(desk, &two));
	fact_desk_free(desk);
}

TEST(the_store_keeps_digests_and_no_tokens)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	struct digest digest = secret_digest_text(ann.token);
	g_autofree char *kept = fact_peek(desk,
	    database_is_server() ? "SELECT encode(token_digest, 'hex') FROM session"
				 : "SELECT lower(hex(token_digest)) FROM session");

	for (int i = 0; i < DIGEST_BYTES; i++) {
		g_autofree char *byte = g_strdup_printf("%02x", digest.bytes[i]);

		assert_memory_equal(kept + 2 * i, byte, 2);
	}
	assert_true(fact_files_hold(desk, "ann@desk.example"));
	assert_false(fact_files_hold(desk, ann.token));
	fact_desk_free(desk);
}

TEST(a_token_that_is_none_signs_nobody_in)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	for (size_t length = 1; length < TOKEN_CHARS; length++) {
		struct fact_caller prefix = ann;

		prefix.token[length] = '\0';
		assert_false(fact_is_in(desk, &prefix));
	}
	ann.token[0] = ann.token[0] == 'A' ? 'B' : 'A';
	assert_false(fact_is_in(desk, &ann));
	assert_int_equal(desk->status, 401);
	fact_desk_free(desk);
}

TEST(wrong_passwords_and_unknown_people_are_answered_in_the_same_words)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller stranger = fact_stranger("203.0.113.9");
	g_autofree char *said = NULL;

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	assert_int_equal(fact_sign_in(desk, &stranger, MAIL, "not the password"), 401);
	assert_null(desk->cookie);
	assert_null(desk->field);
	said = g_strdup(desk->detail);
	assert_int_equal(fact_sign_in(desk, &stranger, "nobody@desk.example", "not the password"), 401);
	assert_string_equal(desk->detail, said);
	assert_null(desk->field);
	fact_desk_free(desk);
}

TEST(addresses_are_the_same_in_any_case_and_passwords_are_not)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller stranger = fact_stranger("203.0.113.9");

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	assert_int_equal(fact_sign_in(desk, &stranger, "ANN@Desk.Example", FACT_PASSWORD), 200);
	assert_int_equal(fact_sign_in(desk, &stranger, MAIL, "Correct Horse Battery"), 401);
	fact_desk_free(desk);
}

TEST(a_session_that_is_not_used_for_30_days_is_over)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), other = fact_again(desk, &ann);

	desk->clock.set_ms += LIMIT_SESSION_DAYS * MS_PER_DAY - 1;
	assert_true(fact_is_in(desk, &ann));
	desk->clock.set_ms += 1;
	assert_true(fact_is_in(desk, &ann));
	assert_false(fact_is_in(desk, &other));
	assert_int_equal(fact_do(desk, &ann, "session.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "sessions"), 1);
	fact_desk_free(desk);
}

TEST(use_is_noted_once_in_five_seconds_even_when_it_is_only_reading)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *early = NULL, *late = NULL;

	desk->clock.set_ms += LIMIT_SEEN_SECONDS * MS_PER_SECOND - 1;
	assert_true(fact_is_in(desk, &ann));
	early = fact_peek(desk, "SELECT seen_at - created_at FROM session");
	assert_string_equal(early, "0");
	desk->clock.set_ms += 1;
	assert_true(fact_is_in(desk, &ann));
	late = fact_peek(desk, "SELECT seen_at - created_at FROM session");
	assert_string_equal(late, "5000");
	fact_desk_free(desk);
}

TEST(the_twenty_first_session_ends_the_oldest)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), second = fact_again(desk, &ann);

	for (int i = 2; i < LIMIT_SESSIONS_PER_PERSON; i++)
		(void)fact_again(desk, &ann);
	assert_true(fact_is_in(desk, &ann));
	(void)signed_in(desk, "192.0.2.8");
	assert_int_equal(fact_told(desk, EVENT_SESSION_ENDED), 1);
	assert_false(fact_is_in(desk, &ann));
	assert_true(fact_is_in(desk, &second));
	assert_int_equal(fact_do(desk, &second, "session.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "sessions"), LIMIT_SESSIONS_PER_PERSON);
	fact_desk_free(desk);
}

TEST(somebody_sees_and_ends_their_own_sessions_only)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), at_home = fact_again(desk, &ann);
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);

	assert_int_equal(fact_do(desk, &ann, "session.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "sessions"), 2);
	assert_int_equal(fact_int(desk, "sessions.0.is_this") + fact_int(desk, "sessions.1.is_this"), 1);
	assert_string_equal(fact_text(desk, "sessions.0.address"), "192.0.2.1");
	assert_int_equal(fact_do(desk, &ada, "session.stop", "{s:I}", "session", at_home.session), 404);
	assert_int_equal(fact_do(desk, &ann, "session.stop", "{s:I}", "session", at_home.session), 200);
	assert_false(fact_is_in(desk, &at_home));
	assert_true(fact_is_in(desk, &ann));
	assert_int_equal(fact_do(desk, &ann, "session.stop", "{s:I}", "session", at_home.session), 404);
	fact_desk_free(desk);
}

static gboolean
leave_signed_out(struct tx *tx, void *data, GError **error)
{
	int did;

	(void)data;
	return seat_leave_signed_out(tx, 50, &did, error);
}

TEST(who_signs_out_everywhere_is_offline)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), at_home = fact_again(desk, &ann);
	g_autofree char *between = NULL, *after = NULL;

	assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "online"), 200);
	assert_int_equal(fact_do(desk, &ann, "session.end", NULL), 200);
	fact_change(desk, NULL, leave_signed_out, NULL);
	between = fact_peek(desk, "SELECT status FROM person");
	assert_string_equal(between, "online");
	assert_int_equal(fact_do(desk, &at_home, "session.end", NULL), 200);
	fact_change(desk, NULL, leave_signed_out, NULL);
	after = fact_peek(desk, "SELECT status FROM person");
	assert_string_equal(after, "offline");
	assert_false(fact_is_in(desk, &at_home));
	fact_desk_free(desk);
}

TEST(a_new_password_ends_every_other_session_and_gives_this_one_a_new_token)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), at_home = fact_again(desk, &ann), renewed = ann;

	assert_int_equal(change_password(desk, &ann, FACT_PASSWORD, "another password"), 200);
	g_strlcpy(renewed.token, desk->cookie, sizeof renewed.token);
	assert_int_equal(fact_told(desk, EVENT_SESSION_ENDED), 2);
	assert_string_not_equal(renewed.token, ann.token);
	assert_true(fact_is_in(desk, &renewed));
	assert_false(fact_is_in(desk, &ann));
	assert_false(fact_is_in(desk, &at_home));
	assert_int_equal(fact_sign_in(desk, &ann, MAIL, FACT_PASSWORD), 401);
	assert_int_equal(fact_sign_in(desk, &ann, MAIL, "another password"), 200);
	fact_desk_free(desk);
}

TEST(a_wrong_old_password_changes_nothing_and_is_named)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR), at_home = fact_again(desk, &ann);

	assert_int_equal(change_password(desk, &ann, "not the password", "another password"), 422);
	assert_string_equal(desk->field, "old");
	assert_null(desk->cookie);
	assert_true(fact_is_in(desk, &ann));
	assert_true(fact_is_in(desk, &at_home));
	fact_desk_free(desk);
}

TEST(nobody_changes_a_password_without_a_session)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	assert_int_equal(fact_do(desk, &ann, "session.end", NULL), 200);
	assert_int_equal(change_password(desk, &ann, FACT_PASSWORD, "another password"), 401);
	fact_desk_free(desk);
}

TEST(a_password_has_10_to_256_bytes)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *shortest = g_strnfill(LIMIT_PASSWORD_BYTES_MIN, 'a'),
			*longest = g_strnfill(LIMIT_PASSWORD_BYTES, 'b');
	g_autofree char *longer = g_strnfill(LIMIT_PASSWORD_BYTES + 1, 'b');

	assert_int_equal(change_password(desk, &ann, FACT_PASSWORD, shortest + 1), 422);
	assert_string_equal(desk->field, "new");
	assert_int_equal(change_password(desk, &ann, FACT_PASSWORD, longer), 422);
	assert_int_equal(change_password(desk, &ann, FACT_PASSWORD, shortest), 200);
	g_strlcpy(ann.token, desk->cookie, sizeof ann.token);
	assert_int_equal(change_password(desk, &ann, shortest, longest), 200);
	assert_int_equal(fact_sign_in(desk, &ann, MAIL, longest), 200);
	assert_int_equal(fact_sign_in(desk, &ann, MAIL, longer), 422);
	fact_desk_free(desk);
}

struct late {
	struct session_start ask;
	struct session_password change;
};

static gboolean
begin_late(struct tx *tx, void *data, GError **problem)
{
	const struct late *late = data;
	struct session_begun begun = { 0 };

	(void)problem;
	ASSERT_REFUSED(REFUSED_SIGN_IN, NULL, session_start(tx, &late->ask, &begun, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "old", session_password(tx, &late->change, &begun, &error));
	assert_null(begun.cookie);
	return TRUE;
}

TEST(a_password_that_was_changed_while_it_was_compared_opens_nothing)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *hash = fact_peek(desk, "SELECT password FROM person");
	struct actor actor = { .kind = ACTOR_PERSON, .role = ROLE_ADVISOR, .person_id = ann.person };
	struct late late = {
		.ask = { .person_id = ann.person, .hash = hash },
		.change = { .old_hash = hash, .hash = hash },
	};

	fact_tamper(desk, "UPDATE person SET password = 'another'");
	fact_change(desk, &actor, begin_late, &late);
	fact_desk_free(desk);
}

static gboolean
end_unused(struct tx *tx, void *ended, GError **error)
{
	return session_end_unused(tx, 50, ended, error);
}

static const char *
status_of(struct kit_desk *desk, const struct kit_actor *who)
{
	json_t *people = json_object_get(kit_do(desk, kit_administrator(desk), "person.list", "{}")->body, "people");
	size_t i;
	json_t *person;

	json_array_foreach(people, i, person)
	{
		if (json_integer_value(json_object_get(person, "id")) == who->person)
			return json_string_value(json_object_get(person, "status"));
	}
	return NULL;
}

TEST(who_left_without_a_word_is_offline_once_the_session_is_over)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	int ended;

	kit_wait(desk, LIMIT_SESSION_DAYS * MS_PER_DAY - 1);
	assert_true(kit_do(desk, kit_administrator(desk), "person.me", "{}")->is_ok);
	kit_change(desk, end_unused, &ended);
	assert_int_equal(ended, 0);
	assert_string_equal(status_of(desk, ann), STATUS_ONLINE);
	kit_wait(desk, 1);
	kit_change(desk, end_unused, &ended);
	assert_int_equal(ended, 1);
	kit_change(desk, leave_signed_out, NULL);
	assert_string_equal(status_of(desk, ann), STATUS_OFFLINE);
	kit_desk_end(desk);
}
