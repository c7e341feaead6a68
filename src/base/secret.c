/* Secrets and digests: see secret.h. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>

#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY (19u << 20)

G_STATIC_ASSERT(PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES);
G_STATIC_ASSERT(DIGEST_BYTES == crypto_generichash_BYTES);
G_STATIC_ASSERT(DIGEST_BYTES == crypto_secretbox_KEYBYTES);
G_STATIC_ASSERT(DIGEST_BYTES == crypto_auth_hmacsha256_BYTES);
G_STATIC_ASSERT(SEAL_BYTES == crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES);

void
secret_init(void)
{
	if (sodium_init() < 0)
		g_error("the system gives no randomness");
}

void
secret_random(void *bytes, size_t count)
{
	randombytes_buf(bytes, count);
}

static void
encode(const void *bytes, size_t size, char *text, size_t room)
{
	sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
secret_token(char text[TOKEN_CHARS + 1])
{
	uint8_t bytes[32];

	secret_random(bytes, sizeof bytes);
	encode(bytes, sizeof bytes, text, TOKEN_CHARS + 1);
}

void
secret_key(char text[KEY_CHARS + 1])
{
	uint8_t bytes[16];

	secret_random(bytes, sizeof bytes);
	encode(bytes, sizeof bytes, text, KEY_CHARS + 1);
}

/* One keyed digest per number: neither the seed nor the next one can be told from it. */
static struct digest
follow(const uint8_t seed[DIGEST_BYTES], const char *use, unsigned n)
{
	struct digest key;
	g_autofree char *what = g_strdup_printf("%s %u", use, n);

	memcpy(key.bytes, seed, DIGEST_BYTES);
	return secret_authenticate(&key, what, strlen(what));
}

void
secret_key_from(const uint8_t seed[DIGEST_BYTES], unsigned n, char text[KEY_CHARS + 1])
{
	struct digest made = follow(seed, "key", n);

	encode(made.bytes, 16, text, KEY_CHARS + 1);
}

void
secret_token_from(const uint8_t seed[DIGEST_BYTES], unsigned n, char text[TOKEN_CHARS + 1])
{
	struct digest made = follow(seed, "token", n);

	encode(made.bytes, DIGEST_BYTES, text, TOKEN_CHARS + 1);
}

struct digest
secret_digest(const void *bytes, size_t size)
{
	struct digest made;

	crypto_generichash(made.bytes, sizeof made.bytes, bytes, size, NULL, 0);
	return made;
}

struct digest
secret_digest_text(const char *text)
{
	return secret_digest(text, strlen(text));
}

struct digest
secret_sha256(const void *bytes, size_t size)
{
	struct digest digest;

	G_STATIC_ASSERT(crypto_hash_sha256_BYTES == DIGEST_BYTES);
	crypto_hash_sha256(digest.bytes, bytes, size);
	return digest;
}

struct digest
secret_authenticate(const struct digest *key, const void *bytes, size_t size)
{
	struct digest made;

	crypto_generichash(made.bytes, sizeof made.bytes, bytes, size, key->bytes, sizeof key->bytes);
	return made;
}

struct digest
secret_hmac_sha256(const char *secret, const void *bytes, size_t size)
{
	crypto_auth_hmacsha256_state state;
	struct digest digest;

	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(&state, bytes, size);
	crypto_auth_hmacsha256_final(&state, digest.bytes);
	return digest;
}

/* What separates this use of the desk's key from all others. */
static struct digest
seal_key(const struct digest *key)
{
	return secret_authenticate(key, "seal", 4);
}

void
secret_seal(const struct digest *key, const struct digest *salt, const void *bytes, size_t size, uint8_t *sealed)
{
	struct digest own = seal_key(key);

	memcpy(sealed, salt->bytes, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, bytes, size, sealed, own.bytes);
}

bool
secret_unseal(const struct digest *key, const uint8_t *sealed, size_t size, void *bytes)
{
	struct digest own = seal_key(key);

	return size >= SEAL_BYTES &&
	    crypto_secretbox_open_easy(bytes, sealed + crypto_secretbox_NONCEBYTES, size - crypto_secretbox_NONCEBYTES,
		sealed, own.bytes) == 0;
}

bool
secret_equal(const struct digest *one, const struct digest *other)
{
	return sodium_memcmp(one->bytes, other->bytes, DIGEST_BYTES) == 0;
}

char *
secret_base64(const void *bytes, size_t size)
{
	size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = g_malloc(room);

	encode(bytes, size, text, room);
	return text;
}

bool
secret_unbase64(const char *text, void *bytes, size_t size)
{
	size_t decoded;
	const char *end;
	size_t length = strlen(text);

	return sodium_base642bin(
		   bytes, size, text, length, NULL, &decoded, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	    decoded == size && end == text + length;
}

gboolean
secret_password_hash(const char *password, char hash[PASSWORD_HASH_BYTES], GError **error)
{
	if (crypto_pwhash_str_alg(
		hash, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return fail(error, FAILED_BUSY, "no memory to hash a password");
	return TRUE;
}

bool
secret_password_matches(const char *password, const char *hash)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}
