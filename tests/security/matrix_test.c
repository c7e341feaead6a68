/*
 * Role x route: every command of the table, sent by everybody who could.
 *
 * Who may what is written down here once more, by hand and without looking at permissions.def, so that a row with the wrong
 * permission, or a permission with the wrong roles, shows. A new command without a row here makes the test fail.
 */
#include <string.h>

#include "tests/kit/desk.h"
#include "tests/kit/desk_sample.h"
#include "tests/kit/facts.h"

/* v a visitor; a advisor, l lead, b back-up, c consultant, p production team, A administrator; * anybody, signed in or not. */
static const struct row {
	const char *command;
	const char *may;
	const char *object; /* the field that names something, when not everybody may see each of them */
	enum error_kind
	    instead; /* what those who may are answered to a sample, when it is neither done nor a matter of state */
} rows[] = {
	{ "chat.start", "v", NULL, 0 },
	{ "chat.visit", "v", NULL, 0 },
	{ "chat.list", "albA", NULL, 0 },
	{ "chat.get", "albA", "conversation", 0 },
	{ "chat.take", "albA", "conversation", 0 },
	{ "chat.release", "albA", "conversation", 0 },
	{ "chat.transfer", "albA", "conversation", 0 },
	{ "chat.priority", "lA", "conversation", 0 },
	{ "offer.decline", "albA", "conversation", 0 },
	{ "routing.wall", "lA", NULL, 0 },
	{ "chat.invite", "albA", "conversation", 0 },
	{ "chat.leave", "albA", "conversation", 0 },
	{ "chat.end", "valbA", "conversation", 0 },
	{ "chat.reopen", "v", "conversation", 0 },
	{ "line.state", "*", NULL, 0 },
	{ "form.send", "v", NULL, 0 },
	{ "rating.give", "v", "conversation", 0 },
	{ "promise.list", "albA", NULL, 0 },
	{ "promise.keep", "albA", NULL, REFUSED_UNKNOWN },
	{ "block.add", "albA", "conversation", 0 },
	{ "block.list", "albA", NULL, 0 },
	{ "block.lift", "albA", NULL, REFUSED_UNKNOWN },
	{ "conversation.items", "valbA", "conversation", 0 },
	{ "message.send", "valbA", "conversation", 0 },
	{ "note.add", "albA", "conversation", 0 },
	{ "whisper.add", "albA", "conversation", 0 },
	{ "answer.list", "albA", NULL, 0 },
	{ "answer.add", "albA", NULL, 0 },
	{ "answer.change", "albA", "answer", REFUSED_UNKNOWN },
	{ "answer.archive", "albA", "answer", REFUSED_UNKNOWN },
	{ "file.start", "valbA", "conversation", 0 },
	{ "file.part", "valbA", "conversation", REFUSED_UNKNOWN }, /* nobody's but its sender's: file_test.c */
	{ "file.finish", "valbA", "conversation", REFUSED_UNKNOWN },
	{ "file.get", "valbA", "file", REFUSED_UNKNOWN },
	{ "reading.set", "valbA", "conversation", 0 },
	{ "draft.set", "albA", "conversation", 0 },
	{ "draft.list", "albA", NULL, 0 },
	{ "push.key", "albA", NULL, 0 },
	{ "push.add", "albA", NULL, 0 },
	{ "push.list", "albA", NULL, 0 },
	{ "push.remove", "albA", NULL, REFUSED_UNKNOWN }, /* nobody's but its owner's: push_test.c */
	{ "ticket.make", "*", NULL, 0 },                  /* nobody is told to become somebody: see below */
	{ "visitor.start", "*", NULL, 0 },
	{ "session.start", "*", NULL, REFUSED_SIGN_IN },
	{ "session.end", "albcpA", NULL, 0 },
	{ "session.list", "albcpA", NULL, 0 },
	{ "session.stop", "albcpA", "session", 0 },
	{ "person.password", "albcpA", NULL, 0 },
	{ "person.me", "albcpA", NULL, 0 },
	{ "person.list", "albA", NULL, 0 },
	{ "person.role", "A", "person", 0 },
	{ "person.disable", "A", "person", 0 },
	{ "person.enable", "A", "person", 0 },
	{ "invitation.make", "A", NULL, 0 },
	{ "invitation.list", "A", NULL, 0 },
	{ "invitation.withdraw", "A", "invitation", 0 },
	{ "invitation.accept", "*", NULL, REFUSED_UNKNOWN },
	{ "reset.make", "A", "person", 0 },
	{ "reset.use", "*", NULL, REFUSED_UNKNOWN },
	{ "visitor.identify", "*", "site", REFUSED_FIELD },
	{ "visitor.leave", "*", NULL, 0 },
	{ "trail.add", "v", NULL, 0 },
	{ "trail.list", "albA", "conversation", 0 },
	{ "team.list", "albA", NULL, 0 },
	{ "team.add", "lA", NULL, 0 },
	{ "team.change", "lA", "team", 0 },
	{ "team.archive", "lA", "team", 0 },
	{ "pool.list", "albA", NULL, 0 },
	{ "pool.add", "lA", NULL, 0 },
	{ "pool.change", "lA", NULL, 0 },
	{ "pool.remove", "lA", NULL, 0 },
	{ "seat.status", "albA", NULL, 0 },
	{ "seat.free", "lA", "person", 0 },
	{ "seat.board", "albA", NULL, 0 },
	{ "seat.log", "lA", NULL, 0 },
	{ "person.abilities", "lA", "person", 0 },
	{ "person.abilities_change", "lA", "person", 0 },
	{ "site.list", "lA", NULL, 0 },
	{ "site.get", "lA", "site", 0 },
	{ "site.add", "A", NULL, 0 },
	{ "site.change", "A", "site", 0 },
	{ "site.archive", "A", "site", 0 },
	{ "site.own", "A", "site", 0 },
	{ "site.secret", "A", "site", 0 },
	{ "site.seen", "*", "site", 0 },
	{ "site.widget", "*", "site", 0 },
	{ "shift.list", "albA", NULL, 0 },
	{ "shift.add", "lA", "person", 0 },
	{ "shift.change", "lA", NULL, REFUSED_UNKNOWN },
	{ "shift.remove", "lA", NULL, REFUSED_UNKNOWN },
	{ "shift.except", "lA", "person", 0 },
	{ "shift.change_day", "lA", NULL, REFUSED_UNKNOWN },
	{ "shift.exception_change", "lA", NULL, REFUSED_UNKNOWN },
	{ "shift.exception_remove", "lA", NULL, REFUSED_UNKNOWN },
	{ "shift.coverage", "albA", NULL, 0 },
	{ "shift.export", "albA", NULL, 0 },
	{ "shift.import", "lA", "person", 0 },
	{ "holiday.list", "albA", NULL, 0 },
	{ "holiday.set", "lA", NULL, 0 },
	{ "holiday.remove", "lA", NULL, 0 },
	{ "desk.open", "*", NULL, REFUSED_UNKNOWN },
	{ "setting.get", "*", NULL, 0 },
	{ "setting.list", "albA", NULL, 0 },
	{ "setting.change", "A", NULL, 0 },
	{ "audit.list", "lA", NULL, 0 },
	{ "status.get", "A", NULL, 0 },
	{ "health.check", "*", NULL, 0 },
};

