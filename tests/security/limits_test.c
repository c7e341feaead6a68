/*
 * Limits: every field of every command, at its limit and one past it, generated from the command table. Bytes are counted, not
 * characters; what is refused is named. (What a decision adds of its own, the noun's own facts test.)
 */
#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk.h"
#include "tests/kit/desk_sample.h"
#include "tests/kit/facts.h"

struct stage {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ada;
	char *conversation, *site;
	unsigned ids;
	unsigned checked;
};

static void
stage_begin(struct stage *stage)
{
	struct kit_desk *desk = kit_desk_begin(1);

	*stage = (struct stage) { .desk = desk, .vera = kit_visitor(desk, "vera"), .ada = kit_administrator(desk) };
	stage->conversation =
	    g_strdup(kit_text(kit_do(desk, stage->vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"));
	stage->site = g_strdup(kit_text(kit_do(desk, stage->ada, "site.add", "{s:s, s:s, s:s}", "id", "site-0001",
					    "name", "Shop", "language", "en"),
	    "site"));
}

static void
stage_end(struct stage *stage)
{
	kit_desk_end(stage->desk);
	g_free(stage->conversation);
	g_free(stage->site);
}

/* Somebody who may send it: fields are told only to them. */
static const struct kit_actor *
sender(const struct stage *stage, const struct command *command)
{
	const char *roles = permission_roles(command->may);

	return strchr(roles, 'A') != NULL || *roles == 's' ? stage->ada
	    : strchr(roles, 'v') != NULL                   ? stage->vera
							   : &kit_nobody;
}

/* Sends a sample with one field replaced; `value` is taken over. */
static void
try_value(
    struct stage *stage, const struct command *command, const char *field, json_t *value, struct kit_answer *answer)
{
	g_autofree char *id = g_strdup_printf("limits-%05u", ++stage->ids);
	struct sample sample = { .conversation = stage->conversation,
		.person = 999999,
		.session = 999999,
		.invitation = 999999,
		.site = stage->site,
		.team = 999999,
		.id = id };
	json_t *body = sample_body(command, &sample);

	json_object_set_new(body, field, value);
	/* A try that went through may have signed her out. */
	if (sender(stage, command) == stage->ada)
		kit_sign_in(stage->desk, stage->ada);
	kit_send(stage->desk, sender(stage, command), command->name, body, answer);
	stage->checked++;
}

static bool
is_about(const struct kit_answer *answer, const char *field)
{
	return !answer->is_ok && strcmp(kit_text(answer, "field"), field) == 0;
}

/* Refused for its size, by name, with the limit. */
static void
check_too_much(
    struct stage *stage, const struct command *command, const struct field *field, json_t *value, int64_t limit)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, limit);
	struct kit_answer answer;

	try_value(stage, command, field->name, value, &answer);
	if (!is_about(&answer, field->name) || answer.kind != REFUSED_RANGE ||
	    strstr(kit_text(&answer, "detail"), number) == NULL)
		fail_msg("%s: %s past %s was answered %d: %s", command->name, field->name, number, answer.status,
		    kit_text(&answer, "detail"));
	kit_answer_clear(&answer);
}

/* Not refused for its size; a decision may know more about the field. */
static void
check_enough(struct stage *stage, const struct command *command, const struct field *field, json_t *value)
{
	struct kit_answer answer;

	try_value(stage, command, field->name, value, &answer);
	if (is_about(&answer, field->name) && strstr(kit_text(&answer, "detail"), ", got ") != NULL)
		fail_msg(
		    "%s: %s at its limit was refused: %s", command->name, field->name, kit_text(&answer, "detail"));
	kit_answer_clear(&answer);
}

static json_t *
text_of_size(const struct field *field, int64_t size)
{
	g_autofree char *text = sample_text(field, (size_t)size);

	return json_string(text);
}

static bool
is_text(const struct field *field)
{
	return field->type == FIELD_TYPE_TEXT || field->type == FIELD_TYPE_LINE || field->type == FIELD_TYPE_SECRET ||
	    field->type == FIELD_TYPE_EMAIL || field->type == FIELD_TYPE_CALLER;
}

static void
each_field(const struct command *command, struct stage *stage,
    void (*check)(struct stage *stage, const struct command *command, const struct field *field))
{
	for (const struct field *field = command->fields; field != NULL && field->type != FIELD_TYPE_END; field++)
		check(stage, command, field);
}

static void
check_text(struct stage *stage, const struct command *command, const struct field *field)
{
	if (!is_text(field) && field->type != FIELD_TYPE_BYTES)
		return;
	check_enough(stage, command, field, text_of_size(field, field->max));
	check_too_much(stage, command, field, text_of_size(field, field->max + 1), field->max);
	if (field->type == FIELD_TYPE_EMAIL)
		return;
	check_enough(stage, command, field, text_of_size(field, field->min));
	if (field->min > 1)
		check_too_much(stage, command, field, text_of_size(field, field->min - 1), field->min);
}

static void
visit_texts(const struct command *command, void *data)
{
	each_field(command, data, check_text);
}

TEST(every_text_of_every_command_is_taken_at_its_limit_and_refused_one_byte_past_it)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_texts, &stage);
	assert_true(stage.checked > 100);
	stage_end(&stage);
}

