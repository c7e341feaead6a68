/* Identities: see identity.h. */
#include "edge/identity.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "edge/json_in.h"

/* Seconds whose milliseconds are still a number. */
#define EXP_MAX (INT64_MAX / MS_PER_SECOND)

struct payload {
	const char *id, *name, *email;
	int64_t exp;
};

static const struct field payload_fields[] = {
	/* Not trimmed: "c-17 " shall never be "c-17". */
	FIELD_SECRET(payload, id, 1, LIMIT_EXTERNAL_ID_BYTES),
	FIELD_LINE(payload, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_EMAIL(payload, email, OPTIONAL),
	FIELD_INT(payload, exp, 1, EXP_MAX),
	FIELD_END,
};

/* What the characters stand for; NULL: they are no base64. *size gets how many bytes there are. */
static char *
decode(void *memory, const char *text, size_t *size)
{
	size_t length = strlen(text);
	char *bytes;

	if (length == 0 || length % 4 == 1)
		return NULL;
	*size = length * 3 / 4;
	bytes = talloc_zero_size(memory, *size + 1);
	return secret_unbase64(text, bytes, *size) ? bytes : NULL;
}

/* Two customers whom staff could not tell apart; whoever may choose its name at the host would choose another's. */
static gboolean
check_id(const char *id, GError **error)
{
	if (*id == ' ' || g_str_has_suffix(id, " "))
		return refuse(error, REFUSED_FIELD, "id", "wants no blanks around it");
	return TRUE;
}

static gboolean
read_payload(void *memory, const char *text, struct payload *payload, GError **error)
{
	size_t size;
	char *bytes = decode(memory, text, &size);
	json_t *body = bytes == NULL ? NULL : json_in_parse(bytes, size, error);
	gboolean is_read;

	if (body == NULL)
		return FALSE;
	is_read = json_in(payload_fields, body, NULL, NULL, memory, payload, error) && check_id(payload->id, error);
	json_decref(body);
	return is_read;
}

gboolean
identity_read(void *memory, const char *token, struct identity *identity, GError **error)
{
	const char *dot = strchr(token, '.');
	g_autoptr(GError) why = NULL;
	struct payload payload = { 0 };
	struct digest mac;
	char *text;

	if (dot == NULL || !secret_unbase64(dot + 1, mac.bytes, sizeof mac.bytes))
		return refuse(error, REFUSED_FIELD, "token", "is not a payload, a dot and a signature in base64url");
	text = talloc_strndup(memory, token, (size_t)(dot - token));
	if (!read_payload(memory, text, &payload, &why))
		return refuse(error, REFUSED_FIELD, "token", "has a payload that cannot be read: %s %s",
		    why == NULL || error_field(why) == NULL ? "it" : error_field(why),
		    why == NULL ? "is no base64url" : why->message);
	*identity =
	    (struct identity) { text, mac, payload.id, payload.name, payload.email, payload.exp * MS_PER_SECOND };
	return TRUE;
}
