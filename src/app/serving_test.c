/* Facts about a desk that is served: the whole of it, in this process. */
#include "tests/kit/facts.h"

#include <signal.h>
#include <string.h>

#include "app/serving.h"

/* A place for a desk of its own, on a free port. */
static void
open_place(const char *folder, struct place *place)
{
	ASSERT_OK(place_find(folder, place, &error));
	ASSERT_OK(place_make(place, NULL, &error));
	place->settings.port = 0;
}

TEST(a_new_desk_shows_a_code_at_each_start_and_stops_when_told)
{
	g_autofree char *folder = fact_folder(), *first = NULL;
	struct place place;
	struct serving *serving;

	open_place(folder, &place);
	ASSERT_OK((serving = serving_start(&place, &error)) != NULL);
	assert_true(g_str_has_prefix(serving_base_url(serving), "http://localhost:"));
	first = g_strdup(serving_first_code(serving));
	assert_non_null(first);
	raise(SIGTERM);
	serving_run(serving);
	place_clear(&place);

	open_place(folder, &place);
	ASSERT_OK((serving = serving_start(&place, &error)) != NULL);
	assert_string_not_equal(serving_first_code(serving), first);
	raise(SIGINT);
	serving_run(serving);
	place_clear(&place);
}

TEST(a_desk_is_served_once_at_a_time)
{
	g_autofree char *folder = fact_folder();
	struct place place, same;
	struct serving *serving;

	open_place(folder, &place);
	open_place(folder, &same);
	ASSERT_OK((serving = serving_start(&place, &error)) != NULL);
	ASSERT_REFUSED(FAILED_BUSY, NULL, serving_start(&same, &error) != NULL);
	raise(SIGTERM);
	serving_run(serving);
	place_clear(&place);
	place_clear(&same);
}

TEST(a_desk_that_cannot_listen_leaves_nothing_running)
{
	g_autofree char *folder = fact_folder();
	struct place place;

	open_place(folder, &place);
	g_free(place.settings.address);
	place.settings.address = g_strdup("192.0.2.1"); /* of documentation: no machine has it */
	ASSERT_REFUSED(FAILED, NULL, serving_start(&place, &error) != NULL);
	place_clear(&place);
}

TEST(a_wrong_setting_stops_the_start_and_is_named)
{
	g_autofree char *folder = fact_folder();
	struct place place;

	open_place(folder, &place);
	g_free(place.settings.base_url);
	place.settings.base_url = g_strdup("desk.example");
	ASSERT_REFUSED(REFUSED_RANGE, "base_url", serving_start(&place, &error) != NULL);
	place_clear(&place);
}
