/* Sealing pushes: see push_seal.h. */
#include "edge/push_seal.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <string.h>

/* What libcrypto cannot do for want of memory only: the process ends, as everywhere. */
#define MUST(call_) g_assert(call_)

#define HASH_BYTES 32
#define TAG_BYTES  16
#define KEY_BYTES  16
#define SALT_BYTES 12

/* RFC 8188, 2.1: one record holds all, and its last byte of text is followed by this. */
#define RECORD_BYTES 4096
#define LAST_RECORD  2
#define HEAD_BYTES   (PUSH_SALT_BYTES + 4 + 1 + PUSH_POINT_BYTES)

struct key_pair {
	EVP_PKEY *pair;
	uint8_t point[PUSH_POINT_BYTES];
};

/* ---- Keys ---- */

static bool
is_private(const uint8_t bytes[PUSH_PRIVATE_BYTES])
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	BIGNUM *number = BN_bin2bn(bytes, PUSH_PRIVATE_BYTES, NULL);
	bool is_one = !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(group)) < 0;

	BN_clear_free(number);
	EC_GROUP_free(group);
	return is_one;
}

/* The public point of a private key. */
static void
point_of(const uint8_t private_key[PUSH_PRIVATE_BYTES], uint8_t bytes[PUSH_POINT_BYTES])
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *point = EC_POINT_new(group);
	BIGNUM *number = BN_bin2bn(private_key, PUSH_PRIVATE_BYTES, NULL);

	MUST(EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1);
	MUST(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, bytes, PUSH_POINT_BYTES, NULL) ==
	    PUSH_POINT_BYTES);
	BN_clear_free(number);
	EC_POINT_free(point);
	EC_GROUP_free(group);
}

/* NULL where the point is none. `private_key` may be NULL. */
static EVP_PKEY *
key_of(const uint8_t point[PUSH_POINT_BYTES], const uint8_t *private_key)
{
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	BIGNUM *number = private_key == NULL ? NULL : BN_bin2bn(private_key, PUSH_PRIVATE_BYTES, NULL);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;

	MUST(OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
	MUST(OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, PUSH_POINT_BYTES) == 1);
	if (number != NULL)
		MUST(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, number) == 1);
	params = OSSL_PARAM_BLD_to_param(builder);
	MUST(EVP_PKEY_fromdata_init(context) == 1);
	if (EVP_PKEY_fromdata(context, &key, number == NULL ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR, params) != 1)
		key = NULL;
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(builder);
	BN_clear_free(number);
	EVP_PKEY_CTX_free(context);
	return key;
}

static struct key_pair
pair_of(const uint8_t private_key[PUSH_PRIVATE_BYTES])
{
	struct key_pair pair;

	point_of(private_key, pair.point);
	pair.pair = key_of(pair.point, private_key);
	MUST(pair.pair != NULL);
	return pair;
}

static struct key_pair
desk_pair(const struct digest *desk_key)
{
	struct digest private_key;

	/* One in four thousand million is no private key. */
	for (unsigned n = 0;; n++) {
		g_autofree char *what = g_strdup_printf("softanswer push %u", n);

		private_key = secret_authenticate(desk_key, what, strlen(what));
		if (is_private(private_key.bytes))
			return pair_of(private_key.bytes);
	}
}

void
push_seal_public(const struct digest *desk_key, char text[PUSH_POINT_CHARS + 1])
{
	struct key_pair pair = desk_pair(desk_key);
	g_autofree char *point = secret_base64(pair.point, sizeof pair.point);

	g_strlcpy(text, point, PUSH_POINT_CHARS + 1);
	EVP_PKEY_free(pair.pair);
}

/* ---- Who sends ---- */

/* A signature as JSON web tokens have it: two numbers of 32 bytes. */
static char *
sign(EVP_PKEY *pair, const char *text)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t der[128], raw[2 * HASH_BYTES];
	const uint8_t *at = der;
	size_t size = sizeof der;
	const BIGNUM *r, *s;

	MUST(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pair) == 1);
	MUST(EVP_DigestSign(context, der, &size, (const uint8_t *)text, strlen(text)) == 1);

	ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &at, (long)size);

	ECDSA_SIG_get0(signature, &r, &s);
	MUST(BN_bn2binpad(r, raw, HASH_BYTES) == HASH_BYTES &&
	    BN_bn2binpad(s, raw + HASH_BYTES, HASH_BYTES) == HASH_BYTES);
	ECDSA_SIG_free(signature);
	EVP_MD_CTX_free(context);
	return secret_base64(raw, sizeof raw);
}

char *
push_seal_authorization(const struct digest *desk_key, const char *origin, const char *contact, int64_t until_s)
{
	static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
	struct key_pair pair = desk_pair(desk_key);
	/* Origins are made of letters that JSON takes as they are (desk/site/address.c), and so is a base address. */
	g_autofree char *subject = contact == NULL ? g_strdup("") : g_strdup_printf(",\"sub\":\"%s\"", contact);
	g_autofree char *claims =
	    g_strdup_printf("{\"aud\":\"%s\",\"exp\":%" G_GINT64_FORMAT "%s}", origin, until_s, subject);
	g_autofree char *head_text = secret_base64(head, strlen(head)),
			*claims_text = secret_base64(claims, strlen(claims));
	g_autofree char *signed_text = g_strdup_printf("%s.%s", head_text, claims_text);
	g_autofree char *signature = sign(pair.pair, signed_text),
			*point = secret_base64(pair.point, sizeof pair.point);

	EVP_PKEY_free(pair.pair);
	return g_strdup_printf("vapid t=%s.%s, k=%s", signed_text, signature, point);
}

