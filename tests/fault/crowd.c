/*
 * See crowd.h. Who acts and what they want is here; how it is sent and what comes back is in crowd_talk.c.
 */
#include "crowd_files.h"
#include "crowd_marks.h"
#include "crowd_talk.h"

#include <string.h>

#include "base/clock.h"

#define AGAIN_NS       INT64_C(1000000000) /* what was not answered for so long is sent again */
#define TOO_LONG_BYTES 16385               /* one more than a message may have */

void
crowd_fault(struct crowd *crowd, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(crowd->faults, g_strdup_vprintf(format, args));
	va_end(args);
}

char *
crowd_item_text(
    const char *kind, const char *author_kind, const char *author, const char *text, const char *caller_id, int64_t at)
{
	return g_strdup_printf("%s by %s %s at %" G_GINT64_FORMAT " as %s: %s", kind, author_kind,
	    author == NULL ? "-" : author, at, caller_id == NULL ? "-" : caller_id, text == NULL ? "-" : text);
}

static bool
happens(struct crowd *crowd, unsigned percent)
{
	return (unsigned)g_rand_int_range(crowd->chance, 0, 100) < percent;
}

static unsigned
pick(struct crowd *crowd, unsigned count)
{
	return (unsigned)g_rand_int_range(crowd->chance, 0, (gint32)count);
}

static void
join(struct crowd *crowd, struct participant *participant, bool is_staff, const char *name)
{
	*participant = (struct participant) { .crowd = crowd, .is_staff = is_staff, .name = name };
	g_queue_init(&participant->open);
	http_init(&participant->http, crowd->trial->port);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		participant->views[place].shown = g_array_new(FALSE, FALSE, sizeof(gint64));
}

static void
join_advisor(struct crowd *crowd, unsigned n)
{
	struct participant *participant = &crowd->participants[n];

	join(crowd, participant, true, g_strdup_printf("Advisor %u", n));
	cast_advisor(crowd->trial, &crowd->administrator, n, &participant->advisor);
	participant->http.cookie = g_strdup(participant->advisor.http.cookie);
}

static void
join_visitor(struct crowd *crowd, unsigned place)
{
	struct participant *participant = &crowd->participants[ADVISORS + place],
			   *owner = &crowd->participants[place % ADVISORS];

	join(crowd, participant, false, g_strdup_printf("Vera %u", place));
	cast_visitor(&participant->http, place, &participant->visitor);
	cast_take(&owner->advisor, participant->visitor.conversation);
	crowd->keys[place] = participant->visitor.conversation;
	crowd->owners[place] = owner;
	owner->views[place].is_watched = true;
	participant->views[place].is_watched = true;
}

/* Everybody is in it, so that whoever comes may take what waits for it. */
static void
make_team(struct crowd *crowd)
{
	json_t *members = json_array(), *team;

	for (unsigned n = 0; n < ADVISORS; n++)
		json_array_append_new(members, json_integer(crowd->participants[n].advisor.id));
	team = http_must(&crowd->administrator.http, "POST", "/api/v1/teams",
	    json_pack("{s:s, s:s, s:o}", "id", "the-team", "name", "Lamps", "members", members));
	crowd->team = json_integer_value(json_object_get(team, "id"));
	json_decref(team);
}

void
crowd_open(struct crowd *crowd, struct trial *trial, uv_loop_t *loop, guint32 seed)
{
	memset(crowd, 0, sizeof *crowd);
	crowd->trial = trial;
	crowd->loop = loop;
	crowd->chance = g_rand_new_with_seed(seed);
	crowd->deeds = g_ptr_array_new();
	crowd->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	crowd->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	crowd->faults = g_ptr_array_new_with_free_func(g_free);
	crowd->unread = g_ptr_array_new_with_free_func(g_free);
	loop->data = crowd;
	pool_init(&crowd->pool, loop);
	crowd_hear(crowd);
	cast_administrator(trial, &crowd->administrator);
	for (unsigned n = 0; n < ADVISORS; n++)
		join_advisor(crowd, n);
	make_team(crowd);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		join_visitor(crowd, place);
}

static void
leave(struct participant *participant)
{
	g_queue_clear(&participant->open);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		g_array_unref(participant->views[place].shown);
	pens_clear(participant);
	http_clear(&participant->http);
	if (participant->is_staff)
		cast_advisor_clear(&participant->advisor);
	else
		cast_visitor_clear(&participant->visitor);
	g_free((char *)participant->name);
}