enum who {
	ANONYMOUS,
	OWNER,
	STRANGER,
	ADVISOR,
	LEAD,
	BACKUP,
	CONSULTANT,
	PRODUCTION,
	ADMINISTRATOR,
	DISABLED,
	ENDED,
	WHOS
};

static const struct {
	const char *name;
	char letter; /* 0: as good as nobody */
	enum role role;
} whos[WHOS] = {
	[ANONYMOUS] = { "anonymous", 0, ROLE_NONE },
	[OWNER] = { "owner", 'v', ROLE_NONE },
	[STRANGER] = { "stranger", 'v', ROLE_NONE },
	[ADVISOR] = { "advisor", 'a', ROLE_ADVISOR },
	[LEAD] = { "lead", 'l', ROLE_LEAD },
	[BACKUP] = { "backup", 'b', ROLE_BACKUP },
	[CONSULTANT] = { "consultant", 'c', ROLE_CONSULTANT },
	[PRODUCTION] = { "production", 'p', ROLE_PRODUCTION },
	[ADMINISTRATOR] = { "administrator", 'A', ROLE_ADMINISTRATOR },
	[DISABLED] = { "disabled", 0, ROLE_LEAD },
	[ENDED] = { "ended", 0, ROLE_LEAD },
};

static const struct row *
row_of(const char *command)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(rows[i].command, command) == 0)
			return &rows[i];
	}
	return NULL;
}

