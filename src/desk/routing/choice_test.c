/* Facts about the choice of routing: who is asked next, and which chat. */
#include "tests/kit/facts.h"

#include "desk/routing/routing_inside.h"

#define NOW    INT64_C(1000000)
#define WISHES INT64_C(120000)

#define COUNT(array_) G_N_ELEMENTS(array_)

/* One who waits since ten seconds, and one who has waited long enough to take anybody. */
#define WAITS(chat_, ...)                                                                                              \
	{                                                                                                              \
		.chat = (chat_), .since = NOW - 10000, __VA_ARGS__                                                     \
	}
#define LONG(chat_, ...)                                                                                               \
	{                                                                                                              \
		.chat = (chat_), .since = NOW - WISHES, __VA_ARGS__                                                    \
	}

static const int64_t billing[] = { 7 };
static const char *const returns[] = { "Returns" }, *const german[] = { "de", "fr-CA" };

static const struct routing_person plain[] = { { .person = 1 }, { .person = 2 } };
static const struct routing_person able[] = {
	{ .person = 1, .topics = returns, .topic_count = 1 },
	{ .person = 2, .languages = german, .language_count = 2 },
	{ .person = 3, .teams = billing, .team_count = 1, .topics = returns, .topic_count = 1 },
};

struct plan {
	const char *says;
	struct routing_waiter waiters[3];
	struct routing_asked asked[4];
	const struct routing_person *people;
	size_t person_count;
	int64_t chats, cap;
	bool is_cut; /* there are more who wait, or people, than are known */
	int64_t chat, person;
	bool is_new_round, wants_more;
};

#define PLAIN .people = plain, .person_count = COUNT(plain), .cap = 8
#define ABLE  .people = able, .person_count = COUNT(able), .cap = 8

static const struct plan plans[] = {
	{ "nobody waits", PLAIN },
	{ "nobody waits: nobody else needs to be known", PLAIN, .is_cut = true },
	{ "nobody is able", { WAITS(11) }, .cap = 8 },
	{ "the pool is full", { WAITS(11) }, PLAIN, .chats = 8 },
	{ "the pool is over its cap", { WAITS(11) }, PLAIN, .chats = 9 },
	{ "one place is left", { WAITS(11) }, PLAIN, .chats = 7, .chat = 11, .person = 1 },
	{ "the first of the line, to the first of the people", { WAITS(11), WAITS(12) }, PLAIN, .chat = 11,
	    .person = 1 },
	{ "who was asked is left out", { WAITS(11) }, { { 11, 1 } }, PLAIN, .chat = 11, .person = 2 },
	{ "who was asked about another chat is not", { WAITS(11) }, { { 12, 1 } }, PLAIN, .chat = 11, .person = 1 },
	{ "where all were asked the next chat comes first", { WAITS(11), WAITS(12) }, { { 11, 1 }, { 11, 2 } }, PLAIN,
	    .chat = 12, .person = 1 },
	{ "all were asked about all: a new round, from the head", { WAITS(11), WAITS(12) },
	    { { 11, 1 }, { 11, 2 }, { 12, 1 }, { 12, 2 } }, PLAIN, .chat = 11, .person = 1, .is_new_round = true },
	{ "a topic that not everybody knows", { WAITS(11, .topic = "Shipping") }, ABLE, .chat = 11, .person = 2 },
	{ "a topic in other letters", { WAITS(11, .topic = "RETURNS") }, ABLE, .chat = 11, .person = 1 },
	{ "a language that not everybody speaks", { WAITS(11, .language = "it"), WAITS(12, .language = "it") }, ABLE,
	    .chat = 11, .person = 1 },
	{ "a language of another country", { WAITS(11, .topic = "Shipping", .language = "de-AT") }, ABLE, .chat = 11,
	    .person = 2 },
	{ "a language that begins alike is another", { WAITS(11, .topic = "Shipping", .language = "del") }, ABLE },
	{ "a team", { WAITS(11, .team = 7) }, ABLE, .chat = 11, .person = 3 },
	{ "nobody fits, and the next does", { WAITS(11, .team = 7, .topic = "Shipping"), WAITS(12) }, ABLE, .chat = 12,
	    .person = 1 },
	{ "nobody fits until the wishes are dropped", { LONG(11, .team = 7, .topic = "Shipping") }, ABLE, .chat = 11,
	    .person = 1 },
	{ "of those who fit all were asked: the others are not asked", { WAITS(11, .team = 7) }, { { 11, 3 } }, ABLE,
	    .chat = 11, .person = 3, .is_new_round = true },
	{ "somebody further down might fit", { WAITS(11, .team = 9), WAITS(12) }, ABLE, .is_cut = true,
	    .wants_more = true },
	{ "the head has somebody: nobody further down matters", { WAITS(11) }, ABLE, .is_cut = true, .chat = 11,
	    .person = 1 },
	{ "a new round wants to know everybody", { WAITS(11) }, { { 11, 1 }, { 11, 2 } }, PLAIN, .is_cut = true,
	    .wants_more = true },
};

