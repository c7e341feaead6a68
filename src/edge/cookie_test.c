/* Facts about cookies and tokens. */
#include "base/limits.h"
#include "tests/kit/facts.h"

#include <string.h>

#include <glib.h>

#include "edge/cookie.h"

static const struct digest key = { "a key of thirty-two bytes ......" };
static const struct digest other_key = { "another key of thirty-two bytes " };

#define NOW     INT64_C(1774861200000)
#define VERA    "AAAAAAAAAAAAAAAAAAAAAA"
#define SESSION "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"

static const char *
vera_token(void)
{
	static char token[VISITOR_TOKEN_CHARS + 1];

	visitor_token_make(&key, VERA, 0, token);
	return token;
}

static struct credential
of_cookie(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *cookie = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return cookie_credential(true, &key, NOW, &(struct cookie_headers) { .cookie = cookie }, NULL);
}

static struct credential
of_bearer(const char *token)
{
	g_autofree char *authorization = g_strconcat("Bearer ", token, NULL);
	struct cookie_headers headers = { .authorization = authorization, .cookie = "__Host-session=" SESSION };

	return cookie_credential(true, &key, NOW, &headers, NULL);
}

TEST(a_visitors_token_reads_back)
{
	char visitor[KEY_CHARS + 1];
	int64_t until;

	assert_int_equal(strlen(vera_token()), VISITOR_TOKEN_CHARS_MIN);
	assert_true(visitor_token_read(&key, vera_token(), NOW, visitor, &until));
	assert_string_equal(visitor, VERA);
	assert_false(visitor_token_read(&other_key, vera_token(), NOW, visitor, &until));
}

TEST(a_known_visitors_token_counts_until_its_end_and_not_then)
{
	char visitor[KEY_CHARS + 1], token[VISITOR_TOKEN_CHARS + 1];
	int64_t until;

	visitor_token_make(&key, VERA, NOW + 5000, token);
	assert_int_equal(strlen(token), VISITOR_TOKEN_CHARS);
	assert_true(visitor_token_read(&key, token, NOW + 4999, visitor, &until));
	assert_string_equal(visitor, VERA);
	assert_int_equal(until, NOW + 5000);
	assert_false(visitor_token_read(&key, token, NOW + 5000, visitor, &until));
}

TEST(no_changed_or_shortened_token_of_a_known_visitor_is_believed)
{
	char visitor[KEY_CHARS + 1], token[VISITOR_TOKEN_CHARS + 1], without[VISITOR_TOKEN_CHARS + 1];
	int64_t until;

	visitor_token_make(&key, VERA, NOW + 5000, token);
	for (size_t i = 0; i < VISITOR_TOKEN_CHARS; i++) {
		g_autofree char *changed = g_strdup(token), *cut = g_strndup(token, i);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_false(visitor_token_read(&key, changed, NOW, visitor, &until));
		assert_false(visitor_token_read(&key, cut, NOW, visitor, &until));
	}

	/* Nor does one that ends become one that does not. */
	g_snprintf(without, sizeof without, "v1." VERA ".%s", token + VISITOR_TOKEN_CHARS - TOKEN_CHARS);
	assert_false(visitor_token_read(&key, without, NOW, visitor, &until));
}

TEST(no_changed_or_shortened_token_is_believed)
{
	char visitor[KEY_CHARS + 1];
	int64_t until;

	for (size_t i = 0; i < VISITOR_TOKEN_CHARS_MIN; i++) {
		char changed[VISITOR_TOKEN_CHARS + 1], cut[VISITOR_TOKEN_CHARS + 1];

		memcpy(changed, vera_token(), sizeof changed);
		changed[i] = changed[i] == 'B' ? 'C' : 'B';
		assert_false(visitor_token_read(&key, changed, NOW, visitor, &until));
		memcpy(cut, vera_token(), sizeof cut);
		cut[i] = '\0';
		assert_false(visitor_token_read(&key, cut, NOW, visitor, &until));
	}
}

TEST(cookies_name_staff_and_visitors)
{
	struct digest digest = secret_digest_text(SESSION);
	struct credential session = of_cookie("a=b; __Host-session=%s; c=d", SESSION);
	struct credential visitor = of_cookie("__Host-visitor=%s", vera_token());

	assert_int_equal(session.kind, CREDENTIAL_TOKEN);
	assert_memory_equal(&session.token, &digest, sizeof digest);
	assert_int_equal(visitor.kind, CREDENTIAL_VISITOR);
	assert_string_equal(visitor.visitor, VERA);
}

