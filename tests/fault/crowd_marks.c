/*
 * See crowd_marks.h.
 */
#include "crowd_marks.h"

#include <string.h>

/* ---- Receipts ---- */

static enum side
side_of(const struct participant *participant)
{
	return participant->is_staff ? SIDE_OF_STAFF : SIDE_OF_VISITOR;
}

/* On a server several writers answer at a time, so what was decided first may be told last: there the store alone is looked at. */
static void
tell(struct participant *participant, unsigned place, enum side side, const json_t *told)
{
	struct mark *mark = &participant->views[place].marks[side];
	struct mark now = { json_integer_value(json_object_get(told, "delivered")),
		json_integer_value(json_object_get(told, "seen")) };

	participant->crowd->told++;
	if (now.seen > now.delivered)
		crowd_fault(participant->crowd, "%s was told that more of %u was seen than delivered",
		    participant->name, place);
	if ((now.delivered < mark->delivered || now.seen < mark->seen) && participant->crowd->trial->server == NULL)
		crowd_fault(participant->crowd,
		    "%s was told that side %d of %u is at %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
		    " after %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
		    participant->name, (int)side, place, now.delivered, now.seen, mark->delivered, mark->seen);
	*mark = (struct mark) { MAX(mark->delivered, now.delivered), MAX(mark->seen, now.seen) };
}

static json_t *
body_of(const struct participant *participant, unsigned place, bool is_seen)
{
	int64_t cursor = participant->views[place].cursor;
	json_t *body = json_pack("{s:I}", "delivered", (json_int_t)cursor);

	if (is_seen)
		json_object_set_new(body, "seen", json_integer(cursor));
	return body;
}

static void
send_wire(struct participant *participant, unsigned place, json_t *body)
{
	char id[24], *text;

	g_snprintf(id, sizeof id, "reading-%04u", place);
	json_object_set_new(body, "do", json_string("reading.set"));
	json_object_set_new(body, "id", json_string(id));
	json_object_set_new(body, "conversation", json_string(participant->crowd->keys[place]));
	text = json_dumps(body, JSON_COMPACT);
	participant->unanswered++;
	wire_send(participant->wire, text, strlen(text));
	free(text);
	json_decref(body);
}

static void
send_http(struct participant *participant, unsigned place, json_t *body)
{
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/reading", participant->crowd->keys[place]);
	json_t *answer = NULL;
	int status = http_call(&participant->http, "POST", path, body, &answer);

	if (status == HTTP_CUT)
		participant_go_away(participant);
	else
		mark_answered(participant, place, status == 200 ? 0 : status, answer);
	json_decref(answer);
}

void
mark_send(struct participant *participant, unsigned place, bool is_seen)
{
	if (participant->views[place].cursor == 0)
		return;
	if (participant->way == WAY_SOCKET && participant->unanswered < UNANSWERED_MAX)
		send_wire(participant, place, body_of(participant, place, is_seen));
	else if (participant->way == WAY_POLL)
		send_http(participant, place, body_of(participant, place, is_seen));
}

void
mark_answered(struct participant *participant, unsigned place, int status, const json_t *ok)
{
	if (status == 0)
		tell(participant, place, side_of(participant), ok);
	else if (status != 503)
		crowd_fault(
		    participant->crowd, "a receipt of %s for %u was answered %d", participant->name, place, status);
}

void
mark_moved(struct participant *participant, unsigned place, const json_t *event)
{
	const char *side = json_string_value(json_object_get(event, "side"));

	if (place == CONVERSATIONS || !participant->views[place].is_watched)
		crowd_fault(participant->crowd, "%s was told of receipts that are not theirs", participant->name);
	else
		tell(participant, place, g_strcmp0(side, "staff") == 0 ? SIDE_OF_STAFF : SIDE_OF_VISITOR, event);
}

/* ---- Drafts ---- */

static void
set_text(char **at, char *text)
{
	g_free(*at);
	*at = text;
}

