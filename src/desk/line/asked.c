/* What is asked beforehand: see asked.h. */
#include "desk/line/asked.h"

#include <string.h>
#include <talloc.h>

#include "sql/line_sql.h"

#define MISSING "please fill this in: %s"

static gboolean
check_given(const char *rule, const char *given, const char *field, const char *says, GError **error)
{
	if (given != NULL || strcmp(rule, "required") != 0)
		return TRUE;
	return refuse(error, REFUSED_FIELD, field, MISSING, says);
}

static const struct asked_answer *
answer_to(const struct asked_answers *answers, const char *label)
{
	for (size_t i = 0; i < answers->count; i++) {
		if (strcmp(answers->rows[i].label, label) == 0)
			return &answers->rows[i];
	}
	return NULL;
}

/* Whether the value is one line of the choices. */
static bool
is_choice(const char *choices, const char *value)
{
	g_auto(GStrv) lines = g_strsplit(choices == NULL ? "" : choices, "\n", -1);

	return g_strv_contains((const char *const *)lines, value);
}

static gboolean
check_value(const struct line_sql_fields *field, const char *value, GError **error)
{
	bool is_check = strcmp(field->kind, "check") == 0;

	if (strcmp(field->kind, "choice") == 0 && !is_choice(field->choices, value))
		return refuse(error, REFUSED_FIELD, "answers", "%s: that is none of the choices", field->label);
	if (is_check && strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return refuse(error, REFUSED_FIELD, "answers", "%s: wants yes or no", field->label);
	if (is_check && field->is_required && strcmp(value, "yes") != 0)
		return refuse(error, REFUSED_FIELD, "answers", MISSING, field->label);
	if (strcmp(field->kind, "line") == 0 && strchr(value, '\n') != NULL)
		return refuse(error, REFUSED_FIELD, "answers", "%s: wants one line", field->label);
	return TRUE;
}

static gboolean
check_field(const struct line_sql_fields *field, const struct asked_answers *answers, GError **error)
{
	const struct asked_answer *answer = answer_to(answers, field->label);

	if (answer != NULL)
		return check_value(field, answer->value, error);
	return !field->is_required || refuse(error, REFUSED_FIELD, "answers", MISSING, field->label);
}

/* Every answer belongs to a field, and no two to the same. */
static gboolean
check_label(const struct line_sql_fields_list *fields, const struct asked_answers *answers, size_t i, GError **error)
{
	const char *label = answers->rows[i].label;
	bool is_known = false;

	for (size_t k = 0; k < fields->count; k++)
		is_known = is_known || strcmp(fields->rows[k].label, label) == 0;
	if (!is_known)
		return refuse(error, REFUSED_FIELD, "answers", "nothing of that name was asked");
	return answer_to(answers, label) == &answers->rows[i] ||
	    refuse(error, REFUSED_FIELD, "answers", "%s: answered twice", label);
}

static gboolean
check_fields(struct tx *tx, int64_t site, const struct asked_answers *answers, GError **error)
{
	struct line_sql_fields_list fields;

	if (!line_sql_fields(tx, site, &fields, error))
		return FALSE;
	for (size_t i = 0; i < answers->count; i++) {
		if (!check_label(&fields, answers, i, error))
			return FALSE;
	}
	for (size_t i = 0; i < fields.count; i++) {
		if (!check_field(&fields.rows[i], answers, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
asked_check(struct tx *tx, const struct line_site *site, const struct asked *asked, GError **error)
{
	return check_given(site->ask_name, asked->name, "name", "your name", error) &&
	    check_given(site->ask_email, asked->email, "email", "your e-mail address", error) &&
	    check_given(site->ask_topic, asked->topic, "topic", "what it is about", error) &&
	    check_fields(tx, site->id, &asked->answers, error);
}

gboolean
asked_keep(struct tx *tx, int64_t chat, const struct asked_answers *answers, GError **error)
{
	for (size_t i = 0; i < answers->count; i++) {
		const struct asked_answer *answer = &answers->rows[i];

		if (!line_sql_answer_add(tx, chat, (int64_t)i + 1, answer->label, answer->value, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
asked_list(struct tx *tx, int64_t chat, struct asked_answers *answers, GError **error)
{
	struct line_sql_answers_list found;
	struct asked_answer *rows;

	if (!line_sql_answers(tx, chat, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct asked_answer, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = (struct asked_answer) { found.rows[i].label, found.rows[i].value };
	*answers = (struct asked_answers) { rows, found.count };
	return TRUE;
}
