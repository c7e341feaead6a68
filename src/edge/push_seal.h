/*
 * Sealing pushes: what of a push only its browser can read (RFC 8291, aes128gcm of RFC 8188), and by what a push service knows that it
 * is this desk which sends it (RFC 8292).
 *
 * The desk's pair of keys (P-256) follows from its key file: there is nothing to make, to keep or to lose, a backup of the store does
 * not hold it, and every program that serves the desk has the same. With another key file browsers see another public key and
 * subscribe anew. What the two sides agree on for one push is random and kept nowhere. All by libcrypto; pure but for that; any thread.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"
#include "desk/push/push.h"

#define PUSH_TEXT_BYTES    2000 /* push services take 4096 with what is around it */
#define PUSH_SALT_BYTES    16
#define PUSH_PRIVATE_BYTES 32

/* The desk's public key, in URL-safe base64. */
void push_seal_public(const struct digest *desk_key, char text[PUSH_POINT_CHARS + 1]);

/*
 * The value of the header Authorization towards the push service at `origin`, good until `until_s` (seconds since 1970). `contact` is
 * the address of the desk, or NULL. The caller frees.
 */
char *push_seal_authorization(const struct digest *desk_key, const char *origin, const char *contact, int64_t until_s);

/* What is drawn for one push. */
struct push_draw {
	uint8_t salt[PUSH_SALT_BYTES];
	uint8_t private_key[PUSH_PRIVATE_BYTES];
};
void push_draw(struct push_draw *draw);

/* The body to post. REFUSED_FIELD where the browser's key is no point of the curve, REFUSED_SIZE over PUSH_TEXT_BYTES. */
CHECKED GByteArray *push_seal(const uint8_t point[PUSH_POINT_BYTES], const uint8_t auth[PUSH_AUTH_BYTES],
    const struct push_draw *draw, const char *text, GError **error);