/* One save of `generation`; what came of it is in the pen. */
static void
save(struct participant *owner, unsigned place, int64_t generation, const char *text)
{
	struct pen *pen = &owner->pens[place];
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/draft", owner->crowd->keys[place]);
	json_t *answer = NULL;
	int status = http_call(&owner->http, "POST", path,
	    json_pack("{s:s, s:I, s:s}", "mode", "message", "generation", (json_int_t)generation, "text", text),
	    &answer);
	int64_t now = json_integer_value(json_object_get(answer, "generation"));
	const char *has = json_string_value(json_object_get(answer, "text"));

	if (status == HTTP_CUT || status == 503) {
		if (generation == pen->generation)
			set_text(&pen->maybe, g_strdup(text));
		if (owner->way == WAY_POLL && status == HTTP_CUT)
			participant_go_away(owner);
	} else if (status != 200) {
		crowd_fault(owner->crowd, "a draft of %s in %u was answered %d", owner->name, place, status);
	} else if (now == generation && now == pen->generation && g_strcmp0(has, text) == 0) {
		set_text(&pen->text, g_strdup(text));
		set_text(&pen->maybe, NULL);
	} else if (pen->sending == NULL && (now != pen->generation || generation == now || g_strcmp0(has, "") != 0)) {
		crowd_fault(owner->crowd,
		    "generation %" G_GINT64_FORMAT " was saved in %u by %s, and %" G_GINT64_FORMAT " is there: %s",
		    generation, place, owner->name, now, has == NULL ? "-" : has);
	}
	owner->crowd->drafts += status == 200 ? 1 : 0;
	json_decref(answer);
}

static void
compare(struct participant *owner, unsigned place, const json_t *draft)
{
	struct pen *pen = &owner->pens[place];
	int64_t generation = json_integer_value(json_object_get(draft, "generation"));
	const char *has = json_string_value(json_object_get(draft, "text"));
	bool is_text = g_strcmp0(has, pen->text == NULL ? "" : pen->text) == 0;
	bool is_maybe = pen->maybe != NULL && g_strcmp0(has, pen->maybe) == 0;

	if (draft == NULL ? pen->text != NULL || pen->generation > 1
			  : generation != pen->generation || (!is_text && !is_maybe))
		crowd_fault(owner->crowd,
		    "%s has draft %" G_GINT64_FORMAT " “%s” in %u; it was %" G_GINT64_FORMAT " “%s”, perhaps “%s”",
		    owner->name, generation, has == NULL ? "-" : has, place, pen->generation,
		    pen->text == NULL ? "" : pen->text, pen->maybe == NULL ? "" : pen->maybe);
	if (is_maybe)
		set_text(&pen->text, g_steal_pointer(&pen->maybe));
	set_text(&pen->maybe, NULL);
}

/* What the desk has, which is nothing but what it was given. */
static void
look(struct participant *owner, unsigned place)
{
	g_autofree char *path = g_strdup_printf("/api/v1/me/drafts?conversation=%s", owner->crowd->keys[place]);
	json_t *answer = NULL;
	int status = http_call(&owner->http, "GET", path, NULL, &answer);

	if (status == 200)
		compare(owner, place, json_array_get(json_object_get(answer, "drafts"), 0));
	else if (status == HTTP_CUT && owner->way == WAY_POLL)
		participant_go_away(owner);
	json_decref(answer);
}

void
pen_moves(struct participant *owner, unsigned place)
{
	struct pen *pen = &owner->pens[place];
	g_autofree char *text = g_strdup_printf("%s writes № %" G_GUINT64_FORMAT, owner->name, owner->crowd->drafts);

	if (owner->way == WAY_NONE)
		return;
	if (pen->generation == 0)
		pen->generation = 1;
	else if (pen->sending == NULL && (pen->maybe != NULL || owner->crowd->drafts % 2 == 0))
		look(owner, place);
	if (owner->way != WAY_NONE && pen->maybe == NULL)
		save(owner, place, pen->generation, text);
}

void
pen_becomes(struct participant *owner, struct deed *deed)
{
	struct pen *pen = &owner->pens[deed->place];

	if (pen->text == NULL || pen->sending != NULL)
		return;
	deed->draft = pen->generation;
	pen->sending = deed;
}

void
pen_is_done(struct deed *deed)
{
	struct pen *pen;

	if (deed->draft == 0)
		return;
	pen = &deed->author->pens[deed->place];
	pen->sending = NULL;
	if (deed->fate != FATE_DONE)
		return;
	pen->generation = deed->draft + 1;
	set_text(&pen->text, NULL);
	set_text(&pen->maybe, NULL);
	if (deed->author->way != WAY_NONE)
		save(deed->author, deed->place, deed->draft, "This comes too late.");
}

void
pens_clear(struct participant *participant)
{
	for (unsigned place = 0; place < CONVERSATIONS; place++) {
		g_free(participant->pens[place].text);
		g_free(participant->pens[place].maybe);
	}
}
