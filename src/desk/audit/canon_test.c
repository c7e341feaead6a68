/* Facts about how records are written down: the digests were computed by Python's hashlib (docs/decisions/0006-chains.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <talloc.h>

#include "desk/audit/canon.h"
#include "desk/audit/chain.h"

#include <cmocka.h> /* last: its fail() is a macro */

static void
assert_digest(struct digest digest, const char *hex)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < DIGEST_BYTES; i++)
		g_string_append_printf(text, "%02x", digest.bytes[i]);
	assert_string_equal(text->str, hex);
}

static void
a_record_is_written_down_as_the_decision_says(void **state)
{
	struct canon *canon = canon_new(NULL, NULL);

	(void)state;
	canon_text(canon, "ab");
	canon_int(canon, -7);
	canon_text(canon, NULL);
	canon_text(canon, "");
	canon_int_or_absent(canon, 0);
	canon_int_or_absent(canon, INT64_MIN);
	assert_digest(canon_digest(canon), "6073672765ea4e808df1893b4d7e159c5e1b0843627d3bfcf473a13ebc3a7861");
	talloc_free(canon);
}

static void
a_note_is_written_down_as_the_decision_says(void **state)
{
	struct digest salt;
	const struct canon_note note = {
		.conversation = "AAAAAAAAAAAAAAAAAAAAAA", .seq = 4, .author_id = 7, .at = 1774889400000, .corrects = 2, .text = "größer"
	};
	void *memory = talloc_new(NULL);

	(void)state;
	memset(salt.bytes, 0x5a, sizeof salt.bytes);
	assert_digest(canon_note(memory, &salt, &note), "78d1387371023c2183d7a1567a55d7c77005d080e7e59888129956b685d0ba00");
	talloc_free(memory);
}

static struct digest
digest_of(const char *one, const char *two)
{
	struct canon *canon = canon_new(NULL, NULL);
	struct digest digest;

	canon_text(canon, one);
	canon_text(canon, two);
	digest = canon_digest(canon);
	talloc_free(canon);
	return digest;
}

static void
fields_do_not_run_into_one_another(void **state)
{
	struct digest one = digest_of("ab", "c"), other = digest_of("a", "bc");
	struct digest absent = digest_of("a", NULL), empty = digest_of("a", "");

	(void)state;
	assert_false(secret_equal(&one, &other));
	assert_false(secret_equal(&absent, &empty));
}

static void
a_link_is_the_digest_of_the_one_before_and_the_content(void **state)
{
	struct digest start = chain_start("note"), content = secret_digest_text("x");

	(void)state;
	assert_digest(start, "2b679f59bf8fd00a9450a1906712e4298ee63d5ffca672291bb52d45f9f130eb");
	assert_digest(chain_hash(&start, &content), "296a426b230a1d67bd95b760828826490d80e71972363be9a807071aee585688");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_is_written_down_as_the_decision_says),
		cmocka_unit_test(a_note_is_written_down_as_the_decision_says),
		cmocka_unit_test(fields_do_not_run_into_one_another),
		cmocka_unit_test(a_link_is_the_digest_of_the_one_before_and_the_content),
	};

	secret_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