static void
check_number(struct stage *stage, const struct command *command, const struct field *field)
{
	if (field->type != FIELD_TYPE_INT)
		return;
	check_enough(stage, command, field, json_integer(field->min));
	check_too_much(stage, command, field, json_integer(field->min - 1), field->min);
	check_enough(stage, command, field, json_integer(field->max));
	if (field->max < INT64_MAX)
		check_too_much(stage, command, field, json_integer(field->max + 1), field->max);
}

static void
visit_numbers(const struct command *command, void *data)
{
	each_field(command, data, check_number);
}

TEST(every_number_of_every_command_is_taken_at_its_limits_and_refused_past_them)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_numbers, &stage);
	assert_true(stage.checked > 10);
	stage_end(&stage);
}

static void
check_list(struct stage *stage, const struct command *command, const struct field *field)
{
	struct sample sample = {
		.conversation = stage->conversation, .person = 999999, .site = stage->site, .id = "limits-rows"
	};

	if (field->type != FIELD_TYPE_LIST)
		return;
	check_enough(stage, command, field, sample_rows(field, &sample, field->max));
	check_too_much(stage, command, field, sample_rows(field, &sample, field->max + 1), field->max);
}

static void
visit_lists(const struct command *command, void *data)
{
	each_field(command, data, check_list);
}

TEST(every_list_of_every_command_is_taken_with_its_most_rows_and_refused_with_one_more)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_lists, &stage);
	stage_end(&stage);
}

/* One row, in which one text has so many bytes. */
static json_t *
row_with(const struct field *list, const struct field *text, int64_t size)
{
	struct sample sample = { .conversation = "", .id = "limits-rows" };
	json_t *rows = sample_rows(list, &sample, 1);

	if (list->is_plain)
		json_array_set_new(rows, 0, text_of_size(text, size));
	else
		json_object_set_new(json_array_get(rows, 0), text->name, text_of_size(text, size));
	return rows;
}

static void
check_row_text(struct stage *stage, const struct command *command, const struct field *list, const struct field *text)
{
	g_autofree char *where =
	    g_strdup_printf("%s[0]%s%s", list->name, list->is_plain ? "" : ".", list->is_plain ? "" : text->name);
	struct kit_answer enough, too_much;

	try_value(stage, command, list->name, row_with(list, text, text->max), &enough);
	if (is_about(&enough, where) && strstr(kit_text(&enough, "detail"), ", got ") != NULL)
		fail_msg("%s: %s at its limit was refused: %s", command->name, where, kit_text(&enough, "detail"));
	try_value(stage, command, list->name, row_with(list, text, text->max + 1), &too_much);
	if (!is_about(&too_much, where) || too_much.kind != REFUSED_RANGE)
		fail_msg("%s: %s past its limit was answered %d: %s", command->name, where, too_much.status,
		    kit_text(&too_much, "detail"));
	kit_answer_clear(&enough);
	kit_answer_clear(&too_much);
}

static void
check_rows(struct stage *stage, const struct command *command, const struct field *field)
{
	if (field->type != FIELD_TYPE_LIST)
		return;
	for (const struct field *text = field->fields; text->type != FIELD_TYPE_END; text++) {
		if (is_text(text))
			check_row_text(stage, command, field, text);
	}
}

static void
visit_rows(const struct command *command, void *data)
{
	each_field(command, data, check_rows);
}

TEST(every_text_in_a_row_of_a_list_is_taken_at_its_limit_and_refused_one_byte_past_it)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_rows, &stage);
	assert_true(stage.checked > 10);
	stage_end(&stage);
}

/* A query string knows texts only. */
static bool
is_of_query(const struct field *field, const json_t *value)
{
	return field->place != PLACE_BODY && !json_is_array(value) && !json_is_object(value);
}

/* Whatever has another type, or is no word of the field's, is refused by name. */
static void
check_types(struct stage *stage, const struct command *command, const struct field *field)
{
	json_t *values[] = { json_integer(1), json_string("a word that nobody has defined"), json_true(), json_array(),
		json_object(), json_real(1.5) };

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		bool fits = (field->type == FIELD_TYPE_INT && json_is_integer(values[i])) ||
		    (field->type == FIELD_TYPE_BOOL && json_is_boolean(values[i])) ||
		    (field->type == FIELD_TYPE_LIST && json_is_array(values[i])) ||
		    (is_text(field) && (json_is_string(values[i]) || is_of_query(field, values[i]))) ||
		    (field->type == FIELD_TYPE_BYTES && json_is_string(values[i]));
		struct kit_answer answer;

		if (fits) {
			json_decref(values[i]);
			continue;
		}
		try_value(stage, command, field->name, values[i], &answer);
		if (!is_about(&answer, field->name) || answer.status >= 500)
			fail_msg("%s: a wrong %s was answered %d: %s", command->name, field->name, answer.status,
			    kit_text(&answer, "detail"));
		kit_answer_clear(&answer);
	}
}

