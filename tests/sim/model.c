/* The model: see model.h. */
#include "tests/sim/model.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"

const char *const deed_commands[DEEDS] = {
	[START] = "chat.start",
	[SAY] = "message.send",
	[NOTE] = "note.add",
	[WHISPER] = "whisper.add",
	[REOPEN] = "chat.reopen",
	[TAKE] = "chat.take",
	[RELEASE] = "chat.release",
	[HAND] = "chat.transfer",
	[INVITE] = "chat.invite",
	[LEAVE] = "chat.leave",
	[END] = "chat.end",
	[STATUS] = "seat.status",
	[ROLE] = "person.role",
	[DISABLE] = "person.disable",
	[ENABLE] = "person.enable",
};
const char *const kind_names[] = { "message", "note", "whisper", "started", "taken", "released", "handed", "joined",
	"left", "ended", "reopened", "file" };
const char *const state_names[] = { "closed", "waiting", "owned" };

static const struct verdict done = { .is_done = true };

static struct verdict
refused(enum error_kind kind)
{
	return (struct verdict) { .kind = kind };
}

bool
model_answers_customers(const struct actor_model *who)
{
	return !who->is_visitor && !who->is_disabled &&
	    (who->role == ROLE_ADMINISTRATOR || who->role == ROLE_LEAD || who->role == ROLE_ADVISOR ||
		who->role == ROLE_BACKUP);
}

static bool
leads(const struct actor_model *who)
{
	return !who->is_visitor && (who->role == ROLE_ADMINISTRATOR || who->role == ROLE_LEAD);
}

/* Whether this kind of actor may do such a thing at all. */
static bool
may(const struct actor_model *who, enum deed deed)
{
	switch (deed) {
	case START:
	case REOPEN:
		return who->is_visitor;
	case SAY:
	case END:
		return who->is_visitor || model_answers_customers(who);
	case NOTE:
	case WHISPER:
	case TAKE:
	case RELEASE:
	case HAND:
	case INVITE:
	case LEAVE:
		return model_answers_customers(who);
	case STATUS:
		return model_answers_customers(who);
	case ROLE:
	case DISABLE:
	case ENABLE:
		return !who->is_visitor && who->role == ROLE_ADMINISTRATOR;
	case DEEDS:
		break;
	}
	g_assert_not_reached();
}

unsigned
model_owned(const struct model *model, const struct actor_model *who)
{
	unsigned count = 0;

	for (guint i = 0; i < model->talks->len; i++) {
		const struct talk *talk = model->talks->pdata[i];

		count += talk->state == OWNED && talk->owner == who;
	}
	return count;
}

static bool
is_before(const struct talk *one, const struct talk *other)
{
	if (one->waiting_since != other->waiting_since)
		return one->waiting_since < other->waiting_since;
	return one->chat < other->chat;
}

int64_t
model_place(const struct model *model, const struct talk *talk)
{
	int64_t place = 1;

	if (talk == NULL || talk->state != WAITING)
		return 0;
	for (guint i = 0; i < model->talks->len; i++) {
		const struct talk *other = model->talks->pdata[i];

		place += other != talk && other->state == WAITING && is_before(other, talk);
	}
	return place;
}

struct verdict
model_may_read(const struct actor_model *who, const struct talk *talk)
{
	if (!who->is_visitor && !who->is_signed_in)
		return refused(REFUSED_SIGN_IN);
	if (!who->is_visitor && !model_answers_customers(who))
		return refused(REFUSED_PERMISSION);
	return who->is_visitor && talk->visitor != who ? refused(REFUSED_UNKNOWN) : done;
}

bool
model_shows(const struct actor_model *who, const struct entry *entry)
{
	return !who->is_visitor || !model_is_internal(entry->kind);
}

bool
model_is_internal(enum kind kind)
{
	return kind == A_NOTE || kind == A_WHISPER;
}

bool
model_is_guest(const struct talk *talk, const struct actor_model *who)
{
	return g_ptr_array_find(talk->guests, who, NULL);
}

