/* Facts about pages and what they load. */
#include "tests/kit/facts.h"

#include <string.h>
#include <talloc.h>

#include "edge/assets.h"

static const struct embedded files[] = {
	{ .path = "assets/app-1.js", .data = (const unsigned char *)"x", .size = 1, .etag = "\"1\"" },
	{ .path = "demo/index.html", .data = (const unsigned char *)"d", .size = 1, .etag = "\"2\"" },
	{ .path = "service-worker.js", .data = (const unsigned char *)"s", .size = 1, .etag = "\"6\"" },
	{ .path = "widget.js", .data = (const unsigned char *)"l", .size = 1, .etag = "\"3\"" },
	{ .path = "widget/panel.html", .data = (const unsigned char *)"p", .size = 1, .etag = "\"4\"" },
	{ .path = "workspace/index.html", .data = (const unsigned char *)"w", .size = 1, .etag = "\"5\"" },
};

/* The path of the file that an address gives, or "". */
static const char *
found(const char *raw, bool has_demo)
{
	const struct assets assets = { files, G_N_ELEMENTS(files), has_demo };
	void *memory = talloc_new(NULL);
	struct target target;
	struct asset asset;
	bool is_found = false;

	if (target_parse(memory, raw, &target, NULL))
		is_found = asset_find(&assets, &target, &asset);
	talloc_free(memory);
	return is_found ? asset.file->path : "";
}

TEST(every_address_of_the_workspace_gives_its_one_page)
{
	static const char *const addresses[] = { "/", "/?x=1", "/w/inbox", "/w", "/w/inbox/kP", "/setup", "/sign-in",
		"/invitation", "/reset" };

	for (unsigned i = 0; i < G_N_ELEMENTS(addresses); i++)
		assert_string_equal(found(addresses[i], false), "workspace/index.html");
}

TEST(other_addresses_give_their_own_file_or_none)
{
	assert_string_equal(found("/assets/app-1.js", false), "assets/app-1.js");
	assert_string_equal(found("/widget.js", false), "widget.js");
	assert_string_equal(found("/service-worker.js", false), "service-worker.js");
	assert_string_equal(found("/service-worker.js/x", false), "");
	assert_string_equal(found("/widget/panel", false), "widget/panel.html");
	assert_string_equal(found("/widget/panel.html", false), "");
	assert_string_equal(found("/assets/app-2.js", false), "");
	assert_string_equal(found("/assets/", false), "");
	assert_string_equal(found("/assets/..%2Fwidget.js", false), "");
	assert_string_equal(found("/workspace/index.html/x", false), "");
	assert_string_equal(found("//", false), "");
	assert_string_equal(found("/robots.txt", false), "");
}

TEST(the_demo_shop_is_shown_where_it_is_on)
{
	assert_string_equal(found("/demo/", true), "demo/index.html");
	assert_string_equal(found("/demo", true), "demo/index.html");
	assert_string_equal(found("/demo/", false), "");
}

TEST(a_coding_is_used_where_the_browser_takes_it)
{
	assert_true(asset_accepts("gzip, deflate, br", "br"));
	assert_true(asset_accepts("GZIP;q=0.5", "gzip"));
	assert_true(asset_accepts("br ; q=0.001", "br"));
	assert_false(asset_accepts("br;q=0", "br"));
	assert_false(asset_accepts("br; q=0.000, gzip", "br"));
	assert_false(asset_accepts("brotli, xbr", "br"));
	assert_false(asset_accepts("", "br"));
	assert_false(asset_accepts(NULL, "br"));
}

TEST(a_tag_is_known_by_weak_comparison)
{
	assert_true(asset_matches("\"1\"", "\"1\""));
	assert_true(asset_matches("W/\"1\"", "\"1\""));
	assert_true(asset_matches("\"0\", W/\"1\"", "\"1\""));
	assert_true(asset_matches("*", "\"1\""));
	assert_false(asset_matches("\"11\"", "\"1\""));
	assert_false(asset_matches("1", "\"1\""));
	assert_false(asset_matches("\"1\"x", "\"1\""));
	assert_false(asset_matches(NULL, "\"1\""));
}

TEST(every_prefix_of_a_header_is_read_to_its_end)
{
	static const char accept[] = " gzip;q=1.0 , br ; q=0 ,, *", tags[] = " W/\"0\" , \"1\",, *";

	for (size_t size = 0; size < sizeof accept; size++) {
		g_autofree char *prefix = g_strndup(accept, size);

		(void)asset_accepts(prefix, "br");
		(void)asset_accepts(prefix, "gzip");
	}
	for (size_t size = 0; size < sizeof tags; size++) {
		g_autofree char *prefix = g_strndup(tags, size);

		assert_int_equal(asset_matches(prefix, "\"1\""), size >= strlen(" W/\"0\" , \"1\""));
	}
}
