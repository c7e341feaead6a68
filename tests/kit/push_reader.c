/* A browser and a push service: see push_reader.h. */
#include "tests/kit/push_reader.h"

#include <glib.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>
#include <string.h>

#include "base/secret.h"

#define READER_SECRET "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"

#define POINT_BYTES 65
#define HEAD_BYTES  (16 + 4 + 1 + POINT_BYTES)
#define TAG_BYTES   16

/* A key from SubjectPublicKeyInfo (RFC 5480) for P-256. */
static EVP_PKEY *
public_key(const uint8_t *point)
{
	static const uint8_t head[] = { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
		0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00 };
	uint8_t info[sizeof head + POINT_BYTES];
	const uint8_t *at = info;

	memcpy(info, head, sizeof head);
	memcpy(info + sizeof head, point, POINT_BYTES);
	return d2i_PUBKEY(NULL, &at, sizeof info);
}

/* The browser's, from ECPrivateKey (RFC 5915) in PrivateKeyInfo (RFC 5208). */
static EVP_PKEY *
own_key(void)
{
	static const uint8_t head[] = { 0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce,
		0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25,
		0x02, 0x01, 0x01, 0x04, 0x20 };
	uint8_t info[sizeof head + 32];
	const uint8_t *at = info;
	bool is_decoded = secret_unbase64(READER_SECRET, info + sizeof head, 32);

	g_assert(is_decoded);
	memcpy(info, head, sizeof head);
	return d2i_AutoPrivateKey(NULL, &at, sizeof info);
}

static void
hkdf(const void *salt, size_t salt_size, const void *secret, size_t secret_size, const void *info, size_t info_size,
    uint8_t *out, size_t size)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
	char digest[] = "SHA256";
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt, salt_size),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)secret, secret_size),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info, info_size),
		OSSL_PARAM_construct_end() };
	int is_done = EVP_KDF_derive(context, out, size, params);

	g_assert(is_done == 1);
	EVP_KDF_CTX_free(context);
	EVP_KDF_free(kdf);
}

/* The secret of RFC 8291, 3.3: of both keys, both points and the browser's own secret. */
static void
shared_secret(const uint8_t *sender, uint8_t secret[32])
{
	uint8_t info[14 + 2 * POINT_BYTES] = "WebPush: info", agreed[32], auth[16];
	EVP_PKEY *own = own_key(), *other = public_key(sender);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
	size_t size = sizeof agreed;
	bool is_done = secret_unbase64(READER_POINT, info + 14, POINT_BYTES) &&
	    secret_unbase64(READER_AUTH, auth, 16) && EVP_PKEY_derive_init(context) == 1 &&
	    EVP_PKEY_derive_set_peer(context, other) == 1 && EVP_PKEY_derive(context, agreed, &size) == 1;

	g_assert(is_done);
	memcpy(info + 14 + POINT_BYTES, sender, POINT_BYTES);
	hkdf(auth, sizeof auth, agreed, sizeof agreed, info, sizeof info, secret, 32);
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(own);
	EVP_PKEY_free(other);
}

static char *
decrypt(const uint8_t key[16], const uint8_t iv[12], const uint8_t *bytes, size_t size)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	g_autofree uint8_t *text = g_malloc0(size);
	int done = 0, rest = 0;
	bool is_whole = EVP_DecryptInit(context, EVP_aes_128_gcm(), key, iv) == 1 &&
	    EVP_CIPHER_CTX_ctrl(
		context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, (void *)(uintptr_t)(bytes + size - TAG_BYTES)) == 1 &&
	    EVP_DecryptUpdate(context, text, &done, bytes, (int)(size - TAG_BYTES)) == 1 &&
	    EVP_DecryptFinal(context, text + done, &rest) == 1;

	EVP_CIPHER_CTX_free(context);
	while (is_whole && done > 0 && text[done - 1] == 0)
		done--;
	return is_whole && done > 0 && text[done - 1] == 2 ? g_strndup((const char *)text, (gsize)done - 1) : NULL;
}

char *
reader_open(const uint8_t *body, size_t size)
{
	static const char for_key[] = "Content-Encoding: aes128gcm", for_iv[] = "Content-Encoding: nonce";
	uint8_t secret[32], key[16], iv[12];

	if (size < HEAD_BYTES + TAG_BYTES + 1 || body[20] != POINT_BYTES)
		return NULL;
	shared_secret(body + 21, secret);
	hkdf(body, 16, secret, 32, for_key, sizeof for_key, key, sizeof key);
	hkdf(body, 16, secret, 32, for_iv, sizeof for_iv, iv, sizeof iv);
	return decrypt(key, iv, body + HEAD_BYTES, size - HEAD_BYTES);
}

static bool
is_signed(const char *point_text, const char *text, size_t size, const char *signature_text)
{
	uint8_t point[POINT_BYTES], raw[64];

	if (!secret_unbase64(point_text, point, sizeof point) || !secret_unbase64(signature_text, raw, sizeof raw))
		return false;

	ECDSA_SIG *signature = ECDSA_SIG_new();
	EVP_PKEY *key = public_key(point);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t *der = NULL;
	int der_size;

	ECDSA_SIG_set0(signature, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL));
	der_size = i2d_ECDSA_SIG(signature, &der);

	bool is_good = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
	    EVP_DigestVerify(context, der, (size_t)der_size, (const uint8_t *)text, size) == 1;

	OPENSSL_free(der);
	ECDSA_SIG_free(signature);
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return is_good;
}

char *
reader_claims(const char *authorization, const char *key)
{
	g_auto(GStrv) parts = g_strsplit_set(authorization, ".,", -1);
	size_t size = strlen("vapid t="), padding;

	if (g_strv_length(parts) != 4 || !g_str_has_prefix(authorization, "vapid t=") ||
	    !g_str_has_prefix(parts[3], " k=") || strcmp(parts[3] + 3, key) != 0)
		return NULL;
	if (!is_signed(key, authorization + size, strlen(parts[0]) - size + 1 + strlen(parts[1]), parts[2]))
		return NULL;

	g_autofree char *text = g_strdup(g_strdelimit(parts[1], "-", '+'));

	g_strdelimit(text, "_", '/');
	padding = (4 - strlen(text) % 4) % 4;

	g_autofree char *padded = g_strconcat(text, "===" + (3 - padding), NULL);
	gsize bytes;
	g_autofree guchar *claims = g_base64_decode(padded, &bytes);

	return g_strndup((const char *)claims, bytes);
}