static void
visit_types(const struct command *command, void *data)
{
	each_field(command, data, check_types);
}

TEST(every_field_of_every_command_refuses_what_is_of_another_type)
{
	struct stage stage;

	stage_begin(&stage);
	for (int is_http = 0; is_http < 2; is_http++) {
		kit_over_http(stage.desk, is_http);
		sample_each_command(visit_types, &stage);
	}
	stage_end(&stage);
}

static void
visit_missing(const struct command *command, void *data)
{
	struct stage *stage = data;

	for (const struct field *field = command->fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		struct kit_answer answer;

		if (field->is_optional)
			continue;
		try_value(stage, command, field->name, json_null(), &answer);
		if (!is_about(&answer, field->name) || answer.kind != REFUSED_FIELD)
			fail_msg("%s without %s was answered %d", command->name, field->name, answer.status);
		kit_answer_clear(&answer);
	}
}

TEST(every_field_that_is_needed_is_missed_by_name)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_missing, &stage);
	stage_end(&stage);
}

static void
visit_unknown(const struct command *command, void *data)
{
	static const char *const names[] = { "surprise", "seq", "at", "author", "is_internal", "person_id", "role_",
		"visitor", "__proto__" };
	struct stage *stage = data;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct kit_answer answer;

		try_value(stage, command, names[i], json_integer(1), &answer);
		if (!is_about(&answer, names[i]) || answer.kind != REFUSED_FIELD)
			fail_msg("%s with %s was answered %d", command->name, names[i], answer.status);
		kit_answer_clear(&answer);
	}
}

TEST(author_time_and_seq_come_from_the_desk_and_unknown_fields_are_refused_by_name)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_unknown, &stage);
	stage_end(&stage);
}

/* ---- What is sent comes back as it was, and harms nobody ---- */

TEST(texts_that_look_like_code_are_only_texts)
{
	static const char *const texts[] = { "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
		"'; DROP TABLE item; --", "\" OR 1=1 --", "{{7*7}} ${7*7}", "%s%n%x",
		"\xe2\x80\xae"
		"right to left",
		"../../etc/passwd", "javascript:alert(1)" };
	struct stage stage;

	stage_begin(&stage);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *id = g_strdup_printf("code-%04zu", i);
		const struct kit_answer *answer;
		const json_t *item;

		assert_true(kit_do(stage.desk, stage.vera, "message.send", "{s:s, s:s, s:s}", "conversation",
		    stage.conversation, "id", id, "text", texts[i])
				->is_ok);
		answer = kit_do(stage.desk, stage.vera, "conversation.items", "{s:s, s:i}", "conversation",
		    stage.conversation, "since", (int)i + 1);
		item = json_array_get(json_object_get(answer->body, "items"), 0);
		assert_string_equal(json_string_value(json_object_get(item, "text")), texts[i]);
	}
	stage_end(&stage);
}

/* What may stand in no line: control characters, ends of lines, turns of direction. */
static const char *const not_in_a_line[] = { "bell \x07", "escape \x1b[31m", "delete \x7f", "next line \xc2\x85.",
	"carriage\rreturn", "line \xe2\x80\xa8 end", "paragraph \xe2\x80\xa9 end", "override \xe2\x80\xae.",
	"isolate \xe2\x81\xa6.", "back \xe2\x81\xa9." };

static void
visit_lines(const struct command *command, void *data)
{
	struct stage *stage = data;

	for (const struct field *field = command->fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (field->type != FIELD_TYPE_LINE || field->place != PLACE_BODY)
			continue;
		for (size_t i = 0; i < G_N_ELEMENTS(not_in_a_line); i++) {
			struct kit_answer answer;

			try_value(stage, command, field->name, json_string(not_in_a_line[i]), &answer);
			if (is_about(&answer, field->name) == field->is_tidied)
				fail_msg("%s: %s was answered %d to %s", command->name, field->name, answer.status,
				    not_in_a_line[i]);
			kit_answer_clear(&answer);
			stage->checked++;
		}
	}
}

TEST(lines_of_staff_are_refused_for_what_lines_of_visitors_are_tidied_of)
{
	struct stage stage;

	stage_begin(&stage);
	sample_each_command(visit_lines, &stage);
	assert_true(stage.checked > 5 * G_N_ELEMENTS(not_in_a_line));
	stage_end(&stage);
}

TEST(a_name_that_would_turn_the_words_of_others_is_kept_without_that)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");

	assert_true(kit_do(desk, vera, "chat.start", "{s:s, s:s}", "id", "start-0001", "name",
	    "\xe2\x80\xae"
	    "areV\xe2\x80\xa8\x1b[31mRoth")
			->is_ok);
	assert_string_equal(kit_text(kit_do(desk, vera, "chat.visit", NULL), "name"), "areV [31mRoth");
	kit_desk_end(desk);
}
