#include "tests/kit/facts.h"

#include <string.h>
#include <talloc.h>

#include "edge/json_in.h"
#include "edge/json_out.h"

struct thing {
	const char *conversation;
	const char *id;
	int64_t number, page;
	bool is_red;
	const char *text, *line, *email, *word, *secret, *visitor;
	int64_t at;
};

static const char *const words[] = { "up", "down", NULL };

static const struct field thing_fields[] = {
	FIELD_KEY(thing, conversation, IN_PATH),
	FIELD_CALLER(thing),
	FIELD_INT(thing, number, 1, 5),
	FIELD_INT(thing, page, 1, 10, IN_QUERY, OPTIONAL, .otherwise = 3),
	FIELD_BOOL(thing, is_red, OPTIONAL),
	FIELD_TEXT(thing, text, 8),
	FIELD_LINE(thing, line, 8, OPTIONAL),
	FIELD_LINE(thing, visitor, 10, OPTIONAL, TIDIED),
	FIELD_EMAIL(thing, email, OPTIONAL),
	FIELD_WORD(thing, word, words, OPTIONAL),
	FIELD_SECRET(thing, secret, 2, 8, OPTIONAL),
	FIELD_TIME(thing, at, OPTIONAL),
	FIELD_END,
};

#define KEY "abcdefghijklmnopqrstuv"

static const char *const path[] = { "conversation", KEY, NULL };

/* Decodes `json` with the path above; what comes out lives until the next call. */
static gboolean
decode(const char *json, struct thing *thing, GError **error)
{
	static void *memory;
	json_t *body;
	gboolean is_done;

	talloc_free(memory);
	memory = talloc_size(NULL, 1); /* of an empty context the leak checker sees no pointer into it */
	body = json_in_parse(json, strlen(json), error);
	if (body == NULL)
		return FALSE;
	*thing = (struct thing) { 0 };
	is_done = json_in(thing_fields, body, path, NULL, memory, thing, error);
	json_decref(body);
	return is_done;
}

#define GOOD "\"id\": \"12345678\", \"number\": 5, \"text\": \"hello\""

TEST(fields_land_in_the_struct)
{
	struct thing thing;

	ASSERT_OK(decode(
	    "{" GOOD ", \"line\": \"  a b \", \"email\": \" Vera@Example.ORG\", \"word\": \"up\", \"is_red\": true}",
	    &thing, &error));
	assert_string_equal(thing.conversation, KEY);
	assert_string_equal(thing.id, "12345678");
	assert_int_equal(thing.number, 5);
	assert_int_equal(thing.page, 3);
	assert_true(thing.is_red);
	assert_string_equal(thing.text, "hello");
	assert_string_equal(thing.line, "a b");
	assert_string_equal(thing.email, "vera@example.org");
	assert_string_equal(thing.word, "up");
	assert_null(thing.secret);
}

TEST(a_line_is_refused_by_name_for_what_a_visitors_line_is_tidied_of)
{
	static const char *const bad[] = { "a\\u2028b", "a\\u2029b", "a\\u202eb", "a\\u2066b", "a\\nb", "a\\u0085b",
		"\\u0007ab" };
	struct thing thing;

	for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *strict = g_strdup_printf("{" GOOD ", \"line\": \"%s\"}", bad[i]),
				*kind = g_strdup_printf("{" GOOD ", \"visitor\": \"%s\"}", bad[i]);

		ASSERT_REFUSED(REFUSED_FIELD, "line", decode(strict, &thing, &error));
		ASSERT_OK(decode(kind, &thing, &error));
		assert_true(strcmp(thing.visitor, "ab") == 0 || strcmp(thing.visitor, "a b") == 0);
	}
}

