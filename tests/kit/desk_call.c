/* Actors and their commands: see desk.h. */
#include <string.h>
#include <talloc.h>

#include "desk/people/people.h"
#include "desk/people/session.h"
#include "edge/call.h"
#include "edge/problem.h"
#include "tests/kit/desk.h"
#include "tests/kit/desk_inside.h"

/* argon2id of KIT_PASSWORD, made once: hashing takes 13 ms each time. */
#define KIT_PASSWORD_HASH                                                                                              \
	"$argon2id$v=19$m=19456,t=2,p=1$aqZk4A5ecMBE/2cKLuMtJg$8mdMGgpDEncXevOGRoGt9DCPsR7wICGMm53hSnCm1qA"

/* ---- Actors ---- */

const struct kit_actor *
kit_administrator(const struct kit_desk *desk)
{
	return desk->administrator;
}

static struct kit_actor *
actor_new(struct kit_desk *desk, const char *name)
{
	struct kit_actor *who = g_new0(struct kit_actor, 1);

	g_strlcpy(who->name, name, sizeof who->name);
	g_ptr_array_add(desk->actors, who);
	return who;
}

const struct kit_actor *
kit_visitor(struct kit_desk *desk, const char *name)
{
	struct kit_actor *who = actor_new(desk, name);
	uint8_t seed[DIGEST_BYTES];

	kit_seed(desk, seed);
	who->credential.kind = CREDENTIAL_VISITOR;
	secret_key_from(seed, 0, who->credential.visitor);
	return who;
}

static void
has_session(struct kit_actor *who, const char *cookie, int64_t session)
{
	who->credential = (struct credential) { .kind = CREDENTIAL_SESSION, .session_id = session };
	who->session = session;
	who->cookie = secret_digest_text(cookie);
}

static gboolean
sign_in(struct tx *tx, void *data, GError **error)
{
	static const struct session_place place = { .address = "127.0.0.1", .agent = "kit" };
	struct kit_actor *who = data;
	struct session_begun begun = { 0 };

	if (!session_begin(tx, who->person, &place, &begun, error))
		return FALSE;
	has_session(who, begun.cookie, begun.person.session);
	return TRUE;
}

static gboolean
hire(struct tx *tx, void *data, GError **error)
{
	struct kit_actor *who = data;
	char *name = talloc_strdup(tx_memory(tx), who->name);
	struct person_new person = { .email = tx_text(tx, "%s@desk.example", who->name),
		.name = name,
		.role = who->role,
		.hash = KIT_PASSWORD_HASH };

	/* Addresses are lower case, names of people are not. */
	name[0] = g_ascii_toupper(name[0]);
	return person_add(tx, &person, &who->person, error) && sign_in(tx, who, error);
}

const struct kit_actor *
kit_staff(struct kit_desk *desk, const char *name, enum role role)
{
	struct kit_actor *who = actor_new(desk, name);

	who->role = role;
	kit_change(desk, hire, who);
	if (actor_may(&(struct actor) { .kind = ACTOR_PERSON, .role = role }, MAY_ANSWER) &&
	    !kit_do(desk, who, "seat.status", "{s:s}", "status", STATUS_ONLINE)->is_ok)
		kit_fail("%s cannot come online: %s", name, kit_text(&desk->answer, "detail"));
	return who;
}

void
kit_sign_in(struct kit_desk *desk, const struct kit_actor *who)
{
	kit_change(desk, sign_in, (struct kit_actor *)who);
}

/* Actors are the kit's own; callers see them as const. */
void
kit_comes_from(const struct kit_actor *who, const char *origin)
{
	((struct kit_actor *)who)->origin = origin;
}

void
kit_vanish(const struct kit_actor *who)
{
	((struct kit_actor *)who)->is_gone = true;
}

/* ---- Commands ---- */

void
kit_over_http(struct kit_desk *desk, bool is_http)
{
	desk->is_http = is_http;
}

void
kit_answer_clear(struct kit_answer *answer)
{
	json_decref(answer->body);
	g_free(answer->text);
	g_free(answer->cookie);
	*answer = (struct kit_answer) { 0 };
}

static void
answered(struct call *call)
{
	struct kit_answer *answer = call->owner;

	*answer = (struct kit_answer) { .is_answered = true, .is_ok = call->error == NULL, .status = 200 };
	answer->cookie = g_strdup(call->cookie);
	if (call->error != NULL) {
		answer->kind = error_kind(call->error);
		answer->status = error_row(answer->kind)->status;
		answer->body = problem_of(call->error);
	} else {
		answer->text = g_strdup(call->json);
		answer->body = json_loads(call->json, JSON_REJECT_DUPLICATES, NULL);
	}
	if (answer->body == NULL)
		kit_fail("%s was answered by what is no JSON: %s", call->command->name, call->json);
}

