/* Facts about how records are written down: the digests were computed by Python's hashlib (docs/decisions/0006-chains.md). */
#include "desk/audit/canon.h"
#include "desk/audit/chain.h"

#include <string.h>
#include <talloc.h>

#include "tests/kit/facts.h"

static void
assert_digest(struct digest digest, const char *hex)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < DIGEST_BYTES; i++)
		g_string_append_printf(text, "%02x", digest.bytes[i]);
	assert_string_equal(text->str, hex);
}

TEST(a_record_is_written_down_as_the_decision_says)
{
	struct canon *canon = canon_new(NULL, NULL);

	canon_text(canon, "ab");
	canon_int(canon, -7);
	canon_text(canon, NULL);
	canon_text(canon, "");
	canon_int_or_absent(canon, 0);
	canon_int_or_absent(canon, INT64_MIN);
	assert_digest(canon_digest(canon), "6073672765ea4e808df1893b4d7e159c5e1b0843627d3bfcf473a13ebc3a7861");
	talloc_free(canon);
}

TEST(a_note_is_written_down_as_the_decision_says)
{
	struct digest salt;
	const struct canon_note note = { .conversation = "AAAAAAAAAAAAAAAAAAAAAA",
		.seq = 4,
		.author_id = 7,
		.at = 1774889400000,
		.corrects = 2,
		.text = "größer" };
	void *memory = talloc_new(NULL);

	memset(salt.bytes, 0x5a, sizeof salt.bytes);
	assert_digest(
	    canon_note(memory, &salt, &note), "78d1387371023c2183d7a1567a55d7c77005d080e7e59888129956b685d0ba00");
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

TEST(fields_do_not_run_into_one_another)
{
	struct digest one = digest_of("ab", "c"), other = digest_of("a", "bc");
	struct digest absent = digest_of("a", NULL), empty = digest_of("a", "");

	assert_false(secret_equal(&one, &other));
	assert_false(secret_equal(&absent, &empty));
}

TEST(a_link_is_the_digest_of_the_one_before_and_the_content)
{
	struct digest start = chain_start("note"), content = secret_digest_text("x");

	assert_digest(start, "2b679f59bf8fd00a9450a1906712e4298ee63d5ffca672291bb52d45f9f130eb");
	assert_digest(chain_hash(&start, &content), "296a426b230a1d67bd95b760828826490d80e71972363be9a807071aee585688");
}