/* ---- One cell: somebody sends something on a desk where everything is there to be seen ---- */

struct cell {
	struct kit_desk *desk;
	const struct kit_actor *actor;
	struct sample sample;
	char *conversation, *site;
};

static const struct kit_actor *
actor_of(struct kit_desk *desk, const char *name, enum who who, const struct kit_actor *owner)
{
	const struct kit_actor *ada = kit_administrator(desk), *actor;

	if (who == ANONYMOUS)
		return &kit_nobody;
	if (who == OWNER)
		return owner;
	if (who == STRANGER)
		return kit_visitor(desk, "stranger");
	actor = kit_staff(desk, name, whos[who].role);
	if (who == DISABLED)
		assert_true(kit_do(desk, ada, "person.disable", "{s:I}", "person", (json_int_t)actor->person)->is_ok);
	if (who == ENDED)
		assert_true(kit_do(desk, actor, "session.end", NULL)->is_ok);
	return actor;
}

static int64_t
newest_invitation(struct kit_desk *desk)
{
	const struct kit_answer *answer = kit_do(desk, kit_administrator(desk), "invitation.list", NULL);
	const json_t *row = json_array_get(json_object_get(answer->body, "invitations"), 0);

	return json_integer_value(json_object_get(row, "invitation"));
}

static char *
new_site(struct kit_desk *desk, unsigned number)
{
	g_autofree char *id = g_strdup_printf("site-%04u", number);

	return g_strdup(kit_text(kit_do(desk, kit_administrator(desk), "site.add", "{s:s, s:s, s:s}", "id", id, "name",
				     "Shop", "language", "en"),
	    "site"));
}

static int64_t
new_team(struct kit_desk *desk, unsigned number)
{
	g_autofree char *id = g_strdup_printf("team-%04u", number);

	return kit_int(
	    kit_do(desk, kit_administrator(desk), "team.add", "{s:s, s:s}", "id", id, "name", "Lamps"), "id");
}

/* A waiting chat with a note, a colleague, an invitation, and the one who will ask. */
static void
cell_begin(struct cell *cell, struct kit_desk *desk, enum who who)
{
	static unsigned number;
	g_autofree char *email = g_strdup_printf("new-%u@desk.example", ++number);
	g_autofree char *colleague = g_strdup_printf("colleague-%u", number);
	g_autofree char *name = g_strdup_printf("%s-%u", whos[who].name, number);
	const struct kit_actor *owner = kit_visitor(desk, "owner"), *ada = kit_administrator(desk);

	*cell = (struct cell) { .desk = desk, .sample = { .id = "matrix-0001" } };
	cell->conversation = g_strdup(kit_text(
	    kit_do(desk, owner, "chat.start", "{s:s, s:s}", "id", "start-0001", "text", "Hello"), "conversation"));
	cell->sample.conversation = cell->conversation;
	assert_true(kit_do(desk, ada, "note.add", "{s:s, s:s, s:s}", "conversation", cell->conversation, "id",
	    "note-0001", "text", "INSIDE")
			->is_ok);
	cell->sample.person = kit_staff(desk, colleague, ROLE_ADVISOR)->person;
	assert_true(
	    kit_do(desk, ada, "invitation.make", "{s:s, s:s, s:s}", "email", email, "name", "New", "role", "advisor")
		->is_ok);
	cell->sample.invitation = newest_invitation(desk);
	cell->site = new_site(desk, number);
	cell->sample.site = cell->site;
	cell->sample.team = new_team(desk, number);
	cell->actor = actor_of(desk, name, who, owner);
	cell->sample.session = cell->actor->session;
}

