/* Letters on their way to the desk, and their answers: see sim.h. */
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "tests/sim/sim.h"

/* The desk keeps receipts for seven days: nobody repeats what is older. */
#define REPEAT_MS (LIMIT_RECEIPT_HOURS * MS_PER_HOUR - MS_PER_DAY)

#define ANSWERED_MAX 12

enum fate { FATE_NORMAL, FATE_LOST, FATE_UNANSWERED, FATE_DROPPED };

struct letter *
letter_new(struct sim *sim, enum deed deed, struct actor_model *from, struct talk *talk)
{
	struct letter *letter = g_new0(struct letter, 1);

	letter->deed = deed;
	letter->from = from;
	letter->talk = talk;
	letter->id = g_strdup_printf("%s-%06u", from->who->name, ++from->ids);
	g_ptr_array_add(sim->letters, letter);
	return letter;
}

static bool
has_id(const struct letter *letter)
{
	return letter->deed <= END;
}

/* Its decision finds it by its id, for ever. */
static bool
is_words(const struct letter *letter)
{
	return letter->deed == SAY || letter->deed == NOTE || letter->deed == WHISPER;
}

static json_t *
body_of(const struct letter *letter)
{
	json_t *body = json_object();

	if (has_id(letter))
		json_object_set_new(body, "id", json_string(letter->id));
	if (letter->text != NULL)
		json_object_set_new(body, letter->deed == HAND ? "note" : "text", json_string(letter->text));
	if (letter->team != NULL)
		json_object_set_new(body, "team", json_integer(letter->team->id));
	if (letter->deed != START && letter->talk != NULL)
		json_object_set_new(body, "conversation", json_string(letter->talk->key));
	if (letter->deed == START)
		json_object_set_new(body, "name", json_string(letter->name));
	if (letter->corrects != 0)
		json_object_set_new(body, "corrects", json_integer(letter->corrects));
	if (letter->deed == STATUS)
		json_object_set_new(body, "status", json_string(letter->online ? "online" : "away"));
	if (letter->deed == ROLE)
		json_object_set_new(body, "role", json_string(role_names[letter->role]));
	if (letter->to != NULL)
		json_object_set_new(
		    body, letter->deed == HAND ? "to" : "person", json_integer(letter->to->who->person));
	return body;
}

/* ---- Answers ---- */

static bool
is_repeatable(const struct sim *sim, const struct letter *letter)
{
	return has_id(letter) &&
	    (!letter->is_committed || kit_now(sim->desk) - letter->committed_at < REPEAT_MS || is_words(letter));
}

/* Its sender knows: it may send it again all the same, some day. */
static void
mark_answered(struct letter *letter)
{
	struct actor_model *from = letter->from;

	g_ptr_array_remove(from->outbox, letter);
	if (!letter->is_committed || !has_id(letter) || g_ptr_array_find(from->answered, letter, NULL))
		return;
	if (from->answered->len == ANSWERED_MAX)
		g_ptr_array_remove_index(from->answered, 0);
	g_ptr_array_add(from->answered, letter);
}

/* Its sender does not know, and will ask again with the same id. */
static void
mark_unanswered(struct letter *letter)
{
	if (has_id(letter) && !g_ptr_array_find(letter->from->outbox, letter, NULL))
		g_ptr_array_add(letter->from->outbox, letter);
}

static void
check_started(struct sim *sim, const struct letter *letter, const struct kit_answer *answer)
{
	struct talk *talk = letter->talk;

	if (talk->key[0] == '\0')
		g_strlcpy(talk->key, kit_text(answer, "conversation"), sizeof talk->key);
	if (strcmp(talk->key, kit_text(answer, "conversation")) != 0)
		sim_broken(sim, "%s got another conversation", letter->from->who->name);
	if (kit_int(answer, "head") != letter->seq || kit_int(answer, "place") != letter->place)
		sim_broken(sim, "%s: expected head %" G_GINT64_FORMAT ", place %" G_GINT64_FORMAT ", seen %s",
		    letter->id, letter->seq, letter->place, answer->text);
}

static void
check_row(struct sim *sim, const struct letter *letter, const struct kit_answer *answer)
{
	const json_t *owner = json_object_get(answer->body, "owner");
	int64_t person = letter->owner == NULL ? 0 : letter->owner->who->person;
	int64_t team = json_integer_value(json_object_get(json_object_get(answer->body, "team"), "id"));

	if (strcmp(kit_text(answer, "state"), state_names[letter->state]) != 0 ||
	    json_integer_value(json_object_get(owner, "id")) != person || kit_int(answer, "version") != letter->seq ||
	    team != (letter->in_team == NULL ? 0 : letter->in_team->id) ||
	    json_array_size(json_object_get(answer->body, "guests")) != letter->guests)
		sim_broken(sim, "%s: expected %s by %" G_GINT64_FORMAT " at version %" G_GINT64_FORMAT ", seen %s",
		    letter->id, state_names[letter->state], person, letter->seq, answer->text);
}

