/*
 * Secrets and digests, all from libsodium: random bytes, tokens, BLAKE2b digests and authenticators.
 *
 * A *token* is 256 random bits as 43 characters of URL-safe base64. The store keeps only its digest: who reads the
 * database can sign in as nobody. Comparisons take the same time whatever differs. Any thread, after secret_init().
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define DIGEST_BYTES 32
#define TOKEN_CHARS  43 /* of a token, without the NUL */
#define KEY_CHARS    22 /* of a public id: 128 random bits in URL-safe base64 */

struct digest {
	uint8_t bytes[DIGEST_BYTES];
};

/* Once, before any thread starts; the process ends where the system has no randomness. */
void secret_init(void);

void secret_random(void *bytes, size_t count);

/* A new token, and a new public id; `text` has room for the characters and the NUL. */
void secret_token(char text[TOKEN_CHARS + 1]);
void secret_key(char text[KEY_CHARS + 1]);

/*
 * The n-th (0, 1, …) public id or token that follows from `seed`: the same again for the same seed, so that a command
 * that is run again makes the same ids. The seed itself is random and known to nobody else.
 */
void secret_key_from(const uint8_t seed[DIGEST_BYTES], unsigned n, char text[KEY_CHARS + 1]);
void secret_token_from(const uint8_t seed[DIGEST_BYTES], unsigned n, char text[TOKEN_CHARS + 1]);

/* BLAKE2b-256 of `size` bytes, and of a text. */
struct digest secret_digest(const void *bytes, size_t size);
struct digest secret_digest_text(const char *text);

/* SHA-256, for what a browser is to compute as well. */
struct digest secret_sha256(const void *bytes, size_t size);

/* BLAKE2b-256 of the bytes, keyed: only who has the key can make it. */
struct digest secret_authenticate(const struct digest *key, const void *bytes, size_t size);

/* HMAC-SHA-256 with the characters of `secret` as its key: what others can make in any language. */
struct digest secret_hmac_sha256(const char *secret, const void *bytes, size_t size);

/*
 * Seals `size` bytes (XSalsa20 and Poly1305) so that only who has the key reads them; `sealed` has room for SEAL_BYTES more. No
 * salt is used twice. secret_unseal() gives back `size` - SEAL_BYTES bytes; false: another key, or somebody changed them.
 */
#define SEAL_BYTES (24 + 16)
void secret_seal(const struct digest *key, const struct digest *salt, const void *bytes, size_t size, uint8_t *sealed);
bool secret_unseal(const struct digest *key, const uint8_t *sealed, size_t size, void *bytes);

bool secret_equal(const struct digest *one, const struct digest *other);

/* URL-safe base64 without padding; the caller frees. */
char *secret_base64(const void *bytes, size_t size);

/* Decodes URL-safe base64 without padding into exactly `size` bytes; false for anything else. */
bool secret_unbase64(const char *text, void *bytes, size_t size);

/*
 * Passwords: argon2id with 2 passes over 19 MiB (OWASP's lower setting), about 13 ms. Slow on purpose: only on the pool
 * of two threads that the edge keeps for it. secret_password_hash() fails only when memory runs out.
 */
#define PASSWORD_HASH_BYTES 128
CHECKED gboolean secret_password_hash(const char *password, char hash[PASSWORD_HASH_BYTES], GError **error);
bool secret_password_matches(const char *password, const char *hash);
