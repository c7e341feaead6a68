/*
 * A play: one story under way, with its desk and its cast.
 *
 * A *member* of the cast is an actor of the kit together with what its page knows: the ids it gave, what was not answered yet
 * (its *outbox*), and per conversation the cursor and the items seen. Whoever "sees" reads one item after its own cursor, so
 * every story also proves that a reader can go on from anywhere. What was seen is compared with the whole log at the end (P7).
 */
#pragma once

#include <stdbool.h>

#include "tests/kit/desk.h"
#include "tests/stories/grammar.h"

/* A command as its sender keeps it until it is answered. */
struct letter {
	const char *command;
	json_t *body;
	char *answer; /* the first good one, or NULL */
};

struct view {
	char *conversation;
	int64_t cursor;
	GArray *seen; /* of int64_t: seqs */
};

struct member {
	char *name;
	const struct kit_actor *who;
	struct kit_actor known; /* who a visitor is once a site has named it */
	bool is_visitor, is_cut;
	unsigned ids;
	GPtrArray *letters; /* everything sent, oldest first */
	GPtrArray *outbox;  /* of those: not answered yet */
	GPtrArray *views;
	unsigned pushes; /* requests at the push service that were looked at */
};

/* What a line wants of its command. */
enum fate { FATE_DONE, FATE_REFUSED, FATE_LOST, FATE_UNANSWERED };

struct wish {
	enum fate fate;
	char *because; /* of a refusal: words that its detail must hold */
	int line;
};

/* A command of an `at once` block that waits for the commit. */
struct waiting {
	struct wish wish;
	struct member *member;
	struct letter *letter;
	struct kit_answer answer;
};

struct play {
	const char *file;
	int line;
	struct kit_desk *desk;
	GHashTable *cast;
	struct wish wish; /* of the line that is played */
	bool is_at_once;
	bool is_routed;          /* the desk offers chats after every line */
	unsigned calls;          /* for help, that no line has looked at */
	GPtrArray *waiting;      /* of an `at once` block */
	struct pushing *pushing; /* lines_push.c; NULL: nobody wants to be told */
	char *wrong;             /* what was expected and seen, with file:line; NULL: nothing yet */
};

/* Ends what tells browsers, before the desk ends. */
void play_hush(struct play *play);

struct play *play_begin(const char *file, int line);

/* Checks what is left behind. */
void play_end(struct play *play);
void play_free(struct play *play);

/* Notes the first thing that is wrong; always false. */
bool play_wrong(struct play *play, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Somebody of the cast, or NULL after play_wrong(). */
struct member *play_member(struct play *play, const char *name);
bool play_enters(struct play *play, const char *name, const char *role);

/* The id of the conversation of that visitor, as its own page learns it after a reload; NULL after play_wrong(). Interned. */
const char *play_conversation(struct play *play, const char *visitor);

/*
 * Sends a command in the member's name; `body` is taken over and gets an id where the command takes one. What the line wished
 * for is compared with the answer.
 */
bool play_send(struct play *play, struct member *member, const char *command, json_t *body);
bool play_send_again(struct play *play, struct member *member);
bool play_come_back(struct play *play, struct member *member);

/* An `at once` block begins, and ends. */
bool play_hold(struct play *play);
bool play_let_go(struct play *play);

/*
 * The next item that the member has not seen and not written itself, in a conversation; NULL where there is none, or after
 * play_wrong(). The caller gives it back with json_decref().
 */
json_t *play_next_item(struct play *play, struct member *member, const char *conversation);

/* Forgets what the member's page had drawn. */
void play_reload(struct member *member);

/* Plays one line; false after play_wrong(). The table of lines is in lines.c. */
bool line_play(struct play *play, char *line);

/* A kind of line that this text does not list, or NULL; the caller frees. */
char *line_missing_in(const char *readme);

/* Prints every kind of line with what it means. */
void line_print_grammar(void);
