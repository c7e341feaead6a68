/*
 * A browser and a push service, as far as they read: opens what was sealed for the browser of RFC 8291's example, and checks who sent
 * it. Written from the RFCs and with other functions of libcrypto than the sealer's (src/edge/push_seal.c), so that a mistake would
 * have to be made twice.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The browser's public key and secret. */
#define READER_POINT "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define READER_AUTH  "BTBZMqHH6r4Tts7J_aSIgg"

/* The text of an aes128gcm body; NULL where it is none, or was changed. The caller frees. */
char *reader_open(const uint8_t *body, size_t size);

/* The claims of "vapid t=…, k=…" if `key` signed them; else NULL. The caller frees. */
char *reader_claims(const char *authorization, const char *key);