void
crowd_close(struct crowd *crowd)
{
	for (unsigned n = 0; n < PARTICIPANTS; n++)
		leave(&crowd->participants[n]);
	for (unsigned n = 0; n < crowd->deeds->len; n++) {
		struct deed *deed = g_ptr_array_index(crowd->deeds, n);

		g_free(deed->text);
		g_free(deed);
	}
	cast_advisor_clear(&crowd->administrator);
	g_ptr_array_unref(crowd->deeds);
	g_ptr_array_unref(crowd->faults);
	g_ptr_array_unref(crowd->unread);
	g_hash_table_unref(crowd->by_id);
	g_hash_table_unref(crowd->seen);
	g_rand_free(crowd->chance);
	pool_clear(&crowd->pool);
}

static struct deed *
want(struct crowd *crowd, struct participant *author, enum deed_kind kind, unsigned place)
{
	struct deed *deed = g_new0(struct deed, 1);

	*deed = (struct deed) { .kind = kind, .author = author, .place = place };
	g_snprintf(deed->id, sizeof deed->id, "deed-%08u", crowd->deeds->len);
	g_strlcpy(deed->conversation, place < CONVERSATIONS ? crowd->keys[place] : "AAAAAAAAAAAAAAAAAAAAAA",
	    sizeof deed->conversation);
	g_ptr_array_add(crowd->deeds, deed);
	g_hash_table_insert(crowd->by_id, deed->id, deed);
	g_queue_push_tail(&author->open, deed);
	return deed;
}

/* Sends it now if its author is connected; some of them twice, and some with the connection cut behind them. */
static void
go(struct crowd *crowd, struct deed *deed)
{
	struct participant *author = deed->author;
	bool twice = happens(crowd, 5) && deed->kind != DEED_FILE, cut = happens(crowd, 2);

	if (author->way == WAY_NONE)
		return;
	deed_send(deed);
	if (twice && author->way == WAY_SOCKET) {
		crowd->doubles++;
		deed_send_http(deed);
	}
	if (cut && author->way == WAY_SOCKET) {
		crowd->cuts++;
		wire_cut_after_sending(author->wire);
	}
}

static void
want_message(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS);
	bool by_visitor = happens(crowd, 60) || crowd->owners[place] == NULL;
	struct participant *author = by_visitor ? &crowd->participants[ADVISORS + place] : crowd->owners[place];
	struct deed *deed = want(crowd, author, DEED_MESSAGE, place);

	deed->text = g_strdup_printf("%s says “Grüße № %s” in “%u”.", author->name, deed->id, place);
	if (author->is_staff)
		pen_becomes(author, deed);
	go(crowd, deed);
}

static void
want_note(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS);
	struct deed *deed;

	if (crowd->owners[place] == NULL)
		return;
	deed = want(crowd, crowd->owners[place], DEED_NOTE, place);
	deed->text = g_strdup_printf("A note %s, for staff only.", deed->id);
	go(crowd, deed);
}

static void
want_file(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS);
	bool by_visitor = happens(crowd, 50) || crowd->owners[place] == NULL;
	struct participant *author = by_visitor ? &crowd->participants[ADVISORS + place] : crowd->owners[place];
	struct deed *deed = want(crowd, author, DEED_FILE, place);

	deed->seed = (guint32)g_rand_int(crowd->chance);
	deed->text = g_strdup_printf("of %s.bin", deed->id);
	go(crowd, deed);
}

static void
want_take(struct crowd *crowd, unsigned place)
{
	struct participant *taker = &crowd->participants[pick(crowd, ADVISORS)];
	struct deed *deed = want(crowd, taker, DEED_TAKE, place);

	deed->to = taker;
	crowd->is_handing[place] = true;
	go(crowd, deed);
}

/* A chat to a colleague, or to the team where the next turn takes it; with a note or without. */
static void
want_hand(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS);
	struct participant *to = happens(crowd, 33) ? NULL : &crowd->participants[pick(crowd, ADVISORS)];
	struct deed *deed;

	if (crowd->is_handing[place] || (to != NULL && crowd->owners[place] == to))
		return;
	if (crowd->owners[place] == NULL) {
		want_take(crowd, place);
		return;
	}
	deed = want(crowd, crowd->owners[place], DEED_HAND, place);
	deed->to = to;
	if (happens(crowd, 50))
		deed->text = g_strdup_printf("With %s.", deed->id);
	crowd->is_handing[place] = true;
	go(crowd, deed);
}