static struct verdict
judge_start(const struct model *model, const struct letter *letter)
{
	const struct talk *talk = letter->from->talk;

	if ((talk != NULL && talk->state != CLOSED) || model->waiting >= LIMIT_WAITING_CHATS)
		return refused(REFUSED_STATE);
	return done;
}

static struct verdict
judge_say(const struct letter *letter)
{
	if (letter->talk->state == CLOSED)
		return refused(REFUSED_STATE);
	return letter->from->is_visitor || letter->talk->owner == letter->from ||
		model_is_guest(letter->talk, letter->from)
	    ? done
	    : refused(REFUSED_STATE);
}

static struct verdict
judge_note(const struct letter *letter)
{
	int64_t seq = letter->corrects;

	if (seq == 0)
		return done;
	if (seq > letter->talk->entries->len || talk_entry(letter->talk, (guint)seq - 1)->kind != A_NOTE)
		return refused(REFUSED_UNKNOWN);
	return done;
}

static struct verdict
judge_owner(const struct model *model, const struct actor_model *who)
{
	if (!model_answers_customers(who))
		return refused(REFUSED_UNKNOWN);
	return who->is_online && model_owned(model, who) < LIMIT_ADVISOR_CHATS ? done : refused(REFUSED_STATE);
}

static struct verdict
judge_take(const struct model *model, const struct letter *letter)
{
	if (letter->talk->state == OWNED)
		return letter->talk->owner == letter->from ? done : refused(REFUSED_STATE);
	return letter->talk->state == CLOSED ? refused(REFUSED_STATE) : judge_owner(model, letter->from);
}

static bool
is_mine_to_move(const struct letter *letter)
{
	return letter->talk->state != CLOSED && (leads(letter->from) || letter->talk->owner == letter->from);
}

static struct verdict
judge_hand(const struct model *model, const struct letter *letter)
{
	if (!is_mine_to_move(letter))
		return refused(REFUSED_STATE);
	if (letter->team != NULL)
		return letter->talk->state == WAITING && letter->talk->team == letter->team ? refused(REFUSED_STATE)
											    : done;
	return letter->talk->owner == letter->to ? refused(REFUSED_STATE) : judge_owner(model, letter->to);
}

static struct verdict
judge_whisper(const struct letter *letter)
{
	if (letter->talk->state == CLOSED)
		return refused(REFUSED_STATE);
	return leads(letter->from) || letter->talk->owner == letter->from || model_is_guest(letter->talk, letter->from)
	    ? done
	    : refused(REFUSED_STATE);
}

static struct verdict
judge_invite(const struct letter *letter)
{
	const struct talk *talk = letter->talk;

	if (!is_mine_to_move(letter) || talk->state != OWNED)
		return refused(REFUSED_STATE);
	if (model_is_guest(talk, letter->to))
		return done;
	if (talk->owner == letter->to)
		return refused(REFUSED_STATE);
	if (!model_answers_customers(letter->to))
		return refused(REFUSED_UNKNOWN);
	return letter->to->is_online && talk->guests->len < LIMIT_CHAT_GUESTS ? done : refused(REFUSED_STATE);
}

static const struct actor_model *
leaver_of(const struct letter *letter)
{
	return letter->to == NULL ? letter->from : letter->to;
}

static struct verdict
judge_leave(const struct letter *letter)
{
	const struct actor_model *who = leaver_of(letter);

	if (letter->talk->state == CLOSED || (who != letter->from && !is_mine_to_move(letter)))
		return refused(REFUSED_STATE);
	return model_is_guest(letter->talk, who) ? done : refused(REFUSED_STATE);
}

/* Back to the last owner, or into the line. */
static bool
is_back_to_owner(const struct model *model, const struct talk *talk)
{
	return talk->reader != NULL && judge_owner(model, talk->reader).is_done;
}

static struct verdict
judge_reopen(const struct model *model, const struct letter *letter)
{
	const struct talk *talk = letter->talk;

	if (talk->state != CLOSED)
		return done;
	if (model->now_ms > talk->ended_at + LIMIT_REOPEN_MINUTES * MS_PER_MINUTE)
		return refused(REFUSED_STATE);
	return is_back_to_owner(model, talk) || model->waiting < LIMIT_WAITING_CHATS ? done : refused(REFUSED_STATE);
}

