/* Facts about the first start of a desk. */
#include "desk/opening/opening.h"

#include <string.h>

#include "base/limits.h"
#include "desk/people/pass.h"
#include "edge/password.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

static gboolean
draw_code(struct tx *tx, void *data, GError **error)
{
	char **code = data;
	const char *drawn;

	if (!people_first_code(tx, &drawn, error))
		return FALSE;
	*code = g_strdup(drawn);
	return TRUE;
}

static char *
first_code(struct fact_desk *desk)
{
	char *code;

	fact_change(desk, NULL, draw_code, &code);
	return code;
}

static int
open_with(struct fact_desk *desk, const char *code, const char *time_zone)
{
	struct fact_caller stranger = fact_stranger("192.0.2.5");

	return fact_do(desk, &stranger, "desk.open", "{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "code", code, "email",
	    "ada@desk.example", "name", "Ada", "password", FACT_PASSWORD, "desk", "Lantern", "language", "pt-BR",
	    "time_zone", time_zone);
}

TEST(the_first_code_opens_the_desk_and_signs_the_administrator_in)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *code = first_code(desk), *none = NULL;
	struct fact_caller ada = fact_stranger("192.0.2.5");

	assert_int_equal(fact_do(desk, &ada, "setting.get", NULL), 200);
	assert_int_equal(fact_int(desk, "is_set_up"), 0);
	assert_int_equal(open_with(desk, code, "Europe/Lisbon"), 200);
	assert_string_equal(fact_text(desk, "person.role"), "administrator");
	g_strlcpy(ada.token, desk->cookie, sizeof ada.token);
	assert_true(fact_is_in(desk, &ada));
	assert_int_equal(fact_do(desk, &ada, "setting.get", NULL), 200);
	assert_int_equal(fact_int(desk, "is_set_up"), 1);
	assert_string_equal(fact_text(desk, "name"), "Lantern");
	assert_string_equal(fact_text(desk, "language"), "pt-BR");
	assert_string_equal(fact_text(desk, "time_zone"), "Europe/Lisbon");
	none = first_code(desk);
	assert_null(none);
	fact_desk_free(desk);
}

TEST(a_desk_opens_once)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *code = first_code(desk);

	assert_int_equal(open_with(desk, code, "UTC"), 200);
	assert_int_equal(open_with(desk, code, "UTC"), 404);
	fact_desk_free(desk);
}

TEST(a_code_does_not_open_a_desk_that_has_somebody_already)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *code = first_code(desk);

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	assert_int_equal(open_with(desk, code, "UTC"), 409);
	fact_desk_free(desk);
}

TEST(a_wrong_or_replaced_code_opens_nothing_and_costs_no_hash)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *old = first_code(desk), *code = first_code(desk);
	struct password_figures figures;

	assert_int_equal(open_with(desk, "guessed", "UTC"), 404);
	assert_string_equal(desk->field, "code");
	assert_int_equal(open_with(desk, old, "UTC"), 404);
	passwords_figures(desk->edge.passwords, &figures);
	assert_int_equal(figures.jobs, 0);
	assert_int_equal(open_with(desk, code, "UTC"), 200);
	fact_desk_free(desk);
}

TEST(a_code_works_for_a_week)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *code = first_code(desk);

	desk->clock.set_ms += LIMIT_FIRST_CODE_HOURS * MS_PER_HOUR;
	assert_int_equal(open_with(desk, code, "UTC"), 404);
	desk->clock.set_ms -= 1;
	assert_int_equal(open_with(desk, code, "UTC"), 200);
	fact_desk_free(desk);
}

TEST(a_refused_opening_leaves_the_code_and_nothing_else)
{
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *code = first_code(desk), *people = NULL, *lines = NULL;

	assert_int_equal(open_with(desk, code, "Europe/Atlantis"), 422);
	assert_string_equal(desk->field, "time_zone");
	assert_null(desk->cookie);
	people = fact_peek(desk, "SELECT count(*) FROM person");
	assert_string_equal(people, "0");
	lines = fact_peek(desk, "SELECT count(*) FROM audit");
	assert_string_equal(lines, "0");
	assert_int_equal(open_with(desk, code, "UTC"), 200);
	fact_desk_free(desk);
}