static void
check_reopened(struct sim *sim, const struct letter *letter, const struct kit_answer *answer)
{
	if (strcmp(kit_text(answer, "state"), state_names[letter->state]) != 0 ||
	    kit_int(answer, "place") != letter->place ||
	    strcmp(kit_text(answer, "advisor"), letter->owner == NULL ? "" : letter->owner->shown) != 0)
		sim_broken(sim, "%s: expected %s at place %" G_GINT64_FORMAT ", seen %s", letter->id,
		    state_names[letter->state], letter->place, answer->text);
}

/* The first answer must be true; every further one must be the first (P5). */
static void
check_done(struct sim *sim, struct letter *letter, const struct kit_answer *answer)
{
	if (letter->answer != NULL && has_id(letter) && strcmp(letter->answer, answer->text) != 0)
		sim_broken(sim, "%s: answered %s first, now %s", letter->id, letter->answer, answer->text);
	if (letter->answer != NULL)
		return;
	letter->answer = g_strdup(answer->text);
	switch (letter->deed) {
	case START:
		check_started(sim, letter, answer);
		return;
	case REOPEN:
		check_reopened(sim, letter, answer);
		return;
	case SAY:
	case NOTE:
	case WHISPER:
		if (kit_int(answer, "seq") != letter->seq)
			sim_broken(sim, "%s: expected seq %" G_GINT64_FORMAT ", seen %s", letter->id, letter->seq,
			    answer->text);
		return;
	case TAKE:
	case RELEASE:
	case HAND:
	case INVITE:
	case LEAVE:
		check_row(sim, letter, answer);
		return;
	default:
		return;
	}
}

static void
check_answer(struct sim *sim, struct letter *letter, struct verdict verdict, const struct kit_answer *answer)
{
	if (!answer->is_answered)
		sim_broken(sim, "%s %s was never answered", letter->from->who->name, deed_commands[letter->deed]);
	if (answer->is_ok != verdict.is_done || (!answer->is_ok && answer->kind != verdict.kind))
		sim_broken(sim, "%s %s %s: expected %s, seen %s: %s", letter->from->who->name,
		    deed_commands[letter->deed], letter->id, verdict.is_done ? "done" : error_row(verdict.kind)->type,
		    answer->is_ok ? "done" : error_row(answer->kind)->type,
		    answer->is_ok ? answer->text : kit_text(answer, "detail"));
	if (!verdict.is_done) {
		sim->counts.refused++;
		return;
	}
	sim->counts.done++;
	check_done(sim, letter, answer);
}

/* ---- Sending ---- */

static enum fate
draw_fate(struct sim *sim)
{
	if (sim_happens(sim, 12))
		return FATE_LOST;
	if (sim_happens(sim, 12))
		return FATE_UNANSWERED;
	return sim_happens(sim, 30) ? FATE_DROPPED : FATE_NORMAL;
}

/* A visitor whose first answer got lost learns from its page's reload which conversation is its own. */
static void
learn_key(struct sim *sim, struct talk *talk)
{
	if (talk != NULL && talk->key[0] == '\0')
		g_strlcpy(talk->key,
		    kit_text(kit_do(sim->desk, talk->visitor->who, "chat.visit", NULL), "conversation"),
		    sizeof talk->key);
}

/* How it must end, given what is made to go wrong; the model follows. */
static struct verdict
judge(struct sim *sim, struct letter *letter, enum fate fate)
{
	struct verdict verdict;

	sim->model.now_ms = kit_now(sim->desk);
	verdict = model_judge(&sim->model, letter);
	sim->counts.again += letter->is_committed;
	if (fate == FATE_LOST && verdict.is_done) {
		sim->counts.lost++;
		return (struct verdict) { .kind = FAILED_STORE };
	}
	if (verdict.is_done)
		model_apply(&sim->model, letter, kit_now(sim->desk));
	if (fate == FATE_UNANSWERED && verdict.is_done) {
		sim->counts.unanswered++;
		return (struct verdict) { .kind = UNCERTAIN };
	}
	return verdict;
}

