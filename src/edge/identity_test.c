/* Facts about signed identities, and about what docs/operate/widget.md tells others to write. */
#include "edge/identity.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "tests/kit/facts.h"

#define SECRET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"

/* Made by Python's hmac. */
static const char token[] =
    "eyJpZCI6ImMtMTciLCJuYW1lIjoiVmVyYSBMaW5kIiwiZW1haWwiOiJ2ZXJhQG1haWwuZXhhbXBsZSIsImV4cCI6MTc3NDg2NDgwMH0."
    "m4YuiSdlc2i87ZZbdtzcNBrqyvZhqqAUKq7XILFa5N0";

static void
assert_signed(const struct identity *identity)
{
	struct digest right = secret_hmac_sha256(SECRET, identity->payload, strlen(identity->payload));

	assert_true(secret_equal(&right, &identity->mac));
}

TEST(what_another_program_signed_is_read)
{
	void *memory = talloc_new(NULL);
	struct identity identity;

	ASSERT_OK(identity_read(memory, token, &identity, &error));
	assert_string_equal(identity.external_id, "c-17");
	assert_string_equal(identity.name, "Vera Lind");
	assert_string_equal(identity.email, "vera@mail.example");
	assert_int_equal(identity.expires_at, INT64_C(1774864800000));
	assert_signed(&identity);
	talloc_free(memory);
}

TEST(every_prefix_of_an_identity_is_refused)
{
	void *memory = talloc_new(NULL);

	for (size_t size = 0; size < strlen(token); size++) {
		g_autofree char *prefix = g_strndup(token, size);
		struct identity identity;

		ASSERT_REFUSED(REFUSED_FIELD, "token", identity_read(memory, prefix, &identity, &error));
	}
	talloc_free(memory);
}

TEST(what_is_written_around_an_identity_is_refused)
{
	static const char *const around[] = { " %s", "%s ", "%s=", "%s.", ".%s", "%s.x", "%s\n" };
	void *memory = talloc_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(around); i++) {
		g_auto(GStrv) parts = g_strsplit(around[i], "%s", 2);
		g_autofree char *text = g_strjoinv(token, parts);
		struct identity identity;

		ASSERT_REFUSED(REFUSED_FIELD, "token", identity_read(memory, text, &identity, &error));
	}
	talloc_free(memory);
}

/* A token of this payload; the signature is another matter. */
static char *
with_payload(const char *payload)
{
	g_autofree char *text = g_base64_encode((const guchar *)payload, strlen(payload));

	g_strdelimit(text, "+", '-');
	g_strdelimit(text, "/", '_');
	g_strdelimit(text, "=", '\0');
	return g_strconcat(text, strchr(token, '.'), NULL);
}

TEST(an_id_with_blanks_around_it_is_refused_and_never_read_as_another)
{
	static const char *const ids[] = { "c-17 ", " c-17", " ", "c-17\\n", "c-17\\t", "\\r\\nc-17" };
	void *memory = talloc_new(NULL);
	struct identity identity;

	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_autofree char *payload = g_strdup_printf("{\"id\":\"%s\",\"exp\":1774864800}", ids[i]);
		g_autofree char *text = with_payload(payload);

		ASSERT_REFUSED(REFUSED_FIELD, "token", identity_read(memory, text, &identity, &error));
	}

	g_autofree char *inside = with_payload("{\"id\":\"c 17\",\"exp\":1774864800}");

	ASSERT_OK(identity_read(memory, inside, &identity, &error));
	assert_string_equal(identity.external_id, "c 17");
	talloc_free(memory);
}

/* ---- The documentation ---- */

/* The block of code for that language in the documentation. */
static char *
snippet(const char *language)
{
	g_autofree char *text = NULL, *fence = g_strdup_printf("\n```%s\n", language);
	const char *start, *end;

	assert_true(g_file_get_contents("docs/operate/widget.md", &text, NULL, NULL));
	start = strstr(text, fence);
	assert_non_null(start);
	start += strlen(fence);
	end = strstr(start, "\n```");
	return g_strndup(start, (gsize)(end - start));
}

/* Runs the snippet and a line that calls it, in `program`; what comes out is an identity. */
static void
check_snippet(const char *language, const char *program, const char *option, const char *call)
{
	g_autofree char *path = g_find_program_in_path(program);

	if (path == NULL)
		skip();

	g_autofree char *code = snippet(language), *whole = g_strconcat(code, "\n", call, "\n", NULL), *out = NULL;
	const char *arguments[] = { program, option, whole, NULL };
	void *memory = talloc_new(NULL);
	struct identity identity;
	int64_t now = clock_now_ms(clock_system());

	assert_true(
	    g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));
	g_strstrip(out);
	ASSERT_OK(identity_read(memory, out, &identity, &error));
	assert_signed(&identity);
	assert_string_equal(identity.external_id, "c-17");
	assert_string_equal(identity.name, "Zo\xc3\xab \"Z\" L\xc3\xad");
	assert_true(identity.expires_at > now && identity.expires_at <= now + IDENTITY_AHEAD_MS);
	talloc_free(memory);
}

TEST(the_documented_lines_of_python_sign_an_identity)
{
	check_snippet("python", "python3", "-c",
	    "print(softanswer_identity('" SECRET "', {'id': 'c-17', 'name': 'Zo\xc3\xab \"Z\" L\xc3\xad'}))");
}

TEST(the_documented_lines_of_node_sign_an_identity)
{
	check_snippet("js", "node", "-e",
	    "console.log(softanswerIdentity('" SECRET "', { id: 'c-17', name: 'Zo\xc3\xab \"Z\" L\xc3\xad' }))");
}

TEST(the_documented_lines_of_php_sign_an_identity)
{
	check_snippet("php", "php", "-r",
	    "echo softanswer_identity('" SECRET "', ['id' => 'c-17', 'name' => 'Zo\xc3\xab \"Z\" L\xc3\xad']);");
}