TEST(with_both_cookies_it_is_staff_unless_it_acts_as_a_visitor)
{
	g_autofree char *both = g_strdup_printf("__Host-visitor=%s; __Host-session=%s", vera_token(), SESSION);
	struct cookie_headers headers = { .cookie = both };

	assert_int_equal(cookie_credential(true, &key, NOW, &headers, NULL).kind, CREDENTIAL_TOKEN);
	headers.acts_as = "visitor";
	assert_int_equal(cookie_credential(true, &key, NOW, &headers, NULL).kind, CREDENTIAL_VISITOR);
	headers.cookie = "__Host-session=" SESSION;
	assert_int_equal(cookie_credential(true, &key, NOW, &headers, NULL).kind, CREDENTIAL_NONE);
}

TEST(what_is_malformed_or_doubled_is_nothing)
{
	assert_int_equal(of_cookie("%s", "").kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("session=%s", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("__host-session=%s", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("x__Host-session=%s", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("__Host-session=%sx", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("__Host-session=\"%s\"", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("__Host-session=%.42s.", SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(of_cookie("__Host-session=%s; __Host-session=%s", SESSION, SESSION).kind, CREDENTIAL_NONE);
	assert_int_equal(
	    of_cookie("__Host-visitor=%s;__Host-visitor=%s", vera_token(), vera_token()).kind, CREDENTIAL_NONE);
}

TEST(every_prefix_of_a_cookie_header_is_read_or_passed_over)
{
	g_autofree char *whole = g_strdup_printf(" a=b;;\t__Host-visitor=%s; __Host-session=%s", vera_token(), SESSION);

	for (size_t size = 0; size <= strlen(whole); size++) {
		g_autofree char *prefix = g_strndup(whole, size);
		enum credential_kind kind = of_cookie("%s", prefix).kind;

		assert_true(kind == CREDENTIAL_NONE || kind == CREDENTIAL_VISITOR || size == strlen(whole));
	}
	assert_int_equal(of_cookie("%s", whole).kind, CREDENTIAL_TOKEN);
}

TEST(a_bearer_token_goes_before_cookies_also_when_it_is_wrong)
{
	bool is_bearer = false;
	struct cookie_headers basic = { .authorization = "Basic YTpi", .cookie = "__Host-session=" SESSION };

	assert_int_equal(of_bearer(vera_token()).kind, CREDENTIAL_VISITOR);
	assert_int_equal(of_bearer(SESSION).kind, CREDENTIAL_TOKEN);
	assert_int_equal(of_bearer("").kind, CREDENTIAL_NONE);
	assert_int_equal(of_bearer("v1.x.y").kind, CREDENTIAL_NONE);
	assert_int_equal(cookie_credential(true, &key, NOW, &basic, &is_bearer).kind, CREDENTIAL_NONE);
	assert_true(is_bearer);
}

TEST(cookies_are_bound_to_the_host_where_browsers_allow_it)
{
	g_autofree char *session = cookie_set(true, COOKIE_SESSION, "t"),
			*visitor = cookie_set(true, COOKIE_VISITOR, "t");
	g_autofree char *plain = cookie_set(false, COOKIE_SESSION, "t"),
			*cleared = cookie_set(true, COOKIE_CLEARED, NULL);

	assert_true(cookie_is_secure("https://desk.example"));
	assert_true(cookie_is_secure("http://localhost:8080"));
	assert_true(cookie_is_secure("http://127.0.0.1:1"));
	assert_true(cookie_is_secure("http://[::1]:1"));
	assert_false(cookie_is_secure("http://desk.example"));
	assert_string_equal(session, "__Host-session=t; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure");
	assert_string_equal(
	    visitor, "__Host-visitor=t; Path=/; Max-Age=34560000; HttpOnly; SameSite=None; Secure; Partitioned");
	assert_string_equal(plain, "session=t; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
	assert_string_equal(cleared, "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
	assert_null(cookie_set(true, COOKIE_KEPT, "t"));
}

TEST(a_browser_remembers_a_visitor_for_400_days_and_browsers_allow_no_more)
{
	const int most = 400 * 24 * 3600; /* what browsers cut a longer one to (RFC 6265bis, 5.5) */
	g_autofree char *secure = cookie_set(true, COOKIE_VISITOR, "t"),
			*plain = cookie_set(false, COOKIE_VISITOR, "t");
	const char *ages[] = { strstr(secure, "Max-Age="), strstr(plain, "Max-Age=") };

	assert_int_equal(LIMIT_VISITOR_DAYS * 24 * 3600, most);
	for (unsigned i = 0; i < G_N_ELEMENTS(ages); i++)
		assert_int_equal(g_ascii_strtoll(ages[i] + strlen("Max-Age="), NULL, 10), most);
}