static void
send_alone(struct sim *sim, struct letter *letter)
{
	enum fate fate = draw_fate(sim);
	bool is_new = !letter->is_committed;
	struct verdict verdict = judge(sim, letter, fate);
	struct kit_answer answer;
	int64_t before;

	kit_hear(sim->desk);
	before = kit_version(sim->desk);

	if (fate == FATE_LOST)
		kit_fail_next(sim->desk, CREW_LOST);
	if (fate == FATE_UNANSWERED)
		kit_fail_next(sim->desk, CREW_UNANSWERED);
	kit_send(sim->desk, letter->from->who, deed_commands[letter->deed], body_of(letter), &answer);
	check_answer(sim, letter, verdict, &answer);
	if (!(is_new && letter->is_committed) && has_id(letter) && kit_version(sim->desk) != before)
		sim_broken(sim, "%s %s left a trace", letter->from->who->name, deed_commands[letter->deed]);
	kit_answer_clear(&answer);
	if (fate == FATE_NORMAL)
		mark_answered(letter);
	else
		mark_unanswered(letter);
	sim->counts.dropped += fate == FATE_DROPPED;
	learn_key(sim, letter->talk);
	if (letter->talk != NULL)
		look_at_talk(sim, letter->talk);
}

static void
send_in_batch(struct sim *sim, struct letter *letter)
{
	struct pending *pending = g_new0(struct pending, 1);

	pending->letter = letter;
	pending->verdict = judge(sim, letter, FATE_NORMAL);
	g_ptr_array_add(sim->batch, pending);
	kit_send(sim->desk, letter->from->who, deed_commands[letter->deed], body_of(letter), &pending->answer);
}

void
sim_send(struct sim *sim, struct letter *letter)
{
	if (letter->from->is_cut) {
		mark_unanswered(letter);
		return;
	}
	kit_over_http(sim->desk, sim_happens(sim, 500));
	if (sim->batch != NULL)
		send_in_batch(sim, letter);
	else
		send_alone(sim, letter);
}

/* The page sends what was not answered, in order, until all of it is. */
void
sim_come_back(struct sim *sim, struct actor_model *who)
{
	g_autoptr(GPtrArray) outbox = g_ptr_array_copy(who->outbox, NULL, NULL);

	who->is_cut = false;
	for (guint i = 0; i < outbox->len; i++) {
		struct letter *letter = outbox->pdata[i];

		if (is_repeatable(sim, letter))
			sim_send(sim, letter);
		else
			g_ptr_array_remove(who->outbox, letter);
	}
}

void
sim_batch_begin(struct sim *sim)
{
	sim->batch = g_ptr_array_new_with_free_func(g_free);
	kit_hold(sim->desk);
}

/* What was lost together is run again one by one: nobody notices. Of an unanswered commit nobody knows anything. */
void
sim_batch_end(struct sim *sim)
{
	g_autoptr(GPtrArray) batch = g_steal_pointer(&sim->batch);
	bool is_unanswered = batch->len > 0 && sim_happens(sim, 40);

	if (is_unanswered)
		kit_fail_next(sim->desk, CREW_UNANSWERED);
	else if (batch->len > 1 && sim_happens(sim, 100))
		kit_fail_next(sim->desk, CREW_LOST);
	kit_let_go(sim->desk);
	for (guint i = 0; i < batch->len; i++) {
		struct pending *pending = batch->pdata[i];

		/* Who is refused and alone has no commit. */
		if (batch->len == 1 && !pending->verdict.is_done)
			is_unanswered = false;
		if (is_unanswered)
			pending->verdict = (struct verdict) { .kind = UNCERTAIN };
		check_answer(sim, pending->letter, pending->verdict, &pending->answer);
		kit_answer_clear(&pending->answer);
		if (is_unanswered)
			mark_unanswered(pending->letter);
		else
			mark_answered(pending->letter);
	}
	for (guint i = 0; i < batch->len; i++) {
		struct talk *talk = ((struct pending *)batch->pdata[i])->letter->talk;

		learn_key(sim, talk);
		if (talk != NULL)
			look_at_talk(sim, talk);
	}
	sim->counts.batches++;
	sim->counts.batched += batch->len;
}

/* ---- What the desk tells everybody ---- */

void
sim_listen(void *data, const struct event *event)
{
	const struct item_added *body = event->body;
	struct sim *sim = data;

	/* Without a body nothing is said to be so. */
	if (event->kind != EVENT_ITEM_ADDED || body == NULL)
		return;

	struct told told = { .seq = body->item.seq, .text = g_strdup(body->item.text) };

	g_strlcpy(told.key, body->conversation, sizeof told.key);
	g_array_append_val(sim->told, told);
}
