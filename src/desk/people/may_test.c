/* Facts about who may see what. */
#include "desk/people/may.h"

#include <string.h>

#include "tests/kit/facts.h"

#define VERA "AAAAAAAAAAAAAAAAAAAAAA"
#define OTTO "BBBBBBBBBBBBBBBBBBBBBB"

static struct actor
visitor(const char *public_id)
{
	struct actor actor = { .kind = ACTOR_VISITOR };

	g_strlcpy(actor.visitor, public_id, sizeof(actor.visitor));
	return actor;
}

static struct actor
person(enum role role)
{
	return (struct actor) { .kind = ACTOR_PERSON, .role = role, .person_id = 7, .session_id = 3 };
}

TEST(a_visitor_sees_its_own_conversation_and_no_other)
{
	struct actor vera = visitor(VERA), unnamed = visitor("");

	assert_true(may_see_conversation(&vera, VERA));
	assert_false(may_see_conversation(&vera, OTTO));
	assert_false(may_see_conversation(&vera, ""));
	assert_false(may_see_conversation(&vera, NULL));
	assert_false(may_see_conversation(&unnamed, ""));
	assert_false(may_see_internal(&vera));
}

TEST(who_answers_customers_sees_every_conversation)
{
	const enum role roles[] = { ROLE_ADMINISTRATOR, ROLE_LEAD, ROLE_ADVISOR, ROLE_BACKUP };

	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		struct actor actor = person(roles[i]);

		assert_true(may_see_conversation(&actor, VERA));
		assert_true(may_see_internal(&actor));
	}
}

TEST(consultants_and_the_production_team_see_none)
{
	const enum role roles[] = { ROLE_CONSULTANT, ROLE_PRODUCTION, ROLE_NONE };

	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		struct actor actor = person(roles[i]);

		assert_false(may_see_conversation(&actor, VERA));
		assert_false(may_see_internal(&actor));
	}
}

TEST(nobody_sees_nothing_and_the_system_sees_all)
{
	struct actor nobody = { .kind = ACTOR_NOBODY }, desk = { .kind = ACTOR_SYSTEM };

	assert_false(may_see_conversation(&nobody, VERA));
	assert_false(may_see_conversation(&nobody, ""));
	assert_true(may_see_conversation(&desk, VERA));
	assert_true(may_see_internal(&desk));
}