static void
cell_end(struct cell *cell)
{
	g_free(cell->conversation);
	g_free(cell->site);
}

static void
cell_send(struct cell *cell, const struct command *command, struct kit_answer *answer)
{
	kit_send(cell->desk, cell->actor, command->name, sample_body(command, &cell->sample), answer);
}

/* Whether that somebody may send such a command at all. */
static bool
may(const struct row *row, enum who who)
{
	if (*row->may == '*')
		return true;
	return whos[who].letter != 0 && strchr(row->may, whos[who].letter) != NULL;
}

/* Whether the sample's object is there for that somebody: a stranger sees nobody else's conversation. */
static bool
sees(const struct row *row, enum who who)
{
	return g_strcmp0(row->object, "conversation") != 0 || who != STRANGER;
}

/* How it must end; REFUSED_STATE stands for "done, or a matter of state". */
static enum error_kind
expected(const struct row *row, enum who who)
{
	if (!may(row, who))
		return whos[who].letter == 0 ? REFUSED_SIGN_IN : REFUSED_PERMISSION;
	if (strcmp(row->command, "ticket.make") == 0 && whos[who].letter == 0)
		return REFUSED_SIGN_IN;
	if (!sees(row, who))
		return REFUSED_UNKNOWN;
	return row->instead == 0 ? REFUSED_STATE : row->instead;
}

static void
check_cell(struct kit_desk *desk, const struct row *row, const struct command *command, enum who who)
{
	enum error_kind wanted = expected(row, who);
	struct kit_answer answer;
	struct cell cell;

	cell_begin(&cell, desk, who);
	cell_send(&cell, command, &answer);
	if (!(wanted == REFUSED_STATE && answer.is_ok) && (answer.is_ok || answer.kind != wanted))
		fail_msg("%s by %s: wanted %s, seen %s: %s", command->name, whos[who].name,
		    wanted == REFUSED_STATE ? "done or state" : error_row(wanted)->type,
		    answer.is_ok ? "done" : error_row(answer.kind)->type,
		    answer.is_ok ? answer.text : kit_text(&answer, "detail"));
	kit_answer_clear(&answer);
	cell_end(&cell);
}

static void
check_command(const struct command *command, void *data)
{
	const struct row *row = row_of(command->name);

	(void)data;
	if (row == NULL)
		fail_msg("%s has no row here: write down who may send it, before it is released", command->name);

	struct kit_desk *desk = kit_desk_begin(1);

	for (enum who who = 0; who < WHOS; who++)
		check_cell(desk, row, command, who);
	kit_desk_end(desk);
}

TEST(every_command_is_for_those_who_are_written_down_here_and_for_nobody_else)
{
	sample_each_command(check_command, NULL);
}

TEST(every_row_here_is_a_command)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (command_named(rows[i].command) == NULL)
			fail_msg("%s is no command any more", rows[i].command);
	}
}

/* ---- What one may not see is answered as if it were not there ---- */

/* The whole problem that the cell's actor is answered with. */
static char *
problem_of_sample(struct cell *cell, const struct command *command)
{
	struct kit_answer answer;
	char *problem;

	cell_send(cell, command, &answer);
	if (answer.is_ok || answer.kind != REFUSED_UNKNOWN)
		fail_msg("%s was answered %d: %s", command->name, answer.status, kit_text(&answer, "detail"));
	problem = json_dumps(answer.body, JSON_SORT_KEYS);
	kit_answer_clear(&answer);
	return problem;
}

static void
compare_unseen(const struct command *command, void *data)
{
	const struct row *row = row_of(command->name);
	struct kit_desk *desk;
	struct cell cell;

	(void)data;
	if (row == NULL || g_strcmp0(row->object, "conversation") != 0 || !may(row, STRANGER))
		return;
	desk = kit_desk_begin(1);
	cell_begin(&cell, desk, STRANGER);

	g_autofree char *forbidden = problem_of_sample(&cell, command);

	cell.sample.conversation = "AAAAAAAAAAAAAAAAAAAAAA";

	g_autofree char *unknown = problem_of_sample(&cell, command);

	assert_string_equal(forbidden, unknown);
	cell_end(&cell);
	kit_desk_end(desk);
}

