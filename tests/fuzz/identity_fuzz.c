/*
 * Signed identities, origins and addresses of pages: a stranger's text up to a newline, then one that is signed here. What is accepted
 * has all that an identity must have and can be signed again as the same; an origin is its own origin and can stand in a header.
 */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"
#include "desk/site/address.h"
#include "edge/identity.h"
#include "tests/fuzz/fuzz.h"

static void
check_identity(void *memory, const char *token)
{
	g_autoptr(GError) error = NULL;
	struct identity identity = { 0 };

	if (!identity_read(memory, token, &identity, &error)) {
		g_assert(error_kind(error) == REFUSED_FIELD && strcmp(error_field(error), "token") == 0);
		return;
	}

	g_autofree char *mac = secret_base64(identity.mac.bytes, sizeof identity.mac.bytes);
	g_autofree char *again = g_strconcat(identity.payload, ".", mac, NULL);

	g_assert_cmpstr(again, ==, token);
	g_assert(identity.external_id != NULL && *identity.external_id != '\0');
	g_assert(strlen(identity.external_id) <= LIMIT_EXTERNAL_ID_BYTES && identity.expires_at > 0);
	g_assert(identity.email == NULL || text_is_email(identity.email));
}

/* A payload that is right but for what the stranger wrote. */
static void
check_payload(void *memory, const char *payload)
{
	g_autofree char *text = secret_base64(payload, strlen(payload));
	struct digest digest = secret_hmac_sha256("secret", text, strlen(text));
	g_autofree char *mac = secret_base64(digest.bytes, sizeof digest.bytes);
	g_autofree char *token = g_strconcat(text, ".", mac, NULL);

	check_identity(memory, token);
}

static void
check_address(void *memory, const char *text)
{
	const char *origin = address_origin_of(memory, text), *page = address_page(memory, text);

	g_assert(page == NULL || (origin != NULL && strchr(page, '#') == NULL));
	if (origin == NULL)
		return;
	g_assert_cmpstr(address_origin(memory, origin), ==, origin);
	g_assert(strspn(origin, "abcdefghijklmnopqrstuvwxyz0123456789-.:/[]") == strlen(origin));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);
	char *payload = strchr(text, '\n');
	void *memory = talloc_new(NULL);

	if (payload != NULL)
		*payload++ = '\0';
	check_identity(memory, text);
	check_address(memory, text);
	if (payload != NULL)
		check_payload(memory, payload);
	talloc_free(memory);
	return 0;
}
