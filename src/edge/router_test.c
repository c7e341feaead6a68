/* Facts about which way leads to which command. */
#include "tests/kit/facts.h"

#include <string.h>
#include <talloc.h>

#include "edge/router.h"

static const struct command chats[] = {
	{ .name = "chat.list", .door = "GET /api/v1/chats" },
	{ .name = "chat.start", .door = "POST /api/v1/chats" },
	{ .name = "chat.get", .door = "GET /api/v1/chats/{chat}" },
	COMMANDS_END,
};
static const struct command others[] = {
	{ .name = "chat.newest", .door = "GET /api/v1/chats/newest" },
	{ .name = "item.list", .door = "GET /api/v1/conversations/{conversation}/items/{item}" },
	COMMANDS_END,
};
static const struct command *const tables[] = { chats, others, NULL };

struct stage {
	struct router *router;
	void *memory;
	struct route route;
	GError *error;
};

static struct stage *
begin(void)
{
	struct stage *stage = g_new0(struct stage, 1);

	stage->router = router_new(tables);
	stage->memory = talloc_new(NULL);
	return stage;
}

static void
end(struct stage *stage)
{
	router_free(stage->router);
	talloc_free(stage->memory);
	g_clear_error(&stage->error);
	g_free(stage);
}

/* The name of the command, or the type of the refusal. */
static const char *
find(struct stage *stage, const char *method, const char *raw)
{
	struct target target;

	g_clear_error(&stage->error);
	assert_true(target_parse(stage->memory, raw, &target, NULL));
	if (!router_find(stage->router, stage->memory, method, &target, &stage->route, &stage->error))
		return error_row(error_kind(stage->error))->type;
	return stage->route.command->name;
}

TEST(a_door_leads_to_its_command)
{
	struct stage *stage = begin();

	assert_string_equal(find(stage, "GET", "/api/v1/chats"), "chat.list");
	assert_string_equal(find(stage, "POST", "/api/v1/chats"), "chat.start");
	assert_string_equal(find(stage, "HEAD", "/api/v1/chats"), "chat.list");
	end(stage);
}

TEST(a_fixed_word_goes_before_a_parameter)
{
	struct stage *stage = begin();

	assert_string_equal(find(stage, "GET", "/api/v1/chats/newest"), "chat.newest");
	assert_string_equal(find(stage, "GET", "/api/v1/chats/newer"), "chat.get");
	end(stage);
}

TEST(parameters_come_before_the_query_string)
{
	struct stage *stage = begin();
	const char *const *values = stage->route.values;

	assert_string_equal(find(stage, "GET", "/api/v1/conversations/kP%2F/items/5?since=4"), "item.list");
	assert_string_equal(values[0], "conversation");
	assert_string_equal(values[1], "kP/");
	assert_string_equal(values[2], "item");
	assert_string_equal(values[3], "5");
	assert_string_equal(values[4], "since");
	assert_string_equal(values[5], "4");
	assert_null(values[6]);
	end(stage);
}

TEST(a_query_string_cannot_replace_what_the_path_says)
{
	struct stage *stage = begin();

	assert_string_equal(find(stage, "GET", "/api/v1/chats/a?chat=b"), "field");
	assert_string_equal(error_field(stage->error), "chat");
	end(stage);
}

TEST(another_method_is_refused_and_the_right_ones_are_named)
{
	struct stage *stage = begin();

	assert_string_equal(find(stage, "DELETE", "/api/v1/chats"), "method");
	assert_string_equal(stage->route.allow, "GET, HEAD, POST");
	assert_string_equal(find(stage, "OPTIONS", "/api/v1/chats/newest"), "method");
	assert_string_equal(stage->route.allow, "GET, HEAD");
	end(stage);
}

TEST(what_is_no_door_is_unknown)
{
	struct stage *stage = begin();

	assert_string_equal(find(stage, "GET", "/api/v1/chats/"), "unknown");
	assert_string_equal(find(stage, "GET", "/api/v1//chats"), "unknown");
	assert_string_equal(find(stage, "GET", "/API/v1/chats"), "unknown");
	assert_string_equal(find(stage, "GET", "/api/v1/chats/a/b"), "unknown");
	assert_string_equal(find(stage, "GET", "/"), "unknown");
	assert_string_equal(find(stage, "GET", "/api/v1/chats/../chats"), "unknown");
	end(stage);
}

TEST(every_prefix_of_a_path_finds_a_door_or_none)
{
	struct stage *stage = begin();
	static const char whole[] = "/api/v1/conversations/kP/items/5";

	for (size_t size = 1; size < sizeof whole - 1; size++) {
		g_autofree char *prefix = g_strndup(whole, size);

		assert_string_equal(find(stage, "GET", prefix), "unknown");
	}
	assert_string_equal(find(stage, "GET", whole), "item.list");
	end(stage);
}
