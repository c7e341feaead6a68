/*
 * The model: what a perfect desk would be like after everything that was sent to the real one.
 *
 * It knows no store, no JSON and no transactions: only who did what, and the rules of docs/protocol.md written down once more, by
 * hand. model_judge() says how a command must end, model_apply() what is so afterwards. The simulation compares both with the
 * desk after every step, so the model and the desk check each other.
 */
#pragma once

#include <stdbool.h>

#include "tests/kit/desk.h"

enum deed {
	START,
	SAY,
	NOTE,
	WHISPER,
	REOPEN,
	TAKE,
	RELEASE,
	HAND,
	INVITE,
	LEAVE,
	END,
	STATUS,
	ROLE,
	DISABLE,
	ENABLE,
	DEEDS
};
extern const char *const deed_commands[DEEDS]; /* their names in the command table */

enum kind { MESSAGE, A_NOTE, A_WHISPER, STARTED, TAKEN, RELEASED, HANDED, JOINED, LEFT, ENDED, REOPENED, A_FILE };
extern const char *const kind_names[]; /* as items carry them */

enum state { CLOSED, WAITING, OWNED };
extern const char *const state_names[];

struct talk;

#define TEAMS 2

struct team_model {
	int64_t id;
	const char *name;
};

/* A reader's place in a conversation. */
struct view {
	struct talk *talk;
	int64_t cursor;
};

#define VIEWS_MAX 4

struct actor_model {
	const struct kit_actor *who;
	char shown[KIT_NAME_BYTES]; /* its name as others see it; a visitor's may be another with each chat */
	unsigned number;
	bool is_visitor;
	enum role role;
	bool is_online, is_disabled, is_signed_in;
	bool has_seat;       /* until a round after they left */
	bool is_cut;         /* its link is down: nothing that it sends leaves its page */
	unsigned ids;        /* its own ids given so far */
	struct talk *talk;   /* a visitor's */
	GPtrArray *outbox;   /* letters that were not answered, oldest first */
	GPtrArray *answered; /* some that were */
	struct view views[VIEWS_MAX];
};

struct entry {
	enum kind kind;
	const struct actor_model *author; /* NULL: the desk itself */
	const struct actor_model *about;
	const struct team_model *team; /* of HANDED to a team */
	char *text;
	const char *id; /* the sender's own, or NULL */
	int64_t corrects, at;
};

struct reading_model {
	int64_t delivered, seen;
};

/* A conversation. entries[0] has seq 1. */
struct talk {
	char key[KEY_CHARS + 1]; /* "" until somebody was told */
	struct actor_model *visitor;
	GArray *entries;
	enum state state;
	struct actor_model *owner;
	struct actor_model *reader;       /* the owner of its newest chat, open or not: who sees for staff */
	struct reading_model readings[2]; /* of the visitor, of staff */
	const struct team_model *team;
	GPtrArray *guests; /* while it is owned */
	int64_t waiting_since, ended_at;
	unsigned chat; /* the number of its newest chat among all */
	unsigned chats;
	guint checked; /* entries that were compared with the store */
};

/* A command, as its sender keeps it. */
struct letter {
	enum deed deed;
	struct actor_model *from, *to; /* to: of HAND, INVITE, LEAVE (NULL: oneself), ROLE, DISABLE, ENABLE */
	const struct team_model *team; /* of HAND, instead of `to` */
	struct talk *talk;
	char *text; /* of HAND: its note */
	char *id;
	char *name; /* of START: the visitor's */
	int64_t corrects;
	enum role role;
	bool online;

	bool is_committed; /* the desk has it */
	int64_t committed_at;
	int64_t seq;      /* of what it added; of a changed chat its version */
	int64_t place;    /* of START, REOPEN: in the line */
	enum state state; /* of the chat afterwards */
	const struct actor_model *owner;
	const struct team_model *in_team;
	guint guests;
	char *answer; /* the first one that anybody has seen, or NULL */
};

struct model {
	GPtrArray *actors; /* of struct actor_model */
	GPtrArray *talks;
	unsigned waiting; /* chats in the line */
	struct team_model teams[TEAMS];
	int64_t now_ms; /* at which a letter is judged */
	unsigned chats;
};

struct verdict {
	bool is_done;
	enum error_kind kind; /* when not */
};

/* How the desk must answer this letter now. */
bool model_answers_customers(const struct actor_model *who);
struct verdict model_judge(const struct model *model, const struct letter *letter);

/* What a letter that is done changes. */
void model_apply(struct model *model, struct letter *letter, int64_t now_ms);

/* Somebody who may speak has sent a file. */
void model_sends_file(
    struct talk *talk, const struct actor_model *from, const char *name, const char *id, int64_t now_ms);

/* What the desk does by itself: chats whose owner cannot answer any more go back to the line, at most `max`. */
void model_rounds(struct model *model, unsigned max, int64_t now_ms);

/* Whether that actor may read the talk, and what it is answered when not. */
struct verdict model_may_read(const struct actor_model *who, const struct talk *talk);

/* Whether what happened there is shown to that actor. */
bool model_shows(const struct actor_model *who, const struct entry *entry);

/* Whether it is for staff only. */
bool model_is_internal(enum kind kind);

bool model_is_guest(const struct talk *talk, const struct actor_model *who);

unsigned model_owned(const struct model *model, const struct actor_model *who);

/* Its place in the waiting line, from 1; 0: it does not wait. */
int64_t model_place(const struct model *model, const struct talk *talk);

void letter_free(void *letter);

static inline struct entry *
talk_entry(const struct talk *talk, guint i)
{
	return &g_array_index(talk->entries, struct entry, i);
}
