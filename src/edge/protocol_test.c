/* Facts about old pages. */
#include "edge/protocol.h"

#include "tests/kit/facts.h"

TEST(a_page_of_the_oldest_protocol_is_let_in_and_one_before_it_is_told_to_reload)
{
	ASSERT_OK(protocol_check("3", 3, &error));
	ASSERT_OK(protocol_check("4", 3, &error));
	ASSERT_REFUSED(REFUSED_RELOAD, NULL, protocol_check("2", 3, &error));
	ASSERT_REFUSED(REFUSED_RELOAD, NULL, protocol_check("0", protocol_oldest, &error));
}

TEST(who_says_nothing_of_use_is_let_in)
{
	static const char *const said[] = { NULL, "", "x", "-1", "1.5", "2 ", "99999999999999999999" };

	for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
		ASSERT_OK(protocol_check(said[i], 3, &error));
}
