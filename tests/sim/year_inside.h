/* The insides of the year (year.h), for its own files. */
#pragma once

#include "tests/sim/year.h"

struct year;

#define TEAMS 3
#define POOLS (1 + TEAMS) /* that of everybody, then one for each team */

/* ---- What the tables hold, as year_look.c reads them: a picture ---- */

enum duty_word { OFFLINE, IN_LINE, ON_PHONE, ONLINE, AWAY, WINDING };
enum seat_word { NO_SEAT, OWN_SEAT, BACKUP_SEAT, HANDOVER_SEAT };
extern const char *const duty_words[], *const seat_words[]; /* as the tables say them */

struct pool_now {
	int64_t id, team, size, cap, used, extra, chats;
	bool is_removed;
};

/* Of whoever is not on duty only `state` is set, to OFFLINE. pool: an index into pools. */
struct duty_now {
	enum duty_word state;
	enum seat_word seat;
	int pool;
	int64_t line_since, gone_since, cap, load;
	bool is_able;
};

/* People are indexes into year->people, -1 nobody. */
struct chat_now {
	int64_t id, team, priority, waiting_since;
	bool is_owned, is_quiet;
	int owner, offered_to, pool, caller;
	int topic, language; /* wishes, -1 none */
};

struct offer_now {
	int64_t id, chat, expires_at;
	int person;
};

struct picture {
	struct pool_now pools[POOLS];
	struct duty_now duties[PEOPLE];
	GArray *chats;  /* of struct chat_now: all that are not closed, by id */
	GArray *offers; /* of struct offer_now: all that are open */
	int64_t last_log, last_offer;
};

static inline struct chat_now *
chat_at(const struct picture *picture, guint i)
{
	return &g_array_index(picture->chats, struct chat_now, i);
}

static inline struct offer_now *
offer_at(const struct picture *picture, guint i)
{
	return &g_array_index(picture->offers, struct offer_now, i);
}

struct chat_now *picture_chat(const struct picture *picture, int64_t id);      /* or NULL */
struct offer_now *picture_offer(const struct picture *picture, int64_t id);    /* or NULL */
struct chat_now *picture_of_caller(const struct picture *picture, int caller); /* its open one, or NULL */

/* ---- People and visitors ---- */

#define TOPICS    3
#define LANGUAGES 3
extern const char *const topics[], *const languages[];

/* A weekly shift, and one on its day; moments by a clock that is right. */
struct pattern {
	int weekday, from, minutes; /* weekday 1 is Monday */
};
struct turn {
	int64_t begins, ends;
};

#define PATTERNS_MAX 5

struct staff {
	const struct kit_actor *who;
	enum role role;
	int index, team; /* into year->teams, -1 none */
	int64_t cap;     /* of their own; 0: the desk's */
	struct pattern patterns[PATTERNS_MAX];
	unsigned pattern_count;
	GArray *turns;                            /* of struct turn, in their order: those around now, and next */
	unsigned topics, languages;               /* bits; 0: any */
	bool is_at_work;                          /* there is a page of theirs */
	bool is_cut;                              /* but nothing gets through */
	int64_t heard_at, noted_at, signed_in_at; /* noted_at: when the desk noted it last */
	int64_t heard_by_desk;                    /* heard_at as the desk's clock showed it */
	int64_t until;                            /* the end of the shift that they came for */
	int64_t seated_at;                        /* since when they have a seat, by the desk's clock */
	int64_t wound_for; /* the end of the shift for which winding down has begun, while on duty; 0: none */
	unsigned mark;     /* what was planned before it was raised does not happen */
};

struct caller {
	const struct kit_actor *who;
	int index, site;
	char *key; /* of its conversation, or NULL */
	bool is_starting, is_silent;
	int left; /* words that it still wants to exchange */
	int64_t ended_at;
	int64_t chat, priority; /* the last one of it that was seen, and who goes first as it was then */
	int64_t hurry;          /* what a lead says about that; -1: nothing that is not answered */
	bool is_hurried, is_done;
	unsigned mark;
};

/* ---- What is on its way to the desk ---- */

struct letter {
	const struct kit_actor *from;
	const char *command;
	json_t *body;
	struct kit_answer answer;
	void (*then)(struct year *year, struct letter *letter); /* the desk has answered, not with a failure; or NULL */
	struct staff *staff;                                    /* whose page sends it, or NULL */
	struct caller *caller;                                  /* or NULL */
	int64_t what;                                           /* its sender's own */
	unsigned tries;
};

/* ---- The year ---- */

struct settings {
	bool is_strict, has_offers;
	int64_t wishes_seconds, backup_seconds, wind_down_minutes, handover_seats, chats_each;
};

/* A chat that somebody could be asked to take, and is not, since then. */
struct debt {
	int64_t chat, since;
};

/* Who has which seat by the log alone. */
struct replayed {
	enum duty_word state;
	enum seat_word seat;
};

struct year_counts {
	unsigned chats, refused, offers, taken, declined, expired, wound, let_in, backups, handovers, phones, deaths,
	    flaps, lost, freed, kills, restarts, jumps, failed, unanswered, together, repeated, transfers, reopened,
	    picked, quiet, closed_quiet, shrunk, stayed, days, waited_most, busiest, hurried, founded, closed, moved,
	    taught;
};

struct year {
	struct run run;
	struct kit_desk *desk;
	GTimeZone *zone;

	GArray *queue; /* a heap of what is due */
	uint64_t planned;
	int64_t now;   /* by the true clock */
	int64_t ahead; /* how far the desk's is ahead of it */
	bool is_up;
	int64_t up_since; /* when it began to serve, or its clock was set */
	int64_t up_at;    /* while it is down */