/* As it would stand in a path or a query string; NULL for what cannot. */
static const char *
as_text(void *memory, const json_t *value)
{
	if (json_is_string(value))
		return talloc_strndup(memory, json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return talloc_asprintf(memory, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return NULL;
}

/* Moves what belongs into path and query out of the body; the pairs end with NULL. */
static const char **
pairs_of(struct call *call, json_t *body)
{
	const char **pairs = talloc_zero_array(call_memory(call), const char *, 2 * json_object_size(body) + 1);
	size_t count = 0;

	for (const struct field *field = call->command->fields; field != NULL && field->type != FIELD_TYPE_END;
	     field++) {
		const char *text =
		    field->place == PLACE_BODY ? NULL : as_text(pairs, json_object_get(body, field->name));

		if (text == NULL)
			continue;
		pairs[count++] = field->name;
		pairs[count++] = text;
		json_object_del(body, field->name);
	}
	return pairs;
}

/* What would be the body of a command that takes bytes: a text in the JSON, or what was attached. */
static void
attach_bytes(struct kit_desk *desk, struct call *call, json_t *body)
{
	const struct field *field = command_bytes(call->command);
	const json_t *text = field == NULL ? NULL : json_object_get(body, field->name);

	if (json_is_string(text)) {
		call->bytes.size = json_string_length(text);
		call->bytes.data = talloc_strndup(call_memory(call), json_string_value(text), call->bytes.size);
		json_object_del(body, field->name);
	} else if (field != NULL && desk->attached.data != NULL) {
		call->bytes = desk->attached;
		call->bytes.data = talloc_memdup(call_memory(call), desk->attached.data, MAX(desk->attached.size, 1));
	}
	desk->attached = (struct bytes) { 0 };
}

void
kit_attach(struct kit_desk *desk, const void *data, size_t size)
{
	desk->attached = (struct bytes) { data, size };
}

void
kit_send(struct kit_desk *desk, const struct kit_actor *who, const char *name, json_t *body, struct kit_answer *answer)
{
	const struct command *command = command_named(name);

	if (command == NULL)
		kit_fail("there is no command %s", name);

	struct call *call = call_new(&desk->edge, command);
	bool is_socket = command->on_socket && !desk->is_http;

	kit_seed(desk, call->work.seed);
	call->credential = who->credential;
	if (!is_socket && who->session != 0)
		call->credential = (struct credential) { .kind = CREDENTIAL_TOKEN, .token = who->cookie };
	call->address = who->origin == NULL ? "127.0.0.1" : who->origin;
	call->agent = "kit";
	call->origin = who->origin;
	call->answered = answered;
	call->owner = answer;
	*answer = (struct kit_answer) { 0 };
	attach_bytes(desk, call, body);
	call_decode(call, body, is_socket ? NULL : pairs_of(call, body));
	json_decref(body);
	call_start(call);
}

const struct kit_answer *
kit_do(struct kit_desk *desk, const struct kit_actor *who, const char *command, const char *format, ...)
{
	json_error_t problem;
	json_t *body;
	va_list arguments;

	va_start(arguments, format);
	body = format == NULL ? json_object() : json_vpack_ex(&problem, 0, format, arguments);
	va_end(arguments);
	if (body == NULL)
		kit_fail("%s: %s", command, problem.text);
	kit_answer_clear(&desk->answer);
	kit_send(desk, who, command, body, &desk->answer);
	return &desk->answer;
}

const char *
kit_text(const struct kit_answer *answer, const char *field)
{
	const char *text = json_string_value(json_object_get(answer->body, field));

	return text == NULL ? "" : text;
}

int64_t
kit_int(const struct kit_answer *answer, const char *field)
{
	return json_integer_value(json_object_get(answer->body, field));
}

bool
kit_password_fits(void)
{
	return secret_password_matches(KIT_PASSWORD, KIT_PASSWORD_HASH);
}

const struct kit_answer *
kit_log_in(struct kit_desk *desk, const struct kit_actor *who)
{
	g_autofree char *email = g_strdup_printf("%s@desk.example", who->name);
	const struct kit_answer *answer =
	    kit_do(desk, who, "session.start", "{s:s, s:s}", "email", email, "password", KIT_PASSWORD);

	if (answer->is_ok)
		has_session((struct kit_actor *)who, answer->cookie,
		    json_integer_value(json_object_get(json_object_get(answer->body, "person"), "session")));
	return answer;
}
