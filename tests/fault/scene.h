/*
 * A scene: one chat on a desk whose disk fails, and an account of everything that was said in it.
 *
 * Whatever was acknowledged must be there afterwards, what was refused or failed must not, and what got no answer, or "uncertain", may
 * be either.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "cast.h"

#define THINGS_MAX 4000

enum thing_kind { THING_MESSAGE, THING_NOTE, THING_FILE };
enum told { TOLD_NOTHING, TOLD_DONE, TOLD_NO };

struct thing {
	enum thing_kind kind;
	bool by_staff;
	unsigned size; /* of its text or bytes, which follow from its number */
	char key[CAST_KEY_BYTES];
	enum told told;
	int64_t seq;
};

struct scene {
	struct trial trial;
	struct advisor administrator, advisor;
	struct http courier;
	struct visitor visitor;
	struct thing things[THINGS_MAX];
	unsigned count;
	int64_t draft, drafts; /* the number of the last one that was acknowledged (0: none), and that was tried */
	bool is_draft_unsure;  /* one in between may be there instead */
};

/* A desk with one advisor who has the chat of one visitor, running. What fails ends the program. */
void scene_open(struct scene *scene, const char *parent);
void scene_close(struct scene *scene);

/* The same scene on another desk, which has the data: its people ask there from now on. */
void scene_move(struct scene *scene, int port);

/* Says something new, or once more what got no answer; the HTTP status. A file comes in parts: the status of the last request. */
int scene_say(struct scene *scene, enum thing_kind kind, bool by_staff, unsigned size);
int scene_say_again(struct scene *scene, unsigned number);
int scene_draft(struct scene *scene);

/* Everything once over, until the desk is gone. Returns how many requests got a 2xx. */
unsigned scene_play(struct scene *scene);

/* Whether reads are answered: the log, a file. */
bool scene_can_read(struct scene *scene);

/* What the running desk has against the account; sentences go to `complaints`. */
void scene_compare(struct scene *scene, GPtrArray *complaints);
