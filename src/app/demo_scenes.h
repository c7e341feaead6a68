/*
 * What is said on the demo desk: chats of a small mail-order house, as tables.
 *
 * A *scene* is one visitor's chat, a *step* what somebody does in it. The first step begins it. Pure data; demo_play.c plays it.
 */
#pragma once

#include <stddef.h>

#include "app/demo_desk.h"

enum deed {
	OVER, /* after the last step */
	ASK,  /* the visitor starts the chat with this text */
	FORM, /* or leaves a form */
	SAY,  /* and has seen what was said before */
	NOTE,
	WHISPER,
	TAKE,
	HAND,    /* to the team `number`, with a note */
	INVITE,  /* the colleague `number` */
	PICTURE, /* sends one, under this name */
	INVOICE,
	WALK,   /* the visitor goes to the page `text`, with the title `more` */
	GOT,    /* the page of who does it has what was said last */
	SEEN,   /* and they have looked at it */
	DRAFT,  /* begins to write; `more` is what: message, note */
	END,    /* staff: with the outcome `text`; `more` is what is owed */
	REOPEN, /* the visitor goes on */
	RATE,   /* with `number` of 5, and a comment */
	KEEP,   /* what was owed is done */
	BLOCK,  /* the visitor or the address (`text`), for `number` hours (0: for good), because of `more` */
};

struct step {
	enum deed deed;
	enum demo_who who;
	int after_seconds; /* the step before */
	const char *text, *more;
	int number;
};

struct scene {
	const char *name, *email, *topic, *page, *language; /* each may be NULL */
	const char *address, *agent;
	const char *label, *value; /* an answer to the site's own field, or NULL */
	enum demo_site site;
	int days_ago, at_minute; /* of the day, UTC; on day 0: so many minutes ago */
	struct step steps[20];
};

extern const struct scene demo_scenes[];
extern const size_t demo_scene_count;