TEST(anothers_conversation_and_none_are_the_same_problem)
{
	sample_each_command(compare_unseen, NULL);
}

static void
check_unknown(const struct command *command, void *data)
{
	const struct row *row = row_of(command->name);

	struct kit_desk *desk;

	(void)data;
	if (row == NULL || row->object == NULL)
		return;
	desk = kit_desk_begin(1);
	for (enum who who = OWNER; who <= ADMINISTRATOR; who++) {
		struct cell cell;

		if (!may(row, who))
			continue;
		cell_begin(&cell, desk, who);
		cell.sample.conversation = "AAAAAAAAAAAAAAAAAAAAAA";
		cell.sample.person = cell.sample.session = cell.sample.invitation = cell.sample.team = 999999;
		cell.sample.site = "AAAAAAAAAAAAAAAAAAAAAA";
		g_free(problem_of_sample(&cell, command));
		cell_end(&cell);
	}
	kit_desk_end(desk);
}

TEST(what_is_not_there_is_unknown_to_everybody)
{
	sample_each_command(check_unknown, NULL);
}

TEST(a_session_of_somebody_else_and_none_are_the_same_problem)
{
	struct kit_desk *desk = kit_desk_begin(1);
	struct cell cell;

	cell_begin(&cell, desk, ADVISOR);
	cell.sample.session = kit_administrator(desk)->session;

	g_autofree char *anothers = problem_of_sample(&cell, command_named("session.stop"));

	cell.sample.session = 999999;

	g_autofree char *none = problem_of_sample(&cell, command_named("session.stop"));

	assert_string_equal(anothers, none);
	assert_true(kit_do(desk, kit_administrator(desk), "person.me", NULL)->is_ok);
	cell_end(&cell);
	kit_desk_end(desk);
}

/* A wrong field is told only to those who may send the command. */
static void
check_silence(const struct command *command, void *data)
{
	const struct row *row = row_of(command->name);

	struct kit_desk *desk = kit_desk_begin(1);

	(void)data;
	for (enum who who = 0; row != NULL && who < WHOS; who++) {
		struct kit_answer answer;
		struct cell cell;

		if (may(row, who))
			continue;
		cell_begin(&cell, desk, who);
		kit_send(cell.desk, cell.actor, command->name, json_pack("{s:i}", "surprise", 1), &answer);
		if (answer.kind != expected(row, who) || json_object_get(answer.body, "field") != NULL)
			fail_msg("%s tells %s about its fields", command->name, whos[who].name);
		kit_answer_clear(&answer);
		cell_end(&cell);
	}
	kit_desk_end(desk);
}

TEST(who_may_not_send_a_command_learns_nothing_of_its_fields)
{
	sample_each_command(check_silence, NULL);
}

/* ---- The end of a session is the end ---- */

TEST(the_cookie_of_a_session_that_ended_or_of_a_disabled_person_is_worth_nothing)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ann = kit_staff(desk, "ann", ROLE_ADVISOR), *ben = kit_staff(desk, "ben", ROLE_ADVISOR);

	kit_over_http(desk, true);
	assert_true(kit_log_in(desk, ann)->is_ok);
	assert_true(kit_log_in(desk, ben)->is_ok);
	assert_true(kit_do(desk, ann, "person.me", NULL)->is_ok);
	assert_true(kit_do(desk, ann, "session.end", NULL)->is_ok);
	assert_int_equal(kit_do(desk, ann, "person.me", NULL)->status, 401);
	assert_true(
	    kit_do(desk, kit_administrator(desk), "person.disable", "{s:I}", "person", (json_int_t)ben->person)->is_ok);
	assert_int_equal(kit_do(desk, ben, "person.me", NULL)->status, 401);
	kit_desk_end(desk);
}
