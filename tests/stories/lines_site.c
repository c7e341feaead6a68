/* Lines of stories about sites, teams, known customers and the pages that visitors go through: see lines.h. */
#include <string.h>

#include "base/clock.h"
#include "edge/cookie.h"
#include "tests/stories/lines.h"

static bool
send(struct play *play, const char *name, const char *command, json_t *body)
{
	struct member *member = body == NULL ? NULL : play_member(play, name);

	if (member != NULL)
		return play_send(play, member, command, body);
	json_decref(body);
	return false;
}

/* What the desk calls the thing of that name: the text or number in `field` of the list's row. NULL after play_wrong(). */
static json_t *
find(struct play *play, const char *command, const char *list, const char *name, const char *field)
{
	const struct kit_answer *answer = kit_do(play->desk, kit_administrator(play->desk), command, NULL);
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, list), i, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "name")), name) == 0)
			return json_incref(json_object_get(row, field));
	}
	play_wrong(play, "there is no %s in %s", name, list);
	return NULL;
}

static json_t *
about(const char *field, json_t *value)
{
	return value == NULL ? NULL : json_pack("{s:o}", field, value);
}

static json_t *
site_named(struct play *play, const char *name)
{
	return find(play, "site.list", "sites", name, "site");
}

bool
line_site_add(struct play *play, char **words)
{
	g_autofree char *origin = g_strdup_printf("https://%s.example", words[1]);

	return send(play, words[0], "site.add",
	    json_pack("{s:s, s:s, s:[s]}", "name", words[1], "language", "en", "origins", origin));
}

bool
line_site_archive(struct play *play, char **words)
{
	return send(play, words[0], "site.archive", about("site", site_named(play, words[1])));
}

bool
line_site_read(struct play *play, char **words)
{
	return send(play, words[0], "site.get", about("site", site_named(play, words[1])));
}

bool
line_site_seen(struct play *play, char **words)
{
	json_t *key = site_named(play, words[1]);
	const struct kit_answer *answer;
	bool is_there = key != NULL &&
	    kit_do(play->desk, &kit_nobody, "site.seen", "{s:O, s:s}", "site", key, "url", words[0])->is_ok;

	answer = is_there ? kit_do(play->desk, kit_administrator(play->desk), "site.get", "{s:O}", "site", key) : NULL;
	json_decref(key);
	if (answer == NULL)
		return false;
	return strcmp(kit_text(answer, "seen_url"), words[0]) == 0 ||
	    play_wrong(play, "%s was last seen on \"%s\"", words[1], kit_text(answer, "seen_url"));
}

static json_t *
members_of(struct play *play, const char *text)
{
	g_auto(GStrv) names = grammar_names(text);
	json_t *members = json_array();

	for (char **name = names; *name != NULL; name++) {
		struct member *member = play_member(play, *name);

		if (member == NULL) {
			json_decref(members);
			return NULL;
		}
		json_array_append_new(members, json_integer(member->who->person));
	}
	return members;
}

bool
line_team_make(struct play *play, char **words)
{
	json_t *members = members_of(play, words[2]);

	return members != NULL &&
	    send(play, words[0], "team.add", json_pack("{s:s, s:o}", "name", words[1], "members", members));
}

bool
line_team_archive(struct play *play, char **words)
{
	return send(play, words[0], "team.archive", about("team", find(play, "team.list", "teams", words[1], "id")));
}

bool
line_team_is(struct play *play, char **words)
{
	json_t *is = find(play, "team.list", "teams", words[0], "members"), *wanted = members_of(play, words[1]);
	bool is_right = is != NULL && wanted != NULL &&
	    (json_equal(is, wanted) || play_wrong(play, "others are in the team %s", words[0]));

	json_decref(is);
	json_decref(wanted);
	return is_right;
}

bool
line_go_to(struct play *play, char **words)
{
	return send(play, words[0], "trail.add", json_pack("{s:s}", "url", words[1]));
}

bool
line_sees_on(struct play *play, char **words)
{
	struct member *member = play_member(play, words[0]);
	const char *key = member == NULL ? NULL : play_conversation(play, words[1]);
	const struct kit_answer *answer =
	    key == NULL ? NULL : kit_do(play->desk, member->who, "trail.list", "{s:s}", "conversation", key);
	const char *url;

	if (answer == NULL)
		return false;
	url = json_string_value(json_object_get(json_array_get(json_object_get(answer->body, "pages"), 0), "url"));
	return g_strcmp0(url, words[2]) == 0 ||
	    play_wrong(play, "%s sees %s on \"%s\"", words[0], words[1], url == NULL ? "no page" : url);
}

/* As the server of the site does it, with the site's secret. */
static char *
sign(struct play *play, const char *secret, const char *customer)
{
	g_autofree char *payload = g_strdup_printf(
	    "{\"id\":\"%s\",\"exp\":%" G_GINT64_FORMAT "}", customer, kit_now(play->desk) / MS_PER_SECOND + 3600);
	g_autofree char *text = secret_base64(payload, strlen(payload));
	struct digest mac = secret_hmac_sha256(secret, text, strlen(text));
	g_autofree char *signature = secret_base64(mac.bytes, sizeof mac.bytes);

	return g_strconcat(text, ".", signature, NULL);
}

static const struct kit_answer *
identify(struct play *play, const struct member *member, const json_t *site, const char *customer)
{
	g_autofree char *secret = g_strdup(kit_text(
	    kit_do(play->desk, kit_administrator(play->desk), "site.secret", "{s:O}", "site", site), "secret"));
	g_autofree char *token = sign(play, secret, customer);

	return kit_do(play->desk, member->who, "visitor.identify", "{s:O, s:s, s:b}", "site", site, "token", token,
	    "bearer", true);
}

bool
line_is_customer(struct play *play, char **words)
{
	struct member *member = play_member(play, words[1]);
	json_t *site = member == NULL ? NULL : site_named(play, words[0]);
	const struct kit_answer *answer = site == NULL ? NULL : identify(play, member, site, words[2]);
	struct credential *credential;

	json_decref(site);
	if (answer == NULL)
		return false;
	member->known = *member->who;
	member->who = &member->known;
	credential = &member->known.credential;
	return visitor_token_read(&kit_edge(play->desk)->key, kit_text(answer, "token"), kit_now(play->desk),
		   credential->visitor, &credential->visitor_until) ||
	    play_wrong(play, "%s is not let in as %s: %s", words[1], words[2], kit_text(answer, "detail"));
}
