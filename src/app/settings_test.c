/* Facts about the settings of the program. */
#include "tests/kit/facts.h"

#include <string.h>

#include "app/settings.h"

static char *
file_with(const char *text)
{
	g_autofree char *folder = fact_folder();
	char *path = g_build_filename(folder, "softanswer.conf", NULL);

	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void
refused(const char *line, const char *field)
{
	g_autofree char *text = g_strconcat("[softanswer]\n", line, "\n", NULL);
	g_autofree char *path = file_with(text);
	struct settings settings = { 0 };
	g_autoptr(GError) error = NULL;
	gboolean is_good = settings_read(path, &settings, &error) && settings_check(&settings, &error);

	if (is_good)
		fail_msg("%s was taken", line);
	assert_string_equal(error_field(error), field);
	settings_clear(&settings);
}

static void
taken(const char *line)
{
	g_autofree char *text = g_strconcat("[softanswer]\n", line, "\n", NULL);
	g_autofree char *path = file_with(text);
	struct settings settings = { 0 };

	ASSERT_OK(settings_read(path, &settings, &error) && settings_check(&settings, &error));
	settings_clear(&settings);
}

TEST(without_a_file_everything_is_as_the_table_says)
{
	struct settings settings;

	ASSERT_OK(settings_read("/nowhere/softanswer.conf", &settings, &error));
	ASSERT_OK(settings_check(&settings, &error));
	assert_int_equal(settings.port, 8080);
	assert_string_equal(settings.address, "127.0.0.1");
	assert_true(settings.floods);
	assert_false(settings.demo);
	settings_clear(&settings);
}

TEST(the_file_that_init_writes_reads_back)
{
	static const char *const set[] = { "demo", "on", "base_url", "https://desk.example/", NULL };
	g_autofree char *text = settings_text(set);
	g_autofree char *path = file_with(text);
	g_autofree char *url = NULL;
	struct settings settings;

	ASSERT_OK(settings_read(path, &settings, &error));
	ASSERT_OK(settings_check(&settings, &error));
	assert_true(settings.demo);
	assert_int_equal(settings.port, 8080);
	url = settings_base_url(&settings, 9);
	assert_string_equal(url, "https://desk.example");
	settings_clear(&settings);
}

TEST(a_slip_is_refused_by_name)
{
	refused("prot=8080", "prot");
	refused("port=65536", "port");
	refused("port=-1", "port");
	refused("port=eighty", "port");
	refused("floods=yes", "floods");
	refused("readers=0", "readers");
	refused("readers=65", "readers");
	refused("address=localhost", "address");
	refused("log_level=loud", "log_level");
	refused("base_url=desk.example", "base_url");
	refused("base_url=https://desk.example/path", "base_url");
	refused("base_url=https://desk .example", "base_url");
	refused("trusted_proxies=10.0.0.0/33", "trusted_proxies");
	refused("metrics_from=everybody", "metrics_from");
}

TEST(a_policy_cannot_be_ended_by_a_site)
{
	refused("embed_origins=https://shop.example; script-src *", "embed_origins");
	refused("embed_origins='none'", "embed_origins");
	refused("embed_origins=https://shop.example/", "embed_origins");
	refused("embed_origins=shop.example", "embed_origins");
	refused("embed_origins=https://*", "embed_origins");
	refused("embed_origins=https://*.*.example", "embed_origins");
}

TEST(what_can_be_meant_is_taken)
{
	taken("port=0");
	taken("port=65535");
	taken("readers=64");
	taken("address=::");
	taken("log_level=debug");
	taken("embed_origins=https://shop.example  https://*.shop.example:8443 *");
	taken("trusted_proxies=127.0.0.1, ::1, 10.0.0.0/8");
}

TEST(a_file_with_another_group_or_none_is_refused)
{
	g_autofree char *other = file_with("[apache]\nport=1\n"), *none = file_with("port=1\n");
	struct settings settings;

	ASSERT_REFUSED(REFUSED_FIELD, "apache", settings_read(other, &settings, &error));
	ASSERT_REFUSED(REFUSED_SYNTAX, NULL, settings_read(none, &settings, &error));
}

TEST(only_a_desk_on_this_machine_shows_its_chat_on_every_page_of_it)
{
	struct settings settings = { .embed_origins = (char *)" https://shop.example " };
	g_autofree char *local = settings_frame_sources(&settings, "http://localhost:8080");
	g_autofree char *far = settings_frame_sources(&settings, "https://desk.example");

	assert_string_equal(local, "'self' https://shop.example http://localhost:* http://127.0.0.1:*");
	assert_string_equal(far, "'self' https://shop.example");
}

TEST(the_token_of_the_figures_has_16_characters_at_least)
{
	refused("metrics_token=123456789012345", "metrics_token");
	taken("metrics_token=1234567890123456");
	taken("metrics_token=");
}
