/*
 * What is sent to the desk in the year: letters, which are sent again until they are answered, as a page does it, with the same id; alone, or
 * several in one commit (see year.h).
 */
#include "tests/sim/year_inside.h"

#define TRIES_MAX 20

const char *
post_id(struct year *year)
{
	g_snprintf(year->id, sizeof year->id, "year-%08u", ++year->ids);
	return year->id;
}

struct letter *
post_new(const struct kit_actor *from, const char *command, json_t *body)
{
	struct letter *letter = g_new0(struct letter, 1);

	letter->from = from;
	letter->command = command;
	letter->body = body;
	return letter;
}

static void
letter_free(struct letter *letter)
{
	json_decref(letter->body);
	kit_answer_clear(&letter->answer);
	g_free(letter);
}

static void
send_again(struct year *year, void *who, int64_t what)
{
	struct letter *letter = who;

	(void)what;
	year->counts.repeated++;
	post_send(year, letter);
}

/* Whether its sender can reach the desk. */
static bool
is_connected(const struct year *year, const struct letter *letter)
{
	return year->is_up && (letter->staff == NULL || !letter->staff->is_cut);
}

/* A page knows nothing of what became of it, and says it again. */
static void
answered(struct year *year, struct letter *letter)
{
	if (!letter->answer.is_answered)
		year_broken(year, "%s %s was never answered", letter->from->name, letter->command);
	if (letter->answer.is_ok || letter->answer.status < 500) {
		if (letter->then != NULL)
			letter->then(year, letter);
		letter_free(letter);
		return;
	}
	kit_answer_clear(&letter->answer);
	if (++letter->tries > TRIES_MAX)
		year_broken(year, "%s %s fails for ever", letter->from->name, letter->command);
	year_plan(year, year->now + year_between(year, SECOND / 2, 4 * SECOND), send_again, letter, 0, NULL);
}

void
post_fail_sometimes(struct year *year)
{
	if (year_happens(year, 8)) {
		kit_fail_next(year->desk, CREW_LOST);
		year->counts.failed++;
	} else if (year_happens(year, 8)) {
		kit_fail_next(year->desk, CREW_UNANSWERED);
		year->counts.unanswered++;
	}
}

static void
put(struct year *year, struct letter *letter)
{
	/* Whoever says something is heard of. */
	if (letter->staff != NULL)
		staff_is_heard(year, letter->staff);
	kit_over_http(year->desk, year_happens(year, 300));
	kit_send(year->desk, letter->from, letter->command, json_deep_copy(letter->body), &letter->answer);
}

void
post_send(struct year *year, struct letter *letter)
{
	if (!is_connected(year, letter)) {
		year_plan(year, MAX(year->now + year_between(year, SECOND, 6 * SECOND), year->is_up ? 0 : year->up_at),
		    send_again, letter, 0, NULL);
		return;
	}
	plant(year);
	staff_live(year);
	if (year->together != NULL) {
		g_ptr_array_add(year->together, letter);
		put(year, letter);
		return;
	}
	year->run.step++;
	post_fail_sometimes(year);
	put(year, letter);
	answered(year, letter);
	look(year);
}

void
post_together(struct year *year)
{
	if (!year->is_up || year->together != NULL)
		return;
	year->together = g_ptr_array_new();
	kit_hold(year->desk);
}

void
post_let_go(struct year *year)
{
	g_autoptr(GPtrArray) letters = g_steal_pointer(&year->together);

	if (letters == NULL)
		return;
	year->run.step++;
	year->counts.together += letters->len > 1;
	if (letters->len > 0)
		post_fail_sometimes(year);
	kit_let_go(year->desk);
	for (guint i = 0; i < letters->len; i++)
		answered(year, letters->pdata[i]);
	look(year);
}

const struct kit_answer *
post_lead(struct year *year, const char *command, json_t *body)
{
	static struct kit_answer answer;

	kit_answer_clear(&answer);
	kit_send(year->desk, kit_administrator(year->desk), command, body, &answer);
	if (!answer.is_ok)
		year_broken(year, "%s: %s %s", command, kit_text(&answer, "detail"), kit_text(&answer, "field"));
	return &answer;
}
