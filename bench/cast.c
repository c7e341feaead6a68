/*
 * See cast.h.
 */
#include "cast.h"

#include <stdlib.h>
#include <string.h>

#define PASSWORD "a bench needs no secrets"

/* The first-run code: the word behind "code" in what the desk printed. */
static char *
first_code(const struct trial *trial)
{
	g_autofree char *said = NULL;
	g_autoptr(GRegex) regex = g_regex_new("[Cc]ode:?\\s+([A-Za-z0-9_-]{8,})", 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	if (!g_file_get_contents(trial->log, &said, NULL, NULL) || !g_regex_match(regex, said, 0, &match))
		bench_die("the desk printed no first-run code");
	return g_match_info_fetch(match, 1);
}

static void
go_online(struct advisor *advisor)
{
	json_t *me;

	json_decref(http_must(&advisor->http, "POST", "/api/v1/me/status", json_pack("{s:s}", "status", "online")));
	me = http_must(&advisor->http, "GET", "/api/v1/me", NULL);
	advisor->id = json_integer_value(json_object_get(me, "id"));
	json_decref(me);
}

void
cast_administrator(struct trial *trial, struct advisor *administrator)
{
	g_autofree char *code = first_code(trial);

	http_init(&administrator->http, trial->port);
	administrator->email = g_strdup("admin@example.org");
	json_decref(http_must(&administrator->http, "POST", "/api/v1/setup",
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "code", code, "email", administrator->email, "name", "Ada",
		"password", PASSWORD, "desk", "Bench", "language", "en", "time_zone", "UTC")));
	/* Who comes before the advisors' pages are open waits for them. */
	json_decref(
	    http_must(&administrator->http, "PUT", "/api/v1/desk", json_pack("{s:s}", "wait_for_somebody", "yes")));
	go_online(administrator);
}

void
cast_advisor(struct trial *trial, struct advisor *administrator, unsigned n, struct advisor *advisor)
{
	g_autofree char *name = g_strdup_printf("Advisor %u", n);
	json_t *invitation;
	const char *link, *token;

	http_init(&advisor->http, trial->port);
	advisor->email = g_strdup_printf("advisor-%u@example.org", n);
	invitation = http_must(&administrator->http, "POST", "/api/v1/invitations",
	    json_pack("{s:s, s:s, s:s}", "email", advisor->email, "name", name, "role", "advisor"));
	link = json_string_value(json_object_get(invitation, "link"));
	if (link == NULL || (token = strchr(link, '#')) == NULL)
		bench_die("the invitation has no link with a token");
	json_decref(http_must(&advisor->http, "POST", "/api/v1/invitations/accept",
	    json_pack("{s:s, s:s, s:s}", "token", token + 1, "name", name, "password", PASSWORD)));
	json_decref(invitation);
	go_online(advisor);
}

void
cast_again(const struct advisor *advisor, struct http *http)
{
	http_init(http, advisor->http.port);
	json_decref(http_must(
	    http, "POST", "/api/v1/session", json_pack("{s:s, s:s}", "email", advisor->email, "password", PASSWORD)));
}

void
cast_advisor_clear(struct advisor *advisor)
{
	http_clear(&advisor->http);
	g_free(advisor->email);
}

void
cast_act_as(struct http *courier, const struct visitor *visitor)
{
	g_free(courier->token);
	courier->token = g_strdup(visitor->token);
}

void
cast_visitor(struct http *courier, unsigned n, struct visitor *visitor)
{
	g_autofree char *name = g_strdup_printf("Vera %u", n), *id = g_strdup_printf("start-%06u", n);
	json_t *answer;
	const char *conversation;

	g_clear_pointer(&courier->token, g_free);
	g_clear_pointer(&courier->cookie, g_free);
	answer = http_must(courier, "POST", "/api/v1/visitors", json_pack("{s:b}", "token", 1));
	visitor->token = g_strdup(json_string_value(json_object_get(answer, "token")));
	json_decref(answer);
	cast_act_as(courier, visitor);
	answer = http_must(courier, "POST", "/api/v1/chats",
	    json_pack("{s:s, s:s, s:s}", "id", id, "name", name, "text", "Is the lamp in stock?"));
	conversation = json_string_value(json_object_get(answer, "conversation"));
	if (conversation == NULL || strlen(conversation) >= CAST_KEY_BYTES)
		bench_die("a started chat has no conversation");
	g_strlcpy(visitor->conversation, conversation, CAST_KEY_BYTES);
	json_decref(answer);
}

void
cast_visitor_clear(struct visitor *visitor)
{
	g_free(visitor->token);
}

void
cast_take(struct advisor *advisor, const char *conversation)
{
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/take", conversation);

	json_decref(http_must(&advisor->http, "POST", path, json_object()));
}
