/* Facts about sealed pushes: RFC 8291's own example, and a reader of ours that shares no line with the sealer. */
#include "edge/push_seal.h"

#include <string.h>

#include "tests/kit/facts.h"
#include "tests/kit/push_reader.h"

/* RFC 8291, 5. */
#define TEXT      "When I grow up, I want to be a watermelon"
#define AS_SECRET "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
#define SALT      "DGv6ra1nlYgDCS1FRnbzlw"
#define BODY                                                                                                           \
	"DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBr" \
	"u3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"

static const struct digest desk_key = { { 1, 2, 3 } };

static void
decode(const char *text, void *bytes, size_t size)
{
	bool is_decoded = secret_unbase64(text, bytes, size);

	assert_true(is_decoded);
}

static GByteArray *
sealed_text(const char *text)
{
	uint8_t point[PUSH_POINT_BYTES], auth[PUSH_AUTH_BYTES];
	struct push_draw draw;
	GByteArray *body;

	push_draw(&draw);
	decode(READER_POINT, point, sizeof point);
	decode(READER_AUTH, auth, sizeof auth);
	ASSERT_OK((body = push_seal(point, auth, &draw, text, &error)) != NULL);
	return body;
}

TEST(the_example_of_rfc_8291_is_sealed_to_the_byte)
{
	uint8_t point[PUSH_POINT_BYTES], auth[PUSH_AUTH_BYTES];
	struct push_draw draw;

	decode(READER_POINT, point, sizeof point);
	decode(READER_AUTH, auth, sizeof auth);
	decode(AS_SECRET, draw.private_key, sizeof draw.private_key);
	decode(SALT, draw.salt, sizeof draw.salt);

	g_autoptr(GByteArray) body = NULL;

	ASSERT_OK((body = push_seal(point, auth, &draw, TEXT, &error)) != NULL);

	g_autofree char *text = secret_base64(body->data, body->len);

	assert_string_equal(text, BODY);
}

TEST(what_is_sealed_is_read_by_its_browser_and_twice_the_same_is_never_the_same)
{
	g_autoptr(GByteArray) one = sealed_text("{\"kind\":\"message\"}"),
			      other = sealed_text("{\"kind\":\"message\"}");
	g_autofree char *text = reader_open(one->data, one->len);

	assert_string_equal(text, "{\"kind\":\"message\"}");
	assert_int_equal(one->len, other->len);
	assert_memory_not_equal(one->data, other->data, one->len);
}

TEST(a_changed_byte_is_noticed_by_the_browser)
{
	g_autoptr(GByteArray) body = sealed_text("hello");

	body->data[body->len - 20] ^= 1;
	assert_null(reader_open(body->data, body->len));
}

TEST(a_text_of_2000_bytes_is_sealed_and_not_one_of_2001)
{
	g_autofree char *text = g_strnfill(PUSH_TEXT_BYTES + 1, 'x');
	uint8_t point[PUSH_POINT_BYTES], auth[PUSH_AUTH_BYTES] = { 0 };
	struct push_draw draw;

	push_draw(&draw);
	decode(READER_POINT, point, sizeof point);
	ASSERT_REFUSED(REFUSED_SIZE, NULL, push_seal(point, auth, &draw, text, &error) != NULL);
	text[PUSH_TEXT_BYTES] = '\0';

	g_autoptr(GByteArray) body = sealed_text(text);
	g_autofree char *read = reader_open(body->data, body->len);

	assert_string_equal(read, text);
	assert_true(body->len <= 4096);
}

TEST(a_point_that_is_not_on_the_curve_is_refused)
{
	uint8_t point[PUSH_POINT_BYTES] = { 4, 1 }, auth[PUSH_AUTH_BYTES] = { 0 };
	struct push_draw draw;

	push_draw(&draw);
	ASSERT_REFUSED(REFUSED_FIELD, "p256dh", push_seal(point, auth, &draw, "x", &error) != NULL);
	decode(READER_POINT, point, sizeof point);
	point[10] ^= 1;
	ASSERT_REFUSED(REFUSED_FIELD, "p256dh", push_seal(point, auth, &draw, "x", &error) != NULL);
	memset(point, 0, sizeof point);
	ASSERT_REFUSED(REFUSED_FIELD, "p256dh", push_seal(point, auth, &draw, "x", &error) != NULL);
}

TEST(the_desks_key_stays_the_same_and_is_another_for_another_desk)
{
	const struct digest other_key = { { 9 } };
	char one[PUSH_POINT_CHARS + 1], again[PUSH_POINT_CHARS + 1], other[PUSH_POINT_CHARS + 1];

	push_seal_public(&desk_key, one);
	push_seal_public(&desk_key, again);
	push_seal_public(&other_key, other);
	assert_int_equal(strlen(one), PUSH_POINT_CHARS);
	assert_string_equal(one, again);
	assert_string_not_equal(one, other);
}

TEST(a_push_service_can_check_who_sends)
{
	g_autofree char *value =
	    push_seal_authorization(&desk_key, "https://push.example", "https://desk.example", 1774861200);
	char key[PUSH_POINT_CHARS + 1];
	g_autofree char *claims = NULL;

	push_seal_public(&desk_key, key);
	claims = reader_claims(value, key);
	assert_string_equal(
	    claims, "{\"aud\":\"https://push.example\",\"exp\":1774861200,\"sub\":\"https://desk.example\"}");
	value[20] = value[20] == 'x' ? 'y' : 'x';
	assert_null(reader_claims(value, key));
}

TEST(a_desk_without_an_address_names_no_contact)
{
	g_autofree char *value = push_seal_authorization(&desk_key, "https://push.example", NULL, 1);
	char key[PUSH_POINT_CHARS + 1];
	g_autofree char *claims = NULL;

	push_seal_public(&desk_key, key);
	claims = reader_claims(value, key);
	assert_string_equal(claims, "{\"aud\":\"https://push.example\",\"exp\":1}");
}
