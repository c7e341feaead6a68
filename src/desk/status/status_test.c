/* Facts about the status of a desk. */
#include "desk/status/status.h"

#include <glib/gstdio.h>

#include "edge/about.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

TEST(only_an_administrator_learns_how_the_desk_is)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR), ben = fact_staff(desk, "ben", ROLE_LEAD),
			   stranger = fact_stranger("192.0.2.5");

	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_string_equal(fact_text(desk, "version"), SOFTANSWER_VERSION);
	assert_int_equal(fact_do(desk, &ben, "status.get", NULL), 403);
	assert_int_equal(fact_do(desk, &stranger, "status.get", NULL), 401);
	fact_desk_free(desk);
}

TEST(who_is_online_is_counted)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);

	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_int_equal(fact_int(desk, "desk.online"), 0);
	assert_int_equal(fact_int(desk, "desk.waiting"), 0);
	assert_null(fact_text(desk, "desk.waiting_since"));
	assert_int_equal(fact_do(desk, &ada, "seat.status", "{s:s}", "status", "online"), 200);
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_int_equal(fact_int(desk, "desk.online"), 1);
	fact_desk_free(desk);
}

TEST(a_site_that_was_never_seen_is_named_until_it_is_archived_or_the_desks_own)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *shop = NULL, *blog = NULL;

	assert_int_equal(
	    fact_do(desk, &ada, "site.add", "{s:s,s:s,s:s}", "id", "add-shop", "name", "Shop", "language", "en"), 200);
	shop = g_strdup(fact_text(desk, "site"));
	assert_int_equal(
	    fact_do(desk, &ada, "site.add", "{s:s,s:s,s:s}", "id", "add-blog", "name", "Blog", "language", "en"), 200);
	blog = g_strdup(fact_text(desk, "site"));
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_int_equal(fact_rows(desk, "desk.unseen"), 2);
	assert_string_equal(fact_text(desk, "desk.unseen.0.name"), "Blog");
	assert_int_equal(fact_do(desk, &ada, "site.own", "{s:s}", "site", shop), 200);
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_int_equal(fact_rows(desk, "desk.unseen"), 1);
	assert_int_equal(fact_do(desk, &ada, "site.archive", "{s:s}", "site", blog), 200);
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_int_equal(fact_rows(desk, "desk.unseen"), 0);
	fact_desk_free(desk);
}

TEST(disk_and_last_backup_are_those_of_the_data_folder)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *folder = fact_folder();
	g_autofree char *stamp = g_build_filename(folder, "softanswer.backup", NULL);
	struct about about = { .commit = "abc", .engine = "sqlite", .folder = folder, .backed_up = stamp, .schema = 2 };

	desk->edge.about = &about;
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_string_equal(fact_text(desk, "commit"), "abc");
	assert_int_equal(fact_int(desk, "store.schema"), 2);
	assert_true(fact_int(desk, "store.disk_bytes") > 0);
	assert_true(fact_int(desk, "store.disk_free_bytes") <= fact_int(desk, "store.disk_bytes"));
	assert_null(fact_text(desk, "store.backed_up_at"));
	assert_true(g_file_set_contents(stamp, "", 0, NULL));
	assert_int_equal(fact_do(desk, &ada, "status.get", NULL), 200);
	assert_non_null(fact_text(desk, "store.backed_up_at"));
	fact_desk_free(desk);
}
