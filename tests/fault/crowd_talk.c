/*
 * See crowd_talk.h. Everything that arrives is compared with what arrived before.
 */
#include "crowd_talk.h"

#include "crowd_files.h"
#include "crowd_marks.h"

#include <string.h>

#include "base/clock.h"

#define ROUNDS_MAX 10000

void
participant_go_away(struct participant *participant)
{
	participant->way = WAY_NONE;
	participant->wire = NULL;
	participant->is_fed_up = false;
	participant->again_at =
	    clock_ticks_ns() + g_rand_int_range(participant->crowd->chance, 1, 40) * INT64_C(1000000);
}

/* Milliseconds of an RFC 3339 text; 0 for none. */
static int64_t
ms_of(const char *text)
{
	g_autoptr(GDateTime) time = text == NULL ? NULL : g_date_time_new_from_iso8601(text, NULL);

	return time == NULL ? 0 : g_date_time_to_unix(time) * 1000 + g_date_time_get_microsecond(time) / 1000;
}

static const char *
text_in(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static char *
text_of_item(const json_t *item)
{
	const json_t *author = json_object_get(item, "author");

	return crowd_item_text(text_in(item, "kind"), text_in(author, "kind"), text_in(author, "name"),
	    text_in(item, "text"), text_in(item, "caller_id"), ms_of(text_in(item, "at")));
}

/* Every copy of an item must say the same, to everybody and for ever. */
static void
compare(struct participant *participant, unsigned place, int64_t seq, const json_t *item)
{
	struct crowd *crowd = participant->crowd;
	char *key = g_strdup_printf("%u/%" G_GINT64_FORMAT, place, seq), *says = text_of_item(item);
	const char *before = g_hash_table_lookup(crowd->seen, key);

	if (before == NULL) {
		g_hash_table_insert(crowd->seen, key, says);
		return;
	}
	if (strcmp(before, says) != 0)
		crowd_fault(crowd, "item %s was “%s” and is “%s” to %s", key, before, says, participant->name);
	g_free(key);
	g_free(says);
}

static void
show(struct participant *participant, unsigned place, const json_t *item)
{
	struct view *view = &participant->views[place];
	gint64 seq = json_integer_value(json_object_get(item, "seq"));

	compare(participant, place, seq, item);
	if (!participant->is_staff && json_is_true(json_object_get(item, "internal")))
		crowd_fault(participant->crowd, "%s was shown an internal item", participant->name);
	if (seq <= view->cursor)
		return;
	if (participant->is_staff && seq != view->cursor + 1)
		crowd_fault(participant->crowd,
		    "%s was shown %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT " of conversation %u",
		    participant->name, seq, view->cursor, place);
	g_array_append_val(view->shown, seq);
	view->cursor = seq;
	participant->crowd->shown++;
}

/* The head that an answer gives: staff must have been shown everything up to it. */
static void
move_on(struct participant *participant, unsigned place, int64_t head)
{
	struct view *view = &participant->views[place];

	if (participant->is_staff && head > view->cursor)
		crowd_fault(participant->crowd,
		    "%s was told head %" G_GINT64_FORMAT " but shown only %" G_GINT64_FORMAT, participant->name, head,
		    view->cursor);
	view->cursor = MAX(view->cursor, head);
}

static void
watch(struct participant *participant, unsigned place)
{
	participant->unanswered++;
	wire_send_format(participant->wire,
	    "{\"do\":\"watch\",\"id\":\"watch-%04u\",\"conversation\":\"%s\",\"since\":%" G_GINT64_FORMAT "}", place,
	    participant->crowd->keys[place], participant->views[place].cursor);
}

static bool
is_move(const struct deed *deed)
{
	return deed->kind == DEED_HAND || deed->kind == DEED_TAKE;
}

static void
hand_over(struct deed *deed)
{
	struct crowd *crowd = deed->author->crowd;

	crowd->is_handing[deed->place] = false;
	if (deed->fate != FATE_DONE)
		return;
	crowd->owners[deed->place] = deed->to;
	if (deed->to == NULL)
		return;
	if (deed->to->views[deed->place].is_watched)
		return;
	deed->to->views[deed->place].is_watched = true;
	if (deed->to->way == WAY_SOCKET)
		watch(deed->to, deed->place);
}

static void
settle(struct deed *deed, enum fate fate, int64_t seq)
{
	struct crowd *crowd = deed->author->crowd;

	if (deed->fate == FATE_OPEN) {
		deed->fate = fate;
		deed->seq = seq;
		deed->order = ++crowd->answered;
		g_queue_remove(&deed->author->open, deed);
		if (is_move(deed))
			hand_over(deed);
		pen_is_done(deed);
	} else if (deed->fate != fate || deed->seq != seq) {
		crowd_fault(crowd,
		    "%s was answered %s with seq %" G_GINT64_FORMAT " and then %s with %" G_GINT64_FORMAT, deed->id,
		    deed->fate == FATE_DONE ? "ok" : "no", deed->seq, fate == FATE_DONE ? "ok" : "no", seq);
	}
}

void
deed_judge(struct deed *deed, int status, const json_t *answer)
{
	if (status >= 200 && status < 300)
		settle(deed, FATE_DONE, is_move(deed) ? 0 : json_integer_value(json_object_get(answer, "seq")));
	else if (status == 500 || status == 401)
		crowd_fault(deed->author->crowd, "%s was answered %d", deed->id, status);
	else if (status >= 400 && status < 500 && status != 429)
		settle(deed, FATE_REFUSED, 0);
}

static const char *const verbs[] = {
	[DEED_MESSAGE] = "message.send",
	[DEED_NOTE] = "note.add",
	[DEED_HAND] = "chat.transfer",
	[DEED_TAKE] = "chat.take",
};
static const char *const doors[] = {
	[DEED_MESSAGE] = "messages",
	[DEED_NOTE] = "notes",
	[DEED_HAND] = "transfer",
	[DEED_TAKE] = "take",
};

static json_t *
body_of(const struct deed *deed)
{
	json_t *body = json_pack("{s:s}", "id", deed->id);

	if (deed->kind == DEED_HAND && deed->to == NULL)
		json_object_set_new(body, "team", json_integer(deed->author->crowd->team));
	else if (deed->kind == DEED_HAND)
		json_object_set_new(body, "to", json_integer(deed->to->advisor.id));
	if (deed->text != NULL)
		json_object_set_new(body, deed->kind == DEED_HAND ? "note" : "text", json_string(deed->text));
	if (deed->draft > 0)
		json_object_set_new(body, "draft", json_integer(deed->draft));
	return body;
}

void
deed_send_http(struct deed *deed)
{
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/%s", deed->conversation, doors[deed->kind]);
	json_t *answer = NULL;
	int status;

	deed->sent++;
	deed->sent_at = clock_ticks_ns();
	status = http_call(&deed->author->http, "POST", path, body_of(deed), &answer);
	if (status != HTTP_CUT)
		deed_judge(deed, status, answer);
	else if (deed->author->way == WAY_POLL)
		participant_go_away(deed->author);
	json_decref(answer);
}

static void
deed_send_wire(struct deed *deed)
{
	json_t *body;
	char *text;

	if (deed->author->unanswered >= UNANSWERED_MAX)
		return;
	deed->author->unanswered++;
	body = body_of(deed);
	json_object_set_new(body, "do", json_string(verbs[deed->kind]));
	json_object_set_new(body, "conversation", json_string(deed->conversation));
	text = json_dumps(body, JSON_COMPACT);
	deed->sent++;
	deed->sent_at = clock_ticks_ns();
	wire_send(deed->author->wire, text, strlen(text));
	free(text);
	json_decref(body);
}

void
deed_send(struct deed *deed)
{
	if (deed->kind == DEED_FILE)
		file_send(deed);
	else if (deed->author->way == WAY_SOCKET)
		deed_send_wire(deed);
	else
		deed_send_http(deed);
}

void
wire_cut_after_sending(struct wire *wire)
{
	wire_flush(wire);
	wire_cut(wire);
}

static unsigned
place_of(const struct crowd *crowd, const char *key)
{
	unsigned place = 0;

	while (place < CONVERSATIONS && (key == NULL || strcmp(crowd->keys[place], key) != 0))
		place++;
	return place;
}

static void
hear_item(struct participant *participant, const json_t *event)
{
	unsigned place = place_of(participant->crowd, text_in(event, "conversation"));

	if (place == CONVERSATIONS || !participant->views[place].is_watched)
		crowd_fault(participant->crowd, "%s was sent an item of a conversation that they do not watch",
		    participant->name);
	else
		show(participant, place, json_object_get(event, "item"));
}

static void
hear_answer(struct participant *participant, const char *re, const json_t *message)
{
	const json_t *ok = json_object_get(message, "ok"), *problem = json_object_get(message, "problem");
	struct deed *deed = g_hash_table_lookup(participant->crowd->by_id, re);
	unsigned place;

	participant->unanswered--;
	if (deed != NULL)
		deed_judge(deed, ok != NULL ? 200 : (int)json_integer_value(json_object_get(problem, "status")), ok);
	else if (sscanf(re, "reading-%u", &place) == 1 && place < CONVERSATIONS)
		mark_answered(participant, place, (int)json_integer_value(json_object_get(problem, "status")), ok);
	else if (ok == NULL && json_integer_value(json_object_get(problem, "status")) == 503)
		participant->is_fed_up = true;
	else if (ok == NULL)
		crowd_fault(participant->crowd, "%s may not watch: %s", participant->name, text_in(problem, "detail"));
	else if (sscanf(re, "watch-%u", &place) == 1 && place < CONVERSATIONS)
		move_on(participant, place, json_integer_value(json_object_get(ok, "head")));
}

static void
on_text(struct wire *wire, const char *text, size_t size)
{
	struct participant *participant = wire->owner;
	json_t *message = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
	const char *re = text_in(message, "re"), *event = text_in(message, "event");

	if (message == NULL)
		crowd_fault(participant->crowd, "the desk sent what is not JSON: %.*s", (int)MIN(size, 200), text);
	else if (re != NULL)
		hear_answer(participant, re, message);
	else if (event != NULL && strcmp(event, "item.added") == 0)
		hear_item(participant, message);
	else if (event != NULL && strcmp(event, "reading.moved") == 0)
		mark_moved(participant, place_of(participant->crowd, text_in(message, "conversation")), message);
	json_decref(message);
}

static void
on_closed(struct wire *wire, unsigned code)
{
	struct participant *participant = wire->owner;

	if (code != 1006 && code != 1001 && code != 1000 && code != FRAME_TRY_LATER)
		crowd_fault(participant->crowd, "the socket of %s was closed with %u", participant->name, code);
	participant_go_away(participant);
}

void
crowd_hear(struct crowd *crowd)
{
	crowd->pool.text = on_text;
	crowd->pool.closed = on_closed;
}

bool
participant_poll(struct participant *participant, unsigned place)
{
	bool more = true;

	for (unsigned round = 0; more && round < ROUNDS_MAX; round++) {
		g_autofree char *path =
		    g_strdup_printf("/api/v1/conversations/%s/items?since=%" G_GINT64_FORMAT "&limit=200",
			participant->crowd->keys[place], participant->views[place].cursor);
		json_t *answer = NULL, *item;
		int status = http_call(&participant->http, "GET", path, NULL, &answer);
		size_t n;

		json_array_foreach(json_object_get(answer, "items"), n, item) show(participant, place, item);
		if (status == 200)
			move_on(participant, place, json_integer_value(json_object_get(answer, "head")));
		more = json_is_true(json_object_get(answer, "more"));
		json_decref(answer);
		if (status != 200) {
			if (status != HTTP_CUT && status != 503)
				crowd_fault(participant->crowd, "polling was answered %d", status);
			participant_go_away(participant);
			return false;
		}
	}
	return true;
}

static void
watch_all(struct participant *participant)
{
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		if (participant->views[place].is_watched)
			watch(participant, place);
}

bool
participant_connect(struct participant *participant, enum way way)
{
	if (way == WAY_POLL) {
		if (http_call(&participant->http, "GET", "/healthz", NULL, NULL) != 200)
			return false;
	} else {
		participant->wire = wire_open(&participant->crowd->pool, &participant->http, participant);
		if (participant->wire == NULL)
			return false;
		participant->unanswered = 0;
	}
	participant->way = way;
	if (way == WAY_SOCKET)
		watch_all(participant);
	return true;
}