	/* What the program does by itself (year_desk.c), by the true clock; FOREVER: nothing of it is planned. */
	int64_t round_at, last_round, quiet_since, routing_at, last_routing;
	int64_t due_at; /* when routing wants to look again, by the desk's clock */
	unsigned round_mark, routing_mark, work_mark;
	uint32_t wanted_jobs; /* bits */
	bool is_help_called;
	bool is_routing_wanted, is_work_planned, needs_round, routing_failed;

	struct staff people[PEOPLE];
	struct caller callers[CALLERS];
	int8_t person_index[256]; /* by row id */
	GHashTable *caller_of;    /* of conversation keys */
	char *sites[4];           /* keys; the first is the desk's own: NULL */
	int64_t teams[TEAMS];     /* of Orders, of Repairs, and Gifts, which mostly has no pool of its own */
	struct settings settings;

	struct picture before, after; /* of the last two looks */
	int pools_read;               /* of the look under way */
	unsigned ids;
	char id[16];
	GPtrArray *together; /* letters of one commit; NULL: each has its own */
	GArray *debts;       /* of struct debt */
	GHashTable *asked;   /* of keys of chat and person: who was asked to take what, or had it */
	struct replayed replayed[PEOPLE];
	int64_t day;       /* days since 1970 of the desk's clocks: what is planned */
	const char *plant; /* a fault that is to be found, or NULL */
	bool is_plant_done;
	struct year_counts counts;
};

#define year_broken(year_, ...) run_broken(&(year_)->run, __VA_ARGS__)

static inline unsigned
year_chance(struct year *year, unsigned below)
{
	return run_chance(&year->run, below);
}

static inline bool
year_happens(struct year *year, unsigned in_thousand)
{
	return run_happens(&year->run, in_thousand);
}

/* A time between the two. */
static inline int64_t
year_between(struct year *year, int64_t from, int64_t to)
{
	return from + (int64_t)year_chance(year, (unsigned)(to - from + 1));
}

static inline int64_t
desk_now(const struct year *year)
{
	return year->now + year->ahead;
}

/* year.c: what is due. Nothing happens if `*mark` was raised meanwhile; NULL: it happens in any case. */
typedef void (*happening)(struct year *year, void *who, int64_t what);
void year_plan(struct year *year, int64_t at, happening happens, void *who, int64_t what, const unsigned *mark);

/* year_plant.c: faults on purpose. */
void plant_list(void (*say)(const char *name, const char *found_by));
bool plant_is_known(const char *name);
bool is_planted(const struct year *year, const char *fault);
void plant(struct year *year);

/* year_post.c: letters; the body is taken over. An id is the sender's own, good until the next one. */
const char *post_id(struct year *year);
struct letter *post_new(const struct kit_actor *from, const char *command, json_t *body);
void post_send(struct year *year, struct letter *letter);
void post_together(struct year *year);
void post_let_go(struct year *year);
void post_fail_sometimes(struct year *year);
const struct kit_answer *post_lead(struct year *year, const char *command, json_t *body); /* at once; must be done */

/* year_cast.c: who is there, and when. */
void cast_enter(struct year *year);
void cast_leave(struct year *year);
int64_t cast_moment(const struct year *year, int64_t day, int64_t minute);
int64_t cast_day(const struct year *year, int64_t at);
int cast_weekday(int64_t day);
char *cast_day_text(int64_t day);
void cast_turn(struct year *year, struct staff *staff, int64_t day, int from, int minutes);

void cast_tell_abilities(struct year *year, const struct staff *staff);
void cast_tell_members(struct year *year, int team);

#define BUSY_DAY 250 /* of the year, with five times as many visitors */

/* year_staff.c, year_callers.c, year_lead.c, year_world.c: what they do. */
void staff_plan_turn(struct year *year, struct staff *staff, const struct turn *turn);
void staff_react(struct year *year);
void staff_is_heard(const struct year *year, struct staff *staff);
/* The pages that are there were heard of all the time. It is noted where somebody is about to ask, and before a page is gone: by staff_hear(). */
void staff_live(struct year *year);
void staff_hear(struct year *year);
void staff_leaves_suddenly(struct year *year, struct staff *staff);
void caller_arrives(struct year *year, void *who, int64_t what);
void callers_react(struct year *year);
void callers_go_on(struct year *year); /* whoever is in a chat talks on */
struct staff *staff_of(struct year *year, int index);
void lead_hurries(struct year *year, void *who, int64_t what);
void lead_acts(struct year *year, void *who, int64_t what);
void world_plan_day(struct year *year);
void world_wakes(struct year *year); /* the machine was off, and everybody's with it */

/* year_desk.c: what the program does by itself. */
void desk_begin(struct year *year);
void desk_starts(struct year *year); /* after a time in which it was down */
void desk_clock_was_set(struct year *year);
void desk_plan(struct year *year);
void desk_plan_seldom(struct year *year, int64_t at);

/* year_look.c, year_rules.c, year_order.c, year_log.c: what is so, and whether it may be. */
void look_begin(struct year *year);
void look_end(struct year *year);
void look(struct year *year);
void rules_check(struct year *year);
void order_check(struct year *year);
void times_check(struct year *year);
bool times_fits(const struct year *year, const struct chat_now *chat, int person);
void times_check_offer(struct year *year, const struct offer_now *offer);
void rules_check_end(struct year *year, const struct offer_now *offer, const char *outcome, int64_t ended_at);
void rules_at_the_end(struct year *year);
struct year_sql_look; /* of year.sql */
void log_read(struct year *year, const struct year_sql_look *row);
void log_check(struct year *year);
