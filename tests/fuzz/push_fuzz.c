/*
 * What a browser brings that wants to be told by push: an endpoint up to a newline, its key up to the next, then its secret. What is
 * accepted is kept as it came, is an address that the desk may post to, and can be sealed for or is seen to be no point of the curve;
 * what is refused says which of the three is to blame.
 */
#include <string.h>

#include "base/limits.h"
#include "desk/site/address.h"
#include "edge/push_seal.h"
#include "tests/fuzz/fuzz.h"
#include "tests/kit/desk.h"

struct browser {
	int64_t person;
	const char *endpoint;
};

static void
check_seal(const struct push_target *target)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GByteArray) body = NULL;
	struct push_draw draw;

	g_assert(target->p256dh.size == PUSH_POINT_BYTES && target->auth.size == PUSH_AUTH_BYTES);
	push_draw(&draw);
	body = push_seal(target->p256dh.data, target->auth.data, &draw, "{}", &error);
	g_assert(body != NULL || error_kind(error) == REFUSED_FIELD);
}

/* What was kept last. */
static gboolean
check_kept(struct tx *tx, void *data, GError **error)
{
	const struct browser *browser = data;
	struct push_person person;
	const struct push_target *target;
	const char *origin;

	if (!push_person(tx, browser->person, &person, error))
		return FALSE;
	g_assert_cmpuint(person.targets.count, ==, 1);
	target = &person.targets.rows[0];
	origin = address_origin_of(tx_memory(tx), target->endpoint);
	g_assert_cmpstr(target->endpoint, ==, browser->endpoint);
	g_assert(strlen(target->endpoint) <= LIMIT_PUSH_ENDPOINT_BYTES);
	g_assert(g_str_has_prefix(origin, "https://") || g_str_has_prefix(origin, "http://127.0.0.1"));
	check_seal(target);
	return TRUE;
}

static void
check_refused(const struct kit_answer *answer)
{
	static const char *const fields[] = { "endpoint", "p256dh", "auth", NULL };

	g_assert(answer->status == 400 || answer->status == 422);
	g_assert(g_strv_contains(fields, kit_text(answer, "field")));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct kit_desk *desk;
	static const struct kit_actor *ann;
	g_autofree char *given = g_strndup((const char *)bytes, size);
	/* Decoding lets nothing but UTF-8 through. */
	g_autofree char *text = g_utf8_make_valid(given, -1);
	g_auto(GStrv) parts = g_strsplit(text, "\n", 3);
	const struct kit_answer *answer;

	if (desk == NULL) {
		desk = kit_desk_begin(1);
		ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	}
	if (g_strv_length(parts) != 3)
		return 0;
	answer = kit_do(desk, ann, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint", parts[0], "p256dh", parts[1], "auth",
	    parts[2], "language", "en");
	if (answer->is_ok)
		kit_read(desk, check_kept, &(struct browser) { ann->person, parts[0] });
	else
		check_refused(answer);
	return 0;
}