/* ---- What is in it ---- */

void
push_draw(struct push_draw *draw)
{
	secret_random(draw->salt, sizeof draw->salt);
	do
		secret_random(draw->private_key, sizeof draw->private_key);
	while (!is_private(draw->private_key));
}

static void
hmac(const void *key, size_t key_size, const void *bytes, size_t size, uint8_t hash[HASH_BYTES])
{
	MUST(HMAC(EVP_sha256(), key, (int)key_size, bytes, size, hash, NULL) != NULL);
}

/* HKDF (RFC 5869) of as much as one hash gives: extracts with `salt`, expands by `info`. */
static void
hkdf(const void *salt, size_t salt_size, const uint8_t secret[HASH_BYTES], const GByteArray *info,
    uint8_t hash[HASH_BYTES])
{
	g_autoptr(GByteArray) once = g_byte_array_new();
	uint8_t extracted[HASH_BYTES];

	hmac(salt, salt_size, secret, HASH_BYTES, extracted);
	g_byte_array_append(once, info->data, info->len);
	g_byte_array_append(once, (const uint8_t[]) { 1 }, 1);
	hmac(extracted, sizeof extracted, once->data, once->len, hash);
}

static void
agree(EVP_PKEY *own, EVP_PKEY *other, uint8_t secret[HASH_BYTES])
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
	size_t size = HASH_BYTES;

	MUST(EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, other) == 1);
	MUST(EVP_PKEY_derive(context, secret, &size) == 1 && size == HASH_BYTES);
	EVP_PKEY_CTX_free(context);
}

/* A label of these RFCs ends with a NUL that counts. */
static GByteArray *
info_of(const char *label)
{
	return g_byte_array_append(g_byte_array_new(), (const uint8_t *)label, (guint)strlen(label) + 1);
}

struct content_keys {
	uint8_t key[HASH_BYTES], salt[HASH_BYTES]; /* of which the first KEY_BYTES and SALT_BYTES are used */
};

/* RFC 8291, 3.4. */
static void
derive(const struct key_pair *own, EVP_PKEY *other, const uint8_t point[PUSH_POINT_BYTES],
    const uint8_t auth[PUSH_AUTH_BYTES], const struct push_draw *draw, struct content_keys *keys)
{
	g_autoptr(GByteArray) who = info_of("WebPush: info");
	g_autoptr(GByteArray) for_key = info_of("Content-Encoding: aes128gcm"),
			      for_salt = info_of("Content-Encoding: nonce");
	uint8_t agreed[HASH_BYTES], secret[HASH_BYTES];

	agree(own->pair, other, agreed);
	g_byte_array_append(who, point, PUSH_POINT_BYTES);
	g_byte_array_append(who, own->point, PUSH_POINT_BYTES);
	hkdf(auth, PUSH_AUTH_BYTES, agreed, who, secret);
	hkdf(draw->salt, sizeof draw->salt, secret, for_key, keys->key);
	hkdf(draw->salt, sizeof draw->salt, secret, for_salt, keys->salt);
}

/* Appends the text with its mark, and the tag. */
static void
encrypt(const struct content_keys *keys, const char *text, GByteArray *out)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	size_t size = strlen(text), at = out->len;
	const uint8_t mark = LAST_RECORD;
	int done, more, rest;

	g_byte_array_set_size(out, (guint)(at + size + 1 + TAG_BYTES));
	MUST(EVP_EncryptInit_ex2(context, EVP_aes_128_gcm(), keys->key, keys->salt, NULL) == 1);
	MUST(EVP_EncryptUpdate(context, out->data + at, &done, (const uint8_t *)text, (int)size) == 1);
	MUST(EVP_EncryptUpdate(context, out->data + at + done, &more, &mark, 1) == 1);
	MUST(EVP_EncryptFinal_ex(context, out->data + at + done + more, &rest) == 1);
	MUST((size_t)(done + more + rest) == size + 1);
	MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, out->data + at + size + 1) == 1);
	EVP_CIPHER_CTX_free(context);
}

static GByteArray *
head_of(const struct push_draw *draw, const uint8_t point[PUSH_POINT_BYTES])
{
	const uint8_t sizes[] = { 0, 0, RECORD_BYTES >> 8, RECORD_BYTES & 0xff, PUSH_POINT_BYTES };
	GByteArray *out = g_byte_array_sized_new(HEAD_BYTES);

	g_byte_array_append(out, draw->salt, sizeof draw->salt);
	g_byte_array_append(out, sizes, sizeof sizes);
	return g_byte_array_append(out, point, PUSH_POINT_BYTES);
}

GByteArray *
push_seal(const uint8_t point[PUSH_POINT_BYTES], const uint8_t auth[PUSH_AUTH_BYTES], const struct push_draw *draw,
    const char *text, GError **error)
{
	struct content_keys keys;

	if (strlen(text) > PUSH_TEXT_BYTES) {
		(void)refuse(error, REFUSED_SIZE, NULL, "wants at most %d bytes", PUSH_TEXT_BYTES);
		return NULL;
	}

	EVP_PKEY *other = key_of(point, NULL);

	if (other == NULL) {
		(void)refuse(error, REFUSED_FIELD, "p256dh", "is no point of P-256");
		return NULL;
	}

	struct key_pair own = pair_of(draw->private_key);
	GByteArray *out = head_of(draw, own.point);

	derive(&own, other, point, auth, draw, &keys);
	encrypt(&keys, text, out);
	EVP_PKEY_free(own.pair);
	EVP_PKEY_free(other);
	return out;
}