TEST(a_visitors_line_is_measured_when_it_is_tidy)
{
	struct thing thing;

	ASSERT_OK(decode("{" GOOD ", \"visitor\": \"\\u202e1234567890\\u202c\\n\"}", &thing, &error));
	assert_string_equal(thing.visitor, "1234567890");
	ASSERT_REFUSED(REFUSED_RANGE, "visitor", decode("{" GOOD ", \"visitor\": \"12345678901\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "visitor", decode("{" GOOD ", \"visitor\": \"\\u202e\"}", &thing, &error));
}

TEST(a_line_or_text_of_which_nothing_is_seen_is_refused_as_blanks_are)
{
	static const char *const unseen[] = { "  ", "\\u200b", "\\u00ad\\u00ad", "\\u3164", " \\u2800 ",
		"\\u2060\\ufeff" };
	struct thing thing;

	for (unsigned i = 0; i < G_N_ELEMENTS(unseen); i++) {
		g_autofree char *line = g_strdup_printf("{" GOOD ", \"line\": \"%s\"}", unseen[i]),
				*visitor = g_strdup_printf("{" GOOD ", \"visitor\": \"%s\"}", unseen[i]);

		ASSERT_REFUSED(REFUSED_RANGE, "line", decode(line, &thing, &error));
		ASSERT_REFUSED(REFUSED_RANGE, "visitor", decode(visitor, &thing, &error));
	}
	ASSERT_OK(decode("{" GOOD ", \"line\": \"\\u200bV\"}", &thing, &error));
}

TEST(null_is_the_same_as_leaving_out)
{
	struct thing thing;

	ASSERT_OK(decode("{" GOOD ", \"line\": null}", &thing, &error));
	assert_null(thing.line);
	ASSERT_REFUSED(
	    REFUSED_FIELD, "text", decode("{\"id\": \"12345678\", \"number\": 5, \"text\": null}", &thing, &error));
}

TEST(what_is_not_one_object_is_refused)
{
	struct thing thing;

	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("[]", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{} {}", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{\"a\": 1, \"a\": 2}", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{\"a\": 9223372036854775808}", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{\"a\": \"\\ud800\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{\"a\": \"\\u0000\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode("{\"a\": \"\377\"}", &thing, &error));
}

static void
assert_unreadable(const char *json, const char *says)
{
	g_autoptr(GError) why = NULL;

	assert_null(json_in_parse(json, strlen(json), &why));
	assert_string_equal(why->message, says);
}

TEST(json_that_cannot_be_read_is_not_said_to_be_none)
{
	assert_unreadable("{\"a\": 1,\n\"a\": 2}", "a field is given twice: line 2, column 3");
	assert_unreadable("{\"a\": 9223372036854775808}", "a number is too large: line 1, column 25");
	assert_unreadable("{\"a\": \"\\u0000\"}", "a text has a NUL: line 1, column 14");
	assert_unreadable("{\"a\": 1", "not JSON: line 1, column 7");
}

TEST(unknown_fields_are_refused_by_name)
{
	struct thing thing;

	ASSERT_REFUSED(REFUSED_FIELD, "colour", decode("{" GOOD ", \"colour\": 1}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_FIELD, "conversation", decode("{" GOOD ", \"conversation\": \"" KEY "\"}", &thing, &error));
}

TEST(wrong_types_are_refused_by_name)
{
	struct thing thing;

	ASSERT_REFUSED(REFUSED_FIELD, "number",
	    decode("{\"id\": \"12345678\", \"number\": \"5\", \"text\": \"a\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "number",
	    decode("{\"id\": \"12345678\", \"number\": 5.0, \"text\": \"a\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "text",
	    decode("{\"id\": \"12345678\", \"number\": 5, \"text\": {\"a\": 1}}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "is_red", decode("{" GOOD ", \"is_red\": 1}", &thing, &error));
}

TEST(a_text_of_8_bytes_is_taken_and_one_of_9_refused)
{
	struct thing thing;

	ASSERT_OK(decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"12345678\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "text",
	    decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"123456789\"}", &thing, &error));
	ASSERT_OK(decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"éééé\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "text",
	    decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"ééééa\"}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "text", decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"\"}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "text", decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \" \\n\"}", &thing, &error));
}

TEST(numbers_keep_to_their_range)
{
	struct thing thing;

	ASSERT_OK(decode("{\"id\": \"12345678\", \"number\": 1, \"text\": \"a\"}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "number", decode("{\"id\": \"12345678\", \"number\": 0, \"text\": \"a\"}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "number", decode("{\"id\": \"12345678\", \"number\": 6, \"text\": \"a\"}", &thing, &error));
}

TEST(a_callers_id_has_8_to_64_characters_of_its_alphabet)
{
	struct thing thing;
	g_autofree char *longest = g_strnfill(64, 'x');
	g_autofree char *good = g_strdup_printf("{\"id\": \"%s\", \"number\": 1, \"text\": \"a\"}", longest);
	g_autofree char *bad = g_strdup_printf("{\"id\": \"%sx\", \"number\": 1, \"text\": \"a\"}", longest);

	ASSERT_OK(decode(good, &thing, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "id", decode(bad, &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "id", decode("{\"id\": \"1234567\", \"number\": 1, \"text\": \"a\"}", &thing, &error));
	ASSERT_REFUSED(
	    REFUSED_FIELD, "id", decode("{\"id\": \"1234567 8\", \"number\": 1, \"text\": \"a\"}", &thing, &error));
}

TEST(words_and_addresses_and_lines_are_checked)
{
	struct thing thing;

	ASSERT_REFUSED(REFUSED_RANGE, "word", decode("{" GOOD ", \"word\": \"sideways\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "email", decode("{" GOOD ", \"email\": \"nobody\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "line", decode("{" GOOD ", \"line\": \"a\\nb\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "text",
	    decode("{\"id\": \"12345678\", \"number\": 5, \"text\": \"a\\u001b[1m\"}", &thing, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "secret", decode("{" GOOD ", \"secret\": \"1\"}", &thing, &error));
}

static gboolean
decode_pairs(const char *const *pairs, struct thing *thing, GError **error)
{
	static void *memory;
	json_t *body = json_loads("{" GOOD "}", 0, NULL);
	gboolean is_done;

	talloc_free(memory);
	memory = talloc_size(NULL, 1);
	*thing = (struct thing) { 0 };
	is_done = json_in(thing_fields, body, pairs, NULL, memory, thing, error);
	json_decref(body);
	return is_done;
}

TEST(a_time_is_in_utc_with_or_without_milliseconds_and_nothing_else)
{
	static const char *const wrong[] = { "", "now", "2026-03-30", "2026-03-30T16:50:00",
		"2026-03-30T16:50:00+01:00", "2026-03-30 16:50:00Z", "2026-03-30T16:50:00.1Z",
		"2026-03-30T16:50:00.1234Z", "2026-13-30T16:50:00Z", "2026-02-29T16:50:00Z", "2026-03-30T25:50:00Z",
		"2026-03-30T16:50:00Z ", "2026-W14-1T16:50:00Z" };
	struct thing thing;

	ASSERT_OK(decode("{" GOOD ", \"at\": \"2026-03-30T16:50:00Z\"}", &thing, &error));
	assert_int_equal(thing.at, INT64_C(1774889400000));
	ASSERT_OK(decode("{" GOOD ", \"at\": \"2026-03-30T16:50:00.120Z\"}", &thing, &error));
	assert_int_equal(thing.at, INT64_C(1774889400120));
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autofree char *json = g_strdup_printf("{" GOOD ", \"at\": \"%s\"}", wrong[i]);

		ASSERT_REFUSED(REFUSED_FIELD, "at", decode(json, &thing, &error));
	}
	ASSERT_REFUSED(REFUSED_FIELD, "at", decode("{" GOOD ", \"at\": 1774889400000}", &thing, &error));
}

TEST(a_path_that_names_nothing_is_unknown)
{
	struct thing thing;

	ASSERT_REFUSED(REFUSED_UNKNOWN, "conversation",
	    decode_pairs((const char *const[]) { "conversation", "short", NULL }, &thing, &error));
	ASSERT_REFUSED(REFUSED_UNKNOWN, "conversation",
	    decode_pairs((const char *const[]) { "conversation", "abcdefghijklmnopqrstu'", NULL }, &thing, &error));
}

TEST(a_query_string_has_known_names_once_each)
{
	struct thing thing;

	ASSERT_OK(decode_pairs((const char *const[]) { "conversation", KEY, "page", "10", NULL }, &thing, &error));
	assert_int_equal(thing.page, 10);
	ASSERT_REFUSED(REFUSED_RANGE, "page",
	    decode_pairs((const char *const[]) { "conversation", KEY, "page", "11", NULL }, &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "page",
	    decode_pairs((const char *const[]) { "conversation", KEY, "page", "ten", NULL }, &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "page",
	    decode_pairs(
		(const char *const[]) { "conversation", KEY, "page", "1", "page", "2", NULL }, &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "text",
	    decode_pairs((const char *const[]) { "conversation", KEY, "text", "a", NULL }, &thing, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "colour",
	    decode_pairs((const char *const[]) { "conversation", KEY, "colour", "a", NULL }, &thing, &error));
}

TEST(json_of_32_levels_is_taken_and_of_33_refused)
{
	g_autofree char *open = g_strnfill(LIMIT_JSON_DEPTH - 1, '[');
	g_autofree char *close = g_strnfill(LIMIT_JSON_DEPTH - 1, ']');
	g_autofree char *good = g_strdup_printf("{\"a\": %s%s}", open, close);
	g_autofree char *bad = g_strdup_printf("{\"a\": [%s%s]}", open, close);
	json_t *body;

	ASSERT_OK((body = json_in_parse(good, strlen(good), &error)) != NULL);
	json_decref(body);
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, json_in_parse(bad, strlen(bad), &error) != NULL);
}

TEST(every_prefix_of_a_body_is_refused_or_read)
{
	static const char text[] = "{" GOOD ", \"line\": \"a\\u00e9\", \"is_red\": false}";
	struct thing thing;

	for (size_t size = 0; size < sizeof text - 1; size++) {
		g_autofree char *prefix = g_strndup(text, size);

		ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode(prefix, &thing, &error));
	}
	ASSERT_OK(decode(text, &thing, &error));
}

/* ---- lists ---- */

struct name {
	const char *name;
};
struct day {
	int64_t weekday;
	const char *word;
};
struct plan {
	struct list names, days;
	const char *note;
};

static const struct field name_fields[] = { FIELD_LINE(name, name, 4), FIELD_END };

static const struct field day_fields[] = {
	FIELD_INT(day, weekday, 1, 7),
	FIELD_WORD(day, word, words, OPTIONAL),
	FIELD_END,
};

static const struct field plan_fields[] = {
	FIELD_PLAIN_LIST(plan, names, name, name_fields, AT_MOST(3), OPTIONAL),
	FIELD_LIST(plan, days, day, day_fields, AT_MOST(2), .min = 1),
	FIELD_LINE(plan, note, 4, OPTIONAL),
	FIELD_END,
};

static gboolean
decode_plan(const char *json, struct plan *plan, GError **error)
{
	static void *memory;
	json_t *body;
	gboolean is_done;

	talloc_free(memory);
	memory = talloc_size(NULL, 1);
	body = json_in_parse(json, strlen(json), error);
	if (body == NULL)
		return FALSE;
	*plan = (struct plan) { 0 };
	is_done = json_in(plan_fields, body, NULL, NULL, memory, plan, error);
	json_decref(body);
	return is_done;
}

#define DAYS "\"days\": [{\"weekday\": 2}]"

TEST(the_rows_of_a_list_land_one_behind_the_other)
{
	struct plan plan;

	ASSERT_OK(decode_plan(
	    "{\"names\": [\"ann\", \" ben \"], \"days\": [{\"weekday\": 7}, {\"weekday\": 1, \"word\": \"up\"}]}",
	    &plan, &error));

	const struct name *names = plan.names.rows;
	const struct day *days = plan.days.rows;

	assert_int_equal(plan.names.count, 2);
	assert_string_equal(names[0].name, "ann");
	assert_string_equal(names[1].name, "ben");
	assert_int_equal(plan.days.count, 2);
	assert_int_equal(days[0].weekday, 7);
	assert_null(days[0].word);
	assert_int_equal(days[1].weekday, 1);
	assert_string_equal(days[1].word, "up");
}

TEST(an_empty_list_is_another_thing_than_none)
{
	struct plan plan;

	ASSERT_OK(decode_plan("{" DAYS "}", &plan, &error));
	assert_null(plan.names.rows);
	ASSERT_OK(decode_plan("{" DAYS ", \"names\": null}", &plan, &error));
	assert_null(plan.names.rows);
	ASSERT_OK(decode_plan("{" DAYS ", \"names\": []}", &plan, &error));
	assert_non_null(plan.names.rows);
	assert_int_equal(plan.names.count, 0);
}

TEST(a_list_of_3_rows_is_taken_and_one_of_4_refused)
{
	struct plan plan;

	ASSERT_OK(decode_plan("{" DAYS ", \"names\": [\"a\", \"b\", \"c\"]}", &plan, &error));
	ASSERT_REFUSED(
	    REFUSED_RANGE, "names", decode_plan("{" DAYS ", \"names\": [\"a\", \"b\", \"c\", \"d\"]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "days", decode_plan("{\"days\": []}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "days", decode_plan("{}", &plan, &error));
}

TEST(what_is_wrong_in_a_list_is_named_with_its_place)
{
	struct plan plan;

	ASSERT_REFUSED(
	    REFUSED_RANGE, "names[2]", decode_plan("{" DAYS ", \"names\": [\"a\", \"b\", \"ccccc\"]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "names[0]", decode_plan("{" DAYS ", \"names\": [null]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "names[1]", decode_plan("{" DAYS ", \"names\": [\"a\", 1]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "names[0]", decode_plan("{" DAYS ", \"names\": [[\"a\"]]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "days[0]", decode_plan("{\"days\": [\"a\"]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "days[1].weekday",
	    decode_plan("{\"days\": [{\"weekday\": 1}, {\"word\": \"up\"}]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "days[0].weekday", decode_plan("{\"days\": [{\"weekday\": 8}]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_RANGE, "days[0].word",
	    decode_plan("{\"days\": [{\"weekday\": 1, \"word\": \"left\"}]}", &plan, &error));
	ASSERT_REFUSED(
	    REFUSED_FIELD, "days[0].hour", decode_plan("{\"days\": [{\"weekday\": 1, \"hour\": 1}]}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "names", decode_plan("{" DAYS ", \"names\": \"a\"}", &plan, &error));
	ASSERT_REFUSED(REFUSED_FIELD, "names", decode_plan("{" DAYS ", \"names\": {}}", &plan, &error));
}

TEST(a_list_is_written_as_it_was_taken)
{
	static const char text[] =
	    "{\"names\":[\"ann\",\"ben\"],\"days\":[{\"weekday\":7},{\"weekday\":1,\"word\":\"up\"}]}";
	g_autoptr(GString) out = g_string_new(NULL);
	struct plan plan;

	ASSERT_OK(decode_plan(text, &plan, &error));
	json_out(out, plan_fields, &plan);
	assert_string_equal(out->str, text);
}

TEST(every_prefix_of_a_body_with_lists_is_refused)
{
	static const char text[] = "{\"names\":[\"ann\",\"ben\"],\"days\":[{\"weekday\":7}]}";

	for (size_t size = 0; size < strlen(text); size++) {
		g_autofree char *prefix = g_strndup(text, size);
		struct plan plan;

		ASSERT_REFUSED(REFUSED_SYNTAX, NULL, decode_plan(prefix, &plan, &error));
	}
}
