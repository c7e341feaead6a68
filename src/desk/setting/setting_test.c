/* Facts about the desk's settings. */
#include "desk/setting/setting.h"

#include "base/limits.h"
#include "desk/events.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

TEST(a_setting_that_was_never_set_is_what_the_table_says)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller stranger = fact_stranger("192.0.2.5");

	assert_int_equal(fact_do(desk, &stranger, "setting.get", NULL), 200);
	assert_string_equal(fact_text(desk, "name"), setting_row(SETTING_NAME)->otherwise);
	assert_string_equal(fact_text(desk, "language"), "en");
	assert_string_equal(fact_text(desk, "time_zone"), "UTC");
	fact_desk_free(desk);
}

TEST(how_chats_are_handed_out_is_read_by_who_works_there_and_by_no_visitor_or_stranger)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ann = kit_staff(desk, "ann", ROLE_ADVISOR), *vera = kit_visitor(desk, "vera");
	const struct kit_actor *const strangers[] = { &kit_nobody, vera };
	const struct kit_answer *answer;

	kit_do(desk, kit_administrator(desk), "setting.change", "{s:s,s:i}", "strict", "yes", "offer_seconds", 45);
	answer = kit_do(desk, ann, "setting.list", NULL);
	assert_int_equal(kit_int(answer, "offer_seconds"), 45);
	assert_true(json_is_true(json_object_get(answer->body, "strict")));
	assert_int_equal(kit_int(answer, "wind_down_minutes"), 10);
	for (size_t i = 0; i < G_N_ELEMENTS(strangers); i++) {
		assert_false(kit_do(desk, strangers[i], "setting.list", NULL)->is_ok);
		answer = kit_do(desk, strangers[i], "setting.get", NULL);
		/* name, language, time_zone, is_set_up, is_online; and site, where there is one. */
		assert_int_equal(json_object_size(answer->body), 5);
		assert_null(json_object_get(answer->body, "offer_seconds"));
	}
	kit_desk_end(desk);
}

TEST(what_is_left_out_of_a_change_stays)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);

	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s,s:s}", "name", "Lantern", "language", "de"), 200);
	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s}", "time_zone", "America/Denver"), 200);
	assert_int_equal(fact_told(desk, EVENT_SETTING_CHANGED), 2);
	assert_int_equal(fact_do(desk, &ada, "setting.get", NULL), 200);
	assert_string_equal(fact_text(desk, "name"), "Lantern");
	assert_string_equal(fact_text(desk, "language"), "de");
	assert_string_equal(fact_text(desk, "time_zone"), "America/Denver");
	fact_desk_free(desk);
}

TEST(a_change_is_audited_by_the_names_of_the_settings)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *objects = NULL;

	assert_int_equal(fact_do(desk, &ada, "setting.change", "{}"), 200);
	assert_int_equal(
	    fact_do(desk, &ada, "setting.change", "{s:s,s:s}", "time_zone", "America/Denver", "name", "Lantern"), 200);
	objects = fact_peek(desk, "SELECT object FROM audit WHERE command = 'setting.change'");
	assert_string_equal(objects, "name, time_zone");
	g_free(g_steal_pointer(&objects));
	objects = fact_peek(desk, "SELECT count(*) FROM audit WHERE command = 'setting.change'");
	assert_string_equal(objects, "1");
	fact_desk_free(desk);
}

TEST(only_an_administrator_changes_settings)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ben = fact_staff(desk, "ben", ROLE_LEAD), stranger = fact_stranger("192.0.2.5");

	assert_int_equal(fact_do(desk, &ben, "setting.change", "{s:s}", "name", "Ben's"), 403);
	assert_int_equal(fact_do(desk, &stranger, "setting.change", "{s:s}", "name", "Mine"), 401);
	fact_desk_free(desk);
}

TEST(the_name_of_a_desk_has_at_most_200_bytes)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *longest = g_strnfill(LIMIT_NAME_BYTES, 'n'), *longer = g_strnfill(LIMIT_NAME_BYTES + 1, 'n');

	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s}", "name", longer), 422);
	assert_string_equal(desk->field, "name");
	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s}", "name", longest), 200);
	fact_desk_free(desk);
}

TEST(the_desk_is_online_while_somebody_who_answers_is)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	assert_int_equal(fact_do(desk, &ann, "setting.get", NULL), 200);
	assert_int_equal(fact_int(desk, "is_online"), 0);
	assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "online"), 200);
	assert_int_equal(fact_do(desk, &ann, "setting.get", NULL), 200);
	assert_int_equal(fact_int(desk, "is_online"), 1);
	fact_desk_free(desk);
}

TEST(time_zones_are_names_that_this_machine_knows)
{
	static const char *const known[] = { "UTC", "Europe/Lisbon", "America/Argentina/Ushuaia",
		"America/Port-au-Prince", "Etc/GMT+12" };
	static const char *const unknown[] = { "", "Lisbon", "Europe/", "/Europe/Lisbon", "Europe//Lisbon",
		"Europe/Atlantis", "+01:00", "EST5EDT,M3.2.0,M11.1.0", "../../etc/passwd", "Europe/../Europe/Lisbon",
		"./UTC", "Europe/Lisbon ", "Europe/Lisbon\n" };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		assert_true(setting_is_time_zone(known[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++)
		assert_false(setting_is_time_zone(unknown[i]));
}

TEST(every_part_of_a_time_zone_is_none_by_itself)
{
	const char *whole = "America/Argentina/Ushuaia";

	for (size_t length = 0; whole[length] != '\0'; length++) {
		g_autofree char *part = g_strndup(whole, length);

		assert_false(setting_is_time_zone(part));
	}
}

TEST(languages_are_tags)
{
	static const char *const known[] = { "en", "pt-BR", "zh-Hant-TW", "gsw", "es-419" };
	static const char *const unknown[] = { "", "e", "english", "en-", "en--GB", "en_GB", "-en", "en-abcdefghi",
		"1n", "en GB", "en-GB-" };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		assert_true(setting_is_language(known[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++)
		assert_false(setting_is_language(unknown[i]));
	assert_true(setting_is_language("en-aaaaaaaa-bbbbbbbb-cccccccc-ddddd"));
	assert_false(setting_is_language("en-aaaaaaaa-bbbbbbbb-cccccccc-dddddd"));
}
