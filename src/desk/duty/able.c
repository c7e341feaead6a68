/* Abilities: see able.h. */
#include "desk/duty/able.h"

#include <string.h>
#include <talloc.h>

#include "desk/setting/setting.h"
#include "sql/duty_sql.h"

#define TOPIC    "topic"
#define LANGUAGE "language"

static struct able_skills
skills_of(struct tx *tx, const struct duty_sql_skills_list *all, const char *kind)
{
	struct able_skill *rows = talloc_array(tx_memory(tx), struct able_skill, all->count);
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		if (strcmp(all->rows[i].kind, kind) == 0)
			rows[count++].value = all->rows[i].value;
	}
	return (struct able_skills) { rows, count };
}

gboolean
able_get(struct tx *tx, const struct able_ask *ask, struct able *answer, GError **error)
{
	struct duty_sql_skills_list skills;
	struct duty_sql_own_cap *own;

	if (!duty_sql_own_cap(tx, ask->person, &own, error))
		return FALSE;
	if (own == NULL)
		return refuse(error, REFUSED_UNKNOWN, "person", "there is no such person");
	if (!duty_sql_skills(tx, ask->person, &skills, error))
		return FALSE;
	*answer =
	    (struct able) { ask->person, own->cap, skills_of(tx, &skills, TOPIC), skills_of(tx, &skills, LANGUAGE) };
	return TRUE;
}

static gboolean
check_languages(struct tx *tx, const struct able_skills *languages, GError **error)
{
	for (size_t i = 0; i < languages->count; i++) {
		if (!setting_is_language(languages->rows[i].value))
			return refuse(error, REFUSED_RANGE, tx_text(tx, "languages[%zu]", i), "that is not a language");
	}
	return TRUE;
}

/* These and no others; what was left out stays. */
static gboolean
put(struct tx *tx, int64_t person, const char *kind, const struct able_skills *skills, GError **error)
{
	if (skills->rows == NULL)
		return TRUE;
	if (!duty_sql_skills_clear(tx, person, kind, error))
		return FALSE;
	for (size_t i = 0; i < skills->count; i++) {
		if (!duty_sql_skill_add(tx, person, kind, skills->rows[i].value, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
able_change(struct tx *tx, const struct able *ask, struct able *answer, GError **error)
{
	struct able_ask whom = { ask->person };

	return able_get(tx, &whom, answer, error) && check_languages(tx, &ask->languages, error) &&
	    (ask->cap < 0 || duty_sql_own_cap_set(tx, ask->person, ask->cap, error)) &&
	    put(tx, ask->person, TOPIC, &ask->topics, error) &&
	    put(tx, ask->person, LANGUAGE, &ask->languages, error) && duty_cap_of(tx, ask->person, error) &&
	    able_get(tx, &whom, answer, error);
}
