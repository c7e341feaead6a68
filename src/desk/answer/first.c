/* The canned answers that a desk begins with (first.def): see answer.h. */
#include <string.h>

#include "desk/answer/answer.h"
#include "desk/answer/answer_inside.h"
#include "sql/answer_sql.h"
#include "store/tx.h"

static const struct first {
	const char *language, *shortcut, *title, *text;
} firsts[] = {
#define FIRST(language, shortcut, title, text) { language, shortcut, title, text },
#include "desk/answer/first.def"
#undef FIRST
};

/* "de" also of "de-AT". */
static bool
is_of(const struct first *first, const char *language)
{
	size_t size = strlen(first->language);

	return g_ascii_strncasecmp(first->language, language, size) == 0 &&
	    (language[size] == '\0' || language[size] == '-');
}

static const char *
language_of(const char *language)
{
	for (size_t i = 0; language != NULL && i < G_N_ELEMENTS(firsts); i++) {
		if (is_of(&firsts[i], language))
			return firsts[i].language;
	}
	return "en";
}

static gboolean
add(struct tx *tx, const struct first *first, int64_t person, GError **error)
{
	int64_t id;

	return answer_sql_add(tx, first->shortcut, first->title, first->text, "all", person, 0,
	    answer_folded(tx, first->shortcut, first->title, first->text), tx_now_ms(tx), &id, error);
}

gboolean
answer_add_first(struct tx *tx, const char *language, int64_t person, GError **error)
{
	const char *known = language_of(language);

	for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++) {
		if (strcmp(firsts[i].language, known) == 0 && !add(tx, &firsts[i], person, error))
			return FALSE;
	}
	return TRUE;
}
