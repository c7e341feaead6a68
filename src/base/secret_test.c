/* Facts about secrets and digests. */
#include <string.h>

#include "base/secret.h"
#include "tests/kit/facts.h"

TEST(tokens_and_keys_have_their_length_and_never_repeat)
{
	char token[TOKEN_CHARS + 1], other[TOKEN_CHARS + 1], key[KEY_CHARS + 1], another[KEY_CHARS + 1];

	secret_token(token);
	secret_token(other);
	secret_key(key);
	secret_key(another);
	assert_int_equal(strlen(token), TOKEN_CHARS);
	assert_int_equal(strlen(key), KEY_CHARS);
	assert_string_not_equal(token, other);
	assert_string_not_equal(key, another);
}

TEST(what_follows_from_a_seed_is_the_same_again_and_differs_by_number_use_and_seed)
{
	uint8_t seed[DIGEST_BYTES] = { 1 }, another[DIGEST_BYTES] = { 2 };
	char first[KEY_CHARS + 1], again[KEY_CHARS + 1], second[KEY_CHARS + 1], foreign[KEY_CHARS + 1];
	char token[TOKEN_CHARS + 1];

	secret_key_from(seed, 0, first);
	secret_key_from(seed, 0, again);
	secret_key_from(seed, 1, second);
	secret_key_from(another, 0, foreign);
	secret_token_from(seed, 0, token);
	assert_string_equal(first, again);
	assert_string_not_equal(first, second);
	assert_string_not_equal(first, foreign);
	assert_int_not_equal(strncmp(token, first, KEY_CHARS), 0);
}

/* BLAKE2b-256 of "abc", from the reference implementation. */
TEST(the_digest_is_blake2b)
{
	static const uint8_t wanted[DIGEST_BYTES] = { 0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef,
		0x3f, 0xee, 0x98, 0x57, 0x9b, 0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0,
		0x68, 0xd5, 0x23, 0x19 };
	struct digest made = secret_digest_text("abc");

	assert_memory_equal(made.bytes, wanted, DIGEST_BYTES);
}

TEST(an_authenticator_depends_on_key_and_bytes)
{
	struct digest key = secret_digest_text("key"), other = secret_digest_text("other");
	struct digest made = secret_authenticate(&key, "abc", 3), again = secret_authenticate(&key, "abc", 3);
	struct digest by_other = secret_authenticate(&other, "abc", 3), of_other = secret_authenticate(&key, "abd", 3);

	assert_true(secret_equal(&made, &again));
	assert_false(secret_equal(&made, &by_other));
	assert_false(secret_equal(&made, &of_other));
}

TEST(base64_goes_there_and_back_and_only_exactly)
{
	uint8_t bytes[16], back[16];

	secret_random(bytes, sizeof bytes);

	g_autofree char *text = secret_base64(bytes, sizeof bytes);
	g_autofree char *longer = g_strconcat(text, "A", NULL), *padded = g_strconcat(text, "==", NULL);

	assert_int_equal(strlen(text), KEY_CHARS);
	assert_true(secret_unbase64(text, back, sizeof back));
	assert_memory_equal(bytes, back, sizeof bytes);
	assert_false(secret_unbase64(longer, back, sizeof back));
	assert_false(secret_unbase64(padded, back, sizeof back));
	assert_false(secret_unbase64("AAAAAAAAAAAAAAAAAAAA+/", back, sizeof back));
	for (size_t length = 0; length < strlen(text); length++) {
		g_autofree char *prefix = g_strndup(text, length);

		assert_false(secret_unbase64(prefix, back, sizeof back));
	}
}

TEST(a_password_matches_its_hash_and_nothing_else_does)
{
	char hash[PASSWORD_HASH_BYTES], other[PASSWORD_HASH_BYTES];

	ASSERT_OK(secret_password_hash("correct horse", hash, &error));
	ASSERT_OK(secret_password_hash("correct horse", other, &error));
	assert_string_not_equal(hash, other);
	assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(secret_password_matches("correct horse", hash));
	assert_false(secret_password_matches("correct horsf", hash));
	assert_false(secret_password_matches("", hash));
	assert_false(secret_password_matches("correct horse", "!"));
	assert_false(secret_password_matches("correct horse", ""));
}
