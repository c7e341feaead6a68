/*
 * The log of seats, played again: what it tells, and nothing else, must come to who has which seat now (see year.h). Its words
 * are those of docs/decisions/0016-seats.md; one that is not known here breaks the run.
 */
#include <string.h>

#include "sql/year_sql.h"
#include "tests/sim/year_inside.h"

/* What a word makes of a seat. KEPT: what it was. */
enum { KEPT = -1 };
struct word {
	const char *what;
	int state, seat;
	bool needs_seat; /* only somebody with a seat can have that happen; false: nothing is said about it */
};

static const struct word words[] = {
	{ "took", ONLINE, OWN_SEAT, false },
	{ "waits", IN_LINE, NO_SEAT, false },
	{ "let in", ONLINE, OWN_SEAT, false },
	{ "extra", ONLINE, KEPT, false }, /* `why` says which */
	{ "regular", KEPT, OWN_SEAT, true },
	{ "away", AWAY, KEPT, true },
	{ "back", ONLINE, KEPT, true },
	{ "phone", ON_PHONE, NO_SEAT, false },
	{ "left", OFFLINE, NO_SEAT, false },
	{ "freed", OFFLINE, NO_SEAT, false },
	{ "gone", KEPT, KEPT, false },
	{ "heard", KEPT, KEPT, false },
	{ "lost", OFFLINE, NO_SEAT, false },
	{ "signed out", OFFLINE, NO_SEAT, false },
	{ "winds down", WINDING, KEPT, true },
	{ "stays", ONLINE, KEPT, true },
	{ "passed", OFFLINE, NO_SEAT, true },
};

static const struct word *
word_of(struct year *year, const char *what)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(words[i].what, what) == 0)
			return &words[i];
	}
	year_broken(year, "the log says %s, and nobody knows what that is", what);
}

static void
play(struct year *year, const struct year_sql_look *row)
{
	const struct word *word = word_of(year, row->t1);
	struct replayed *person = &year->replayed[year->person_index[row->person]];

	if (word->needs_seat && person->seat == NO_SEAT)
		year_broken(year, "by the log person %" G_GINT64_FORMAT " has no seat, and %s", row->person, row->t1);
	/* Whoever winds down goes on to, wherever they are. */
	if (word->state != KEPT && !(word->state == AWAY && person->state == WINDING))
		person->state = (enum duty_word)word->state;
	if (word->seat != KEPT)
		person->seat = (enum seat_word)word->seat;
	else if (strcmp(row->t1, "extra") == 0)
		person->seat = strcmp(row->t2, seat_words[BACKUP_SEAT]) == 0 ? BACKUP_SEAT : HANDOVER_SEAT;
	year->counts.lost += strcmp(row->t1, "lost") == 0;
	year->counts.let_in += strcmp(row->t1, "let in") == 0;
	year->counts.wound += strcmp(row->t1, "winds down") == 0;
	year->counts.backups += person->seat == BACKUP_SEAT && strcmp(row->t1, "extra") == 0;
	year->counts.handovers += person->seat == HANDOVER_SEAT && strcmp(row->t1, "extra") == 0;
}

void
log_read(struct year *year, const struct year_sql_look *row)
{
	if (row->person != 0 && row->person < (int64_t)sizeof year->person_index &&
	    year->person_index[row->person] >= 0)
		play(year, row);
	year->after.last_log = row->id;
}

void
log_check(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];
		const struct replayed *told = &year->replayed[i];

		if (duty->state != told->state || duty->seat != told->seat)
			year_broken(year, "%s is %s with seat %s, and by the log %s with %s", year->people[i].who->name,
			    duty_words[duty->state], seat_words[duty->seat], duty_words[told->state],
			    seat_words[told->seat]);
	}
}