static struct routing_choice
choice_of(const struct plan *plan)
{
	struct routing_facts facts = {
		.now_ms = NOW,
		.wishes_ms = WISHES,
		.chats = plan->chats,
		.cap = plan->cap,
		.waiters = plan->waiters,
		.people = plan->people,
		.person_count = plan->person_count,
		.asked = plan->asked,
		.is_all = !plan->is_cut,
	};

	while (facts.waiter_count < COUNT(plan->waiters) && plan->waiters[facts.waiter_count].chat != 0)
		facts.waiter_count++;
	while (facts.asked_count < COUNT(plan->asked) && plan->asked[facts.asked_count].chat != 0)
		facts.asked_count++;
	return routing_choose(&facts);
}

TEST(the_choice_is_the_first_in_the_line_and_the_first_of_the_people_who_fit_and_were_not_asked)
{
	for (size_t i = 0; i < COUNT(plans); i++) {
		struct routing_choice choice = choice_of(&plans[i]);
		int64_t chat = choice.waiter == NULL ? 0 : choice.waiter->chat;

		if (chat != plans[i].chat || choice.person != plans[i].person ||
		    choice.is_new_round != plans[i].is_new_round || choice.wants_more != plans[i].wants_more)
			fail_msg("%s: chat %d to %d, round %d, more %d", plans[i].says, (int)chat, (int)choice.person,
			    choice.is_new_round, choice.wants_more);
	}
}

TEST(wishes_are_dropped_at_their_moment_and_not_before)
{
	struct routing_waiter waiter = { .chat = 11, .since = NOW - WISHES + 1, .topic = "Shipping" };
	struct routing_facts facts = { .now_ms = NOW,
		.wishes_ms = WISHES,
		.cap = 1,
		.waiters = &waiter,
		.waiter_count = 1,
		.people = able,
		.person_count = 1,
		.is_all = true };

	assert_null(routing_choose(&facts).waiter);
	facts.now_ms++;
	assert_int_equal(routing_choose(&facts).person, 1);
}

TEST(help_is_needed_where_somebody_waits_for_whom_nobody_has_room_or_who_waits_long)
{
	static const struct {
		const char *says;
		struct help_facts facts;
		bool is_needed;
	} cases[] = {
		{ "nobody waits", { .now_ms = NOW, .backup_seconds = 120 }, false },
		{ "nobody has room", { NOW, 120, NOW, NOW, 0, false }, true },
		{ "somebody is asked at this moment", { NOW, 120, NOW, 0, 0, false }, false },
		{ "somebody has room", { NOW, 120, NOW, NOW, 0, true }, false },
		{ "the wait is a moment short", { NOW, 120, NOW - 119999, NOW, 0, true }, false },
		{ "the wait is long", { NOW, 120, NOW - 120000, 0, 0, true }, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		if (help_is_needed(&cases[i].facts) != cases[i].is_needed)
			fail_msg("%s", cases[i].says);
	}
}