static struct verdict
judge_end(const struct letter *letter)
{
	bool may_end = letter->talk->state == CLOSED || letter->from->is_visitor || is_mine_to_move(letter);

	return may_end ? done : refused(REFUSED_STATE);
}

/* The simulation leaves the only administrator alone. */
static struct verdict
judge_deed(const struct model *model, const struct letter *letter)
{
	switch (letter->deed) {
	case START:
		return judge_start(model, letter);
	case SAY:
		return judge_say(letter);
	case NOTE:
		return judge_note(letter);
	case WHISPER:
		return judge_whisper(letter);
	case REOPEN:
		return judge_reopen(model, letter);
	case INVITE:
		return judge_invite(letter);
	case LEAVE:
		return judge_leave(letter);
	case TAKE:
		return judge_take(model, letter);
	case RELEASE:
		return is_mine_to_move(letter) && letter->talk->state == OWNED ? done : refused(REFUSED_STATE);
	case HAND:
		return judge_hand(model, letter);
	case END:
		return judge_end(letter);
	case STATUS:
		return letter->online || letter->from->has_seat ? done : refused(REFUSED_STATE);
	default:
		return done;
	}
}

struct verdict
model_judge(const struct model *model, const struct letter *letter)
{
	const struct actor_model *from = letter->from;

	if (!from->is_visitor && !from->is_signed_in)
		return refused(REFUSED_SIGN_IN);
	if (!may(from, letter->deed))
		return refused(REFUSED_PERMISSION);
	if (letter->is_committed)
		return done;
	if (letter->talk != NULL && from->is_visitor && letter->talk->visitor != from)
		return refused(REFUSED_UNKNOWN);
	return judge_deed(model, letter);
}

/* ---- What changes ---- */

static void
add(struct letter *letter, enum kind kind, const struct actor_model *about, bool is_sent, int64_t now_ms)
{
	struct entry entry = {
		.kind = kind,
		.author = letter->from,
		.about = about,
		.text = is_sent ? g_strdup(letter->text) : NULL,
		.id = is_sent ? letter->id : NULL,
		.corrects = letter->corrects,
		.at = now_ms,
	};

	g_array_append_val(letter->talk->entries, entry);
}

static void
become(struct model *model, struct talk *talk, enum state state, struct actor_model *owner)
{
	model->waiting -= talk->state == WAITING;
	model->waiting += state == WAITING;
	talk->state = state;
	talk->owner = owner;
	if (state != CLOSED)
		talk->reader = owner;
	if (state == OWNED)
		g_ptr_array_remove(talk->guests, owner);
	else
		g_ptr_array_set_size(talk->guests, 0);
}

/* Since when the last of the line waits; -1: nobody does. */
static int64_t
newest_waiting_since(const struct model *model)
{
	int64_t newest = -1;

	for (guint i = 0; i < model->talks->len; i++) {
		const struct talk *talk = model->talks->pdata[i];

		if (talk->state == WAITING)
			newest = MAX(newest, talk->waiting_since);
	}
	return newest;
}

static struct talk *
talk_new(struct model *model, struct actor_model *visitor)
{
	struct talk *talk = g_new0(struct talk, 1);

	talk->visitor = visitor;
	talk->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	talk->guests = g_ptr_array_new();
	g_ptr_array_add(model->talks, talk);
	return visitor->talk = talk;
}

static void
apply_start(struct model *model, struct letter *letter, int64_t now_ms)
{
	struct talk *talk = letter->from->talk == NULL ? talk_new(model, letter->from) : letter->from->talk;

	letter->talk = talk;
	g_strlcpy(letter->from->shown, letter->name, sizeof letter->from->shown);
	talk->chat = model->chats++;
	talk->chats++;
	/* Behind everybody who waits, also where the clock was set back. */
	talk->waiting_since = MAX(now_ms, newest_waiting_since(model));
	talk->team = NULL;
	become(model, talk, WAITING, NULL);
	add(letter, STARTED, NULL, false, now_ms);
	if (letter->text != NULL)
		add(letter, MESSAGE, NULL, true, now_ms);
	letter->place = model_place(model, talk);
}

