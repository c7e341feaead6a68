/* What a socket is to hear: see desk_heard.h. */
#include "tests/kit/desk_heard.h"

#include "tests/kit/facts.h"

void
kit_assert_heard(struct kit_client *client, const char *expected)
{
	const char *heard = kit_heard(client);

	if (g_strcmp0(heard, expected) != 0)
		fail_msg("wanted %s\nheard  %s (closed %u)", expected, heard, client->closed);
}

void
kit_assert_problem(struct kit_client *client, const char *re, const char *type, const char *field)
{
	json_t *message = json_loads(kit_heard(client) ?: "{}", 0, NULL),
	       *problem = json_object_get(message, "problem");
	g_autofree char *urn = g_strconcat("urn:softanswer:", type, NULL);

	if (g_strcmp0(json_string_value(json_object_get(message, "re")), re) != 0 ||
	    g_strcmp0(json_string_value(json_object_get(problem, "type")), urn) != 0 ||
	    g_strcmp0(json_string_value(json_object_get(problem, "field")), field) != 0)
		fail_msg("wanted re %s, %s, field %s\nheard %s", re, type, field, client->heard);
	json_decref(message);
}

void
kit_assert_closed(struct kit_client *client, unsigned code)
{
	kit_settle(client->hub);
	if (client->closed != code)
		fail_msg("wanted a close with %u, got %u (%s)", code, client->closed, client->reason);
	assert_true(client->is_ended == (code != 0));
}

void
kit_assert_alive(struct kit_client *client)
{
	kit_forget(client);
	kit_say_text(client, "{\"do\":\"ping\",\"id\":\"alive\"}");
	kit_assert_heard(client, "{\"re\":\"alive\",\"ok\":{}}");
}
