/* Samples: see desk_sample.h. */
#include "tests/kit/desk_sample.h"

#include <string.h>

#define SOME_WORDS "Some words"

/* Fields whose words are no table but a standard's. */
static const struct {
	const char *name, *value;
} known_texts[] = {
	{ "language", "en" },
	{ "shortcut", "hello" },
	{ "day", "2026-03-30" },
	{ "calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n" },
	{ "time_zone", "UTC" },
	{ "url", "https://shop.example/lamps" },
	{ "endpoint", "https://push.example/1" },
	{ "p256dh", "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4" },
	{ "auth", "BTBZMqHH6r4Tts7J_aSIgg" },
	{ "old", KIT_PASSWORD },
	{ "new", "another lamp in the window" },
	{ "password", "one more lamp in the window" },
	{ "token", "a-token-that-nobody-has-made" },
	{ "code", "a-code-that-nobody-has-made" },
};

static json_t *
text_value(const struct field *field)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known_texts); i++) {
		if (strcmp(known_texts[i].name, field->name) == 0)
			return json_string(known_texts[i].value);
	}
	if (field->min <= (int64_t)strlen(SOME_WORDS))
		return json_string(SOME_WORDS);

	g_autofree char *text = sample_text(field, (size_t)field->min);

	return json_string(text);
}

static int64_t
number_value(const struct field *field, const struct sample *sample)
{
	if (strcmp(field->name, "person") == 0 || strcmp(field->name, "to") == 0)
		return sample->person;
	if (strcmp(field->name, "session") == 0)
		return sample->session;
	if (strcmp(field->name, "invitation") == 0)
		return sample->invitation;
	if (strcmp(field->name, "team") == 0)
		return sample->team;
	return field->min;
}

static json_t *value_of(const struct field *field, const struct sample *sample);

static json_t *
object_of(const struct field *fields, const struct sample *sample)
{
	json_t *body = json_object();

	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		/* A chat is transferred to somebody or a team: the field is optional, one of them is not. */
		if (!field->is_optional || field->type == FIELD_TYPE_CALLER || strcmp(field->name, "to") == 0)
			json_object_set_new(body, field->name, value_of(field, sample));
	}
	return body;
}

json_t *
sample_rows(const struct field *field, const struct sample *sample, int64_t count)
{
	json_t *rows = json_array();

	for (int64_t i = 0; i < count; i++)
		json_array_append_new(
		    rows, field->is_plain ? value_of(&field->fields[0], sample) : object_of(field->fields, sample));
	return rows;
}

static json_t *
value_of(const struct field *field, const struct sample *sample)
{
	switch (field->type) {
	case FIELD_TYPE_LIST:
		return sample_rows(field, sample, field->min);
	case FIELD_TYPE_INT:
		return json_integer(number_value(field, sample));
	case FIELD_TYPE_BOOL:
		return json_true();
	case FIELD_TYPE_EMAIL:
		return json_string("somebody@elsewhere.example");
	case FIELD_TYPE_CALLER:
		return json_string(sample->id);
	case FIELD_TYPE_KEY:
		return json_string(
		    strcmp(field->name, "site") == 0 && sample->site != NULL ? sample->site : sample->conversation);
	case FIELD_TYPE_WORD:
		return json_string(field->words[0]);
	default:
		return text_value(field);
	}
}

json_t *
sample_body(const struct command *command, const struct sample *sample)
{
	return object_of(command->fields, sample);
}

static char *
sample_email(size_t size)
{
	GString *email = g_string_sized_new(size + 1);

	g_string_append(email, "a@");
	while (email->len + 70 < size)
		g_string_append(email, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghi.");
	while (email->len < size)
		g_string_append_c(email, email->len + 4 == size ? '.' : 'e');
	return g_string_free(email, FALSE);
}

char *
sample_text(const struct field *field, size_t size)
{
	bool is_ascii = field->type == FIELD_TYPE_CALLER || field->type == FIELD_TYPE_KEY;
	GString *text = g_string_sized_new(size + 1);

	if (field->type == FIELD_TYPE_EMAIL) {
		g_string_free(text, TRUE);
		return sample_email(size);
	}
	while (!is_ascii && text->len + 2 <= size)
		g_string_append(text, "\xc3\xa9");
	while (text->len < size)
		g_string_append_c(text, 'x');
	return g_string_free(text, FALSE);
}

const struct field *
sample_field(const struct command *command, const char *name)
{
	for (const struct field *field = command->fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

void
sample_each_command(void (*visit)(const struct command *command, void *data), void *data)
{
	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			visit(command, data);
	}
}