static void
apply_move(struct model *model, struct letter *letter, int64_t now_ms)
{
	struct talk *talk = letter->talk;

	if (letter->deed == END && talk->state != CLOSED) {
		talk->ended_at = now_ms;
		become(model, talk, CLOSED, NULL);
		add(letter, ENDED, NULL, false, now_ms);
	} else if (letter->deed == RELEASE) {
		become(model, talk, WAITING, NULL);
		add(letter, RELEASED, NULL, false, now_ms);
	} else if (letter->deed == TAKE && talk->owner != letter->from) {
		become(model, talk, OWNED, letter->from);
		add(letter, TAKEN, letter->from, false, now_ms);
	}
}

/* The note stands first. */
static void
apply_hand(struct model *model, struct letter *letter, int64_t now_ms)
{
	struct talk *talk = letter->talk;

	if (letter->text != NULL) {
		add(letter, A_NOTE, NULL, true, now_ms);
		talk_entry(talk, talk->entries->len - 1)->id = NULL;
	}
	if (letter->team != NULL) {
		talk->team = letter->team;
		become(model, talk, WAITING, NULL);
	} else {
		become(model, talk, OWNED, letter->to);
	}
	add(letter, HANDED, letter->to, false, now_ms);
	talk_entry(talk, talk->entries->len - 1)->team = letter->team;
}

static void
apply_guest(struct letter *letter, int64_t now_ms)
{
	GPtrArray *guests = letter->talk->guests;
	const struct actor_model *who = leaver_of(letter);

	if (letter->deed == LEAVE) {
		g_ptr_array_remove(guests, (gpointer)who);
		add(letter, LEFT, who, false, now_ms);
	} else if (!g_ptr_array_find(guests, who, NULL)) {
		g_ptr_array_add(guests, (gpointer)who);
		add(letter, JOINED, who, false, now_ms);
	}
}

static void
apply_reopen(struct model *model, struct letter *letter, int64_t now_ms)
{
	struct talk *talk = letter->talk;

	if (talk->state == CLOSED) {
		struct actor_model *owner = is_back_to_owner(model, talk) ? talk->reader : NULL;

		/* Behind those too who came in the same moment: their chats are newer than this one. */
		talk->waiting_since = MAX(now_ms, newest_waiting_since(model) + 1);
		become(model, talk, owner == NULL ? WAITING : OWNED, owner);
		add(letter, REOPENED, owner, false, now_ms);
	}
	letter->place = model_place(model, talk);
}

/* A change of what somebody may do ends their sessions; the seat goes in the next round. */
static void
sign_out(struct actor_model *who)
{
	who->is_signed_in = false;
}

static void
apply_person(struct letter *letter)
{
	struct actor_model *to = letter->to;

	switch (letter->deed) {
	case STATUS:
		letter->from->has_seat = true;
		letter->from->is_online = letter->online;
		break;
	case ROLE:
		if (to->role != letter->role)
			sign_out(to);
		to->role = letter->role;
		break;
	case DISABLE:
		to->is_disabled = true;
		sign_out(to);
		break;
	case ENABLE:
		to->is_disabled = false;
		break;
	default:
		g_assert_not_reached();
	}
}

