/* What the facts about people share: see people_facts.h. */
#include "tests/kit/people_facts.h"

#include <string.h>
#include <talloc.h>

#include "desk/people/people.h"
#include "desk/people/session.h"
#include "edge/call.h"
#include "edge/password.h"
#include "store/store.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

static void
heard(void *data, const struct event *event)
{
	struct fact_desk *desk = data;

	g_array_append_val(desk->told, event->kind);
}

struct fact_desk *
fact_desk_new(void)
{
	struct fact_desk *desk = g_new0(struct fact_desk, 1);
	g_autofree char *folder = fact_folder();
	struct store_settings settings = { .queries = &desk_queries, .is_forgetful = true };

	g_autofree char *path = g_build_filename(folder, "desk.db", NULL);

	settings.where = desk->where = database_desk(path);
	ASSERT_OK((desk->store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((desk->edge.crew = crew_direct(desk->store, &error)) != NULL);
	desk->clock = clock_by_hand(FACT_NOW);
	desk->told = g_array_new(FALSE, FALSE, sizeof(unsigned));
	desk->edge.clock = &desk->clock;
	desk->edge.base_url = g_strdup("https://desk.example");
	desk->edge.bus = bus_local_new();
	desk->edge.passwords = passwords_direct();
	bus_subscribe(desk->edge.bus, heard, desk);
	return desk;
}

static void
forget(struct fact_desk *desk)
{
	g_clear_pointer(&desk->type, g_free);
	g_clear_pointer(&desk->field, g_free);
	g_clear_pointer(&desk->detail, g_free);
	g_clear_pointer(&desk->cookie, g_free);
	g_clear_pointer(&desk->body, json_decref);
}

void
fact_desk_free(struct fact_desk *desk)
{
	forget(desk);
	crew_stop(desk->edge.crew);
	passwords_stop(desk->edge.passwords);
	bus_free(desk->edge.bus);
	store_close(desk->store);
	database_remove(desk->where);
	g_free(desk->where);
	g_array_free(desk->told, TRUE);
	g_free(desk->edge.base_url);
	g_free(desk);
}

static void
answered(struct call *call)
{
	struct fact_desk *desk = call->owner;

	desk->status = call->error == NULL ? 200 : error_row(error_kind(call->error))->status;
	desk->cookie = g_strdup(call->cookie);
	if (call->error == NULL) {
		desk->body = json_loads(call->json, 0, NULL);
		assert_non_null(desk->body);
		return;
	}
	desk->type = g_strdup(error_row(error_kind(call->error))->type);
	desk->field = g_strdup(error_field(call->error));
	desk->detail = g_strdup(call->error->message);
}

static void
send_body(struct fact_desk *desk, const struct fact_caller *caller, const char *command, json_t *body)
{
	const struct command *row = command_named(command);
	struct call *call;

	assert_non_null(row);
	forget(desk);
	desk->status = 0;
	call = call_new(&desk->edge, row);
	call->address = caller->address;
	call->agent = "Facts/1.0";
	call->owner = desk;
	call->answered = answered;
	if (caller->token[0] != '\0')
		call->credential =
		    (struct credential) { .kind = CREDENTIAL_TOKEN, .token = secret_digest_text(caller->token) };
	call_decode(call, body, NULL);
	call_start(call);
	json_decref(body);
	assert_int_not_equal(desk->status, 0);
}

int
fact_do(struct fact_desk *desk, const struct fact_caller *caller, const char *command, const char *format, ...)
{
	json_t *body = json_object();
	va_list arguments;

	if (format != NULL) {
		json_decref(body);
		va_start(arguments, format);
		body = json_vpack_ex(NULL, 0, format, arguments);
		va_end(arguments);
	}
	assert_non_null(body);
	send_body(desk, caller, command, body);
	return desk->status;
}

int
fact_sign_in(struct fact_desk *desk, const struct fact_caller *caller, const char *email, const char *password)
{
	return fact_do(desk, caller, "session.start", "{s:s,s:s}", "email", email, "password", password);
}

bool
fact_is_in(struct fact_desk *desk, const struct fact_caller *caller)
{
	return fact_do(desk, caller, "person.me", NULL) == 200;
}

static const json_t *
at_path(const struct fact_desk *desk, const char *path)
{
	g_auto(GStrv) names = g_strsplit(path, ".", -1);
	const json_t *at = desk->body;

	for (char **name = names; *name != NULL && at != NULL; name++)
		at = json_is_array(at) ? json_array_get(at, (size_t)g_ascii_strtoull(*name, NULL, 10))
				       : json_object_get(at, *name);
	return at;
}

const char *
fact_text(const struct fact_desk *desk, const char *path)
{
	return json_string_value(at_path(desk, path));
}

int64_t
fact_int(const struct fact_desk *desk, const char *path)
{
	const json_t *at = at_path(desk, path);

	return json_is_boolean(at) ? json_is_true(at) : json_is_integer(at) ? json_integer_value(at) : -1;
}

size_t
fact_rows(const struct fact_desk *desk, const char *list)
{
	const json_t *at = at_path(desk, list);

	assert_true(json_is_array(at));
	return json_array_size(at);
}

unsigned
fact_told(const struct fact_desk *desk, unsigned kind)
{
	unsigned count = 0;

	for (guint i = 0; i < desk->told->len; i++)
		count += g_array_index(desk->told, unsigned, i) == kind;
	return count;
}

const char *
fact_link_token(const struct fact_desk *desk)
{
	const char *link = fact_text(desk, "link");

	assert_non_null(link);
	assert_true(g_str_has_prefix(link, "https://desk.example/"));
	return strchr(link, '#') + 1;
}

/* ---- Behind the doors ---- */

struct change {
	struct work work; /* first */
	gboolean (*run)(struct tx *tx, void *data, GError **error);
	void *data;
};

static gboolean
change_run(struct tx *tx, struct work *work, GError **error)
{
	struct change *change = (struct change *)work;

	return change->run(tx, change->data, error);
}

static void
change_done(struct work *work)
{
	if (work->error != NULL)
		fail_msg("a change was refused: %s", work->error->message);
}

void
fact_change(struct fact_desk *desk, const struct actor *actor,
    gboolean (*run)(struct tx *tx, void *data, GError **error), void *data)
{
	static const struct actor system = { .kind = ACTOR_SYSTEM };
	struct change *change = talloc_zero(NULL, struct change);

	*change = (struct change) {
		.work = {
		    .memory = change,
		    .actor = actor == NULL ? &system : actor,
		    .now_ms = desk->clock.set_ms,
		    .run = change_run,
		    .done = change_done,
		},
		.run = run,
		.data = data,
	};
	secret_random(change->work.seed, sizeof change->work.seed);
	ASSERT_OK(crew_write(desk->edge.crew, &change->work, &error));
	talloc_free(change);
}

struct fact_caller
fact_stranger(const char *address)
{
	return (struct fact_caller) { .address = address };
}

struct hire {
	const char *email, *name;
	enum role role;
	const char *hash;
	struct fact_caller *caller;
};

static gboolean
begin(struct tx *tx, void *data, GError **error)
{
	struct fact_caller *caller = data;
	struct session_begun begun = { 0 };
	const struct session_place place = { caller->address, "Facts/1.0" };

	if (!session_begin(tx, caller->person, &place, &begun, error))
		return FALSE;
	caller->session = begun.person.session;
	g_strlcpy(caller->token, begun.cookie, sizeof caller->token);
	return TRUE;
}

static gboolean
hire(struct tx *tx, void *data, GError **error)
{
	struct hire *hire = data;
	const struct person_new person = { hire->email, hire->name, hire->role, hire->hash };

	return person_add(tx, &person, &hire->caller->person, error) && begin(tx, hire->caller, error);
}

/* Hashed once: it takes its time. */
static const char *
hash_of_password(void)
{
	static char hash[PASSWORD_HASH_BYTES];

	if (hash[0] == '\0')
		ASSERT_OK(secret_password_hash(FACT_PASSWORD, hash, &error));
	return hash;
}

struct fact_caller
fact_staff(struct fact_desk *desk, const char *name, enum role role)
{
	g_autofree char *email = g_strdup_printf("%s@desk.example", name);
	struct fact_caller caller = { .address = "192.0.2.1" };
	struct hire data = { email, name, role, hash_of_password(), &caller };

	fact_change(desk, NULL, hire, &data);
	return caller;
}

struct fact_caller
fact_again(struct fact_desk *desk, const struct fact_caller *person)
{
	struct fact_caller caller = { .address = person->address, .person = person->person };

	fact_change(desk, NULL, begin, &caller);
	return caller;
}

bool
fact_try(struct fact_desk *desk, const char *sql)
{
	g_autofree char *says = database_run(desk->where, sql);

	return says == NULL;
}

void
fact_tamper(struct fact_desk *desk, const char *sql)
{
	g_autofree char *says = database_run(desk->where, sql);

	if (says != NULL)
		fail_msg("%s: %s", sql, says);
}

#define NO_TRIGGERS                                                                                                    \
	"PRAGMA foreign_keys = OFF; DROP TRIGGER note_is_kept_update; DROP TRIGGER note_is_kept_delete; "              \
	"DROP TRIGGER audit_is_kept_update; DROP TRIGGER audit_is_kept_delete; DROP TRIGGER item_is_kept_update; "     \
	"DROP TRIGGER item_is_kept_delete; "

void
fact_attack(struct fact_desk *desk, const char *sql)
{
	g_autoptr(GString) attack = g_string_new(sql);

	if (database_is_server()) {
		g_string_replace(attack, "zeroblob(32)", "decode(repeat('00', 32), 'hex')", 0);
		g_string_replace(attack, "x'00'", "'\\x00'", 0);
		g_string_prepend(attack, "SET session_replication_role = replica; ");
	} else {
		g_string_prepend(attack, NO_TRIGGERS);
	}
	fact_tamper(desk, attack->str);
}

char *
fact_peek(struct fact_desk *desk, const char *sql)
{
	return database_ask(desk->where, sql);
}

bool
fact_files_hold(struct fact_desk *desk, const char *text)
{
	static const char *const ends[] = { "", "-wal" };
	bool holds = false;

	if (database_is_server()) {
		g_autofree char *all = fact_peek(desk, "SELECT schema_to_xml(current_schema(), true, false, '')::text");

		return strstr(all, text) != NULL;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path = g_strconcat(desk->where, ends[i], NULL), *bytes = NULL;
		gsize size;

		if (g_file_get_contents(path, &bytes, &size, NULL))
			holds = holds || memmem(bytes, size, text, strlen(text)) != NULL;
	}
	return holds;
}