/* What is no message: a receipt of somebody who looks, a draft of somebody who writes. */
static void
look_and_write(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS);
	struct participant *owner = crowd->owners[place];

	if (happens(crowd, 20))
		mark_send(&crowd->participants[ADVISORS + place], place, happens(crowd, 50));
	if (owner != NULL && happens(crowd, 20))
		mark_send(owner, place, happens(crowd, 50));
	if (owner != NULL && happens(crowd, 10))
		pen_moves(owner, place);
}

/* What the desk must refuse: a conversation of somebody else, one that is none, and one byte too many. */
static void
want_refusal(struct crowd *crowd)
{
	unsigned place = pick(crowd, CONVERSATIONS), kind = pick(crowd, 3);
	struct participant *author = &crowd->participants[ADVISORS + place];
	struct deed *deed = want(crowd, author, DEED_MESSAGE,
	    kind == 0       ? (place + 1) % CONVERSATIONS
		: kind == 1 ? CONVERSATIONS
			    : place);

	deed->text = kind == 2 ? g_strnfill(TOO_LONG_BYTES, 'x') : g_strdup("This must never be seen.");
	go(crowd, deed);
}

void
crowd_act(struct crowd *crowd)
{
	unsigned lot = pick(crowd, 100);

	if (lot < 5)
		want_note(crowd);
	else if (lot < 10)
		want_file(crowd);
	else if (lot < 12)
		want_hand(crowd);
	else if (lot < 14)
		want_refusal(crowd);
	else
		want_message(crowd);
	look_and_write(crowd);
}

static void
send_again(struct participant *participant, int64_t before)
{
	g_autoptr(GList) open = g_list_copy(participant->open.head);

	for (GList *at = open; at != NULL && participant->way != WAY_NONE; at = at->next) {
		struct deed *deed = at->data;

		if (deed->sent_at >= before)
			continue;
		participant->crowd->repeated += deed->sent > 0 ? 1 : 0;
		deed_send(deed);
	}
}

static void
come_back(struct participant *participant)
{
	struct crowd *crowd = participant->crowd;

	crowd->connects++;
	if (!participant_connect(participant, happens(crowd, 25) ? WAY_POLL : WAY_SOCKET)) {
		participant->again_at = clock_ticks_ns() + g_rand_int_range(crowd->chance, 5, 60) * INT64_C(1000000);
		return;
	}
	send_again(participant, INT64_MAX);
}

static void
poll_next(struct participant *participant)
{
	for (unsigned n = 0; n < CONVERSATIONS; n++) {
		unsigned place = participant->turn++ % CONVERSATIONS;

		if (participant->views[place].is_watched) {
			participant_poll(participant, place);
			return;
		}
	}
}

void
crowd_tend(struct crowd *crowd)
{
	int64_t now = clock_ticks_ns();

	for (unsigned n = 0; n < PARTICIPANTS; n++) {
		struct participant *participant = &crowd->participants[n];

		if (participant->is_fed_up)
			wire_cut(participant->wire);
		else if (participant->way == WAY_NONE && now >= participant->again_at)
			come_back(participant);
		else if (participant->way == WAY_POLL && happens(crowd, 20))
			poll_next(participant);
		send_again(participant, now - AGAIN_NS);
	}
}

unsigned
crowd_open_deeds(const struct crowd *crowd)
{
	unsigned open = 0;

	for (unsigned n = 0; n < PARTICIPANTS; n++)
		open += g_queue_get_length((GQueue *)&crowd->participants[n].open);
	return open;
}

void
crowd_catch_up(struct crowd *crowd)
{
	crowd->is_closing = true;
	for (unsigned n = 0; n < PARTICIPANTS; n++) {
		struct participant *participant = &crowd->participants[n];

		if (participant->wire != NULL)
			wire_cut(participant->wire);
		participant->way = WAY_POLL;
		for (unsigned place = 0; place < CONVERSATIONS; place++)
			if (participant->views[place].is_watched && !participant_poll(participant, place))
				crowd_fault(
				    crowd, "%s cannot read the end of conversation %u", participant->name, place);
	}
}