void
model_apply(struct model *model, struct letter *letter, int64_t now_ms)
{
	if (letter->is_committed)
		return;
	letter->is_committed = true;
	letter->committed_at = now_ms;
	switch (letter->deed) {
	case START:
		apply_start(model, letter, now_ms);
		break;
	case SAY:
	case NOTE:
	case WHISPER:
		add(letter,
		    letter->deed == SAY        ? MESSAGE
			: letter->deed == NOTE ? A_NOTE
					       : A_WHISPER,
		    NULL, true, now_ms);
		break;
	case REOPEN:
		apply_reopen(model, letter, now_ms);
		break;
	case INVITE:
	case LEAVE:
		apply_guest(letter, now_ms);
		break;
	case HAND:
		apply_hand(model, letter, now_ms);
		break;
	case TAKE:
	case RELEASE:
	case END:
		apply_move(model, letter, now_ms);
		break;
	default:
		apply_person(letter);
		return;
	}
	letter->seq = letter->talk->entries->len;
	letter->state = letter->talk->state;
	letter->owner = letter->talk->owner;
	letter->in_team = letter->talk->team;
	letter->guests = letter->talk->guests->len;
}

void
model_sends_file(struct talk *talk, const struct actor_model *from, const char *name, const char *id, int64_t now_ms)
{
	struct entry entry = { .kind = A_FILE, .author = from, .text = g_strdup(name), .id = id, .at = now_ms };

	g_array_append_val(talk->entries, entry);
}

/* The oldest chat that somebody owns who cannot answer any more. */
static struct talk *
next_orphan(const struct model *model)
{
	struct talk *found = NULL;

	for (guint i = 0; i < model->talks->len; i++) {
		struct talk *talk = model->talks->pdata[i];

		if (talk->state == OWNED && !model_answers_customers(talk->owner) &&
		    (found == NULL || talk->chat < found->chat))
			found = talk;
	}
	return found;
}

/* The guest who cannot answer any more, of the oldest chat and in the order of people; their talk gets to `in`. */
static struct actor_model *
next_lost_guest(const struct model *model, struct talk **in)
{
	struct actor_model *found = NULL;

	for (guint i = 0; i < model->talks->len; i++) {
		struct talk *talk = model->talks->pdata[i];

		for (guint j = 0; j < talk->guests->len; j++) {
			struct actor_model *guest = talk->guests->pdata[j];

			if (model_answers_customers(guest) || (found != NULL && talk->chat > (*in)->chat) ||
			    (found != NULL && talk == *in && guest->who->person > found->who->person))
				continue;
			found = guest;
			*in = talk;
		}
	}
	return found;
}

static void
lost_guests_leave(struct model *model, unsigned max, int64_t now_ms)
{
	struct actor_model *guest;
	struct talk *talk = NULL;

	for (unsigned i = 0; i < max && (guest = next_lost_guest(model, &talk)) != NULL; i++) {
		struct entry entry = { .kind = LEFT, .about = guest, .at = now_ms };

		g_ptr_array_remove(talk->guests, guest);
		g_array_append_val(talk->entries, entry);
	}
}

static void
put_back(struct model *model, struct talk *talk, int64_t now_ms)
{
	struct entry entry = { .kind = RELEASED, .at = now_ms };

	become(model, talk, WAITING, NULL);
	g_array_append_val(talk->entries, entry);
}

/* Whoever has a seat and is signed in nowhere, or does not answer any more, gives up the chats and the seat. */
static void
seats_are_left(struct model *model, int64_t now_ms)
{
	for (guint i = 0; i < model->actors->len; i++) {
		struct actor_model *who = model->actors->pdata[i];

		if (!who->has_seat || (who->is_signed_in && model_answers_customers(who)))
			continue;
		who->has_seat = who->is_online = false;
		for (guint j = 0; j < model->talks->len; j++) {
			struct talk *talk = model->talks->pdata[j];

			if (talk->state == OWNED && talk->owner == who)
				put_back(model, talk, now_ms);
		}
	}
}

void
model_rounds(struct model *model, unsigned max, int64_t now_ms)
{
	struct talk *talk;
	unsigned i;

	seats_are_left(model, now_ms);
	for (i = 0; i < max && (talk = next_orphan(model)) != NULL; i++)
		put_back(model, talk, now_ms);
	lost_guests_leave(model, max - i, now_ms);
}

void
letter_free(void *data)
{
	struct letter *letter = data;

	g_free(letter->text);
	g_free(letter->id);
	g_free(letter->name);
	g_free(letter->answer);
	g_free(letter);
}
