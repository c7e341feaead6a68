/* Plays the scenes of the demo desk: see demo_play.h. */
#include "app/demo_play.h"

#include <string.h>

#include "app/demo_files.h"
#include "app/demo_scenes.h"

/* A scene that is being played. */
struct play {
	const struct scene *scene;
	struct credential visitor;
	char *conversation;
	int64_t head; /* the newest thing that both sides can see */
};

/* A step and when it is its turn. */
struct cue {
	int64_t at_ms;
	struct play *play;
	const struct step *step;
};

typedef gboolean deed_run(struct demo *demo, struct play *play, const struct step *step, GError **error);

static struct demo_caller
caller_of(const struct demo *demo, const struct play *play, enum demo_who who)
{
	if (who != VISITOR)
		return (struct demo_caller) { .credential = &demo->staff[who] };
	return (struct demo_caller) {
		.credential = &play->visitor, .address = play->scene->address, .agent = play->scene->agent
	};
}

/* Sends it in the name of who does the step. */
static gboolean
send_step(struct demo *demo, struct play *play, const struct step *step, const char *name, json_t *body, GError **error)
{
	struct demo_caller caller = caller_of(demo, play, step->who);

	return demo_send(demo, &caller, name, body, error);
}

/* A command about the conversation; `first` and `second` are names of fields, for the step's text and more. */
static json_t *
body_of(const struct play *play, const struct step *step, const char *first, const char *second)
{
	json_t *body = json_pack("{s:s}", "conversation", play->conversation);

	if (step->text != NULL)
		json_object_set_new(body, first, json_string(step->text));
	if (step->more != NULL)
		json_object_set_new(body, second, json_string(step->more));
	return body;
}

static void
note_head(const struct demo *demo, struct play *play, const char *name)
{
	play->head = json_integer_value(json_object_get(demo->answer, name));
}

/* ---- How it begins ---- */

static gboolean
begin(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	const struct scene *scene = play->scene;
	bool is_form = step->deed == FORM;
	json_t *body = json_pack("{s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s}", "site", demo->sites[scene->site], "name",
	    scene->name, "email", scene->email, "topic", scene->topic, "page", scene->page, "language", scene->language,
	    "text", step->text);

	if (scene->label != NULL)
		json_object_set_new(
		    body, "answers", json_pack("[{s:s, s:s}]", "label", scene->label, "value", scene->value));
	secret_key(play->visitor.visitor);
	if (!send_step(demo, play, step, is_form ? "form.send" : "chat.start", body, error))
		return FALSE;
	play->conversation = g_strdup(json_string_value(json_object_get(demo->answer, "conversation")));
	note_head(demo, play, "head");
	return send_step(demo, play, step, "trail.add", json_pack("{s:s*}", "url", scene->page), error);
}

/* ---- What is said, and seen ---- */

static gboolean
read_on(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = json_pack("{s:s, s:I}", "conversation", play->conversation, "delivered", (json_int_t)play->head);

	if (step->deed != GOT)
		json_object_set_new(body, "seen", json_integer(play->head));
	return send_step(demo, play, step, "reading.set", body, error);
}

/* Whoever answers has read what was there. */
static gboolean
say(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	if (!read_on(demo, play, step, error) ||
	    !send_step(demo, play, step, "message.send", body_of(play, step, "text", NULL), error))
		return FALSE;
	note_head(demo, play, "seq");
	return TRUE;
}

static gboolean
write_note(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(demo, play, step, "note.add", body_of(play, step, "text", NULL), error);
}

static gboolean
whisper(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(demo, play, step, "whisper.add", body_of(play, step, "text", NULL), error);
}

static gboolean
draft(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = body_of(play, step, "text", "mode");

	json_object_set_new(body, "generation", json_integer(step->number));
	return send_step(demo, play, step, "draft.set", body, error);
}

static gboolean
walk(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(
	    demo, play, step, "trail.add", json_pack("{s:s, s:s*}", "url", step->text, "title", step->more), error);
}

/* A file that is one part. */
static gboolean
send_file(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	g_autoptr(GByteArray) bytes = step->deed == PICTURE ? demo_picture() : demo_invoice();
	struct demo_caller caller = caller_of(demo, play, step->who);
	json_t *body = body_of(play, step, "name", NULL);
	g_autofree char *file = NULL;

	json_object_set_new(body, "size", json_integer(bytes->len));
	if (!demo_send(demo, &caller, "file.start", body, error))
		return FALSE;
	file = g_strdup(json_string_value(json_object_get(demo->answer, "file")));
	body = json_pack("{s:s, s:s, s:i}", "conversation", play->conversation, "file", file, "number", 0);
	caller.bytes = (struct bytes) { bytes->data, bytes->len };
	if (!demo_send(demo, &caller, "file.part", body, error))
		return FALSE;
	caller.bytes = (struct bytes) { 0 };
	body = json_pack("{s:s, s:s}", "conversation", play->conversation, "file", file);
	if (!demo_send(demo, &caller, "file.finish", body, error))
		return FALSE;
	note_head(demo, play, "seq");
	return TRUE;
}

/* ---- What becomes of the chat ---- */

static gboolean
take(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(demo, play, step, "chat.take", body_of(play, step, NULL, NULL), error);
}

static gboolean
hand(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = body_of(play, step, "note", NULL);

	json_object_set_new(body, "team", json_integer(demo->teams[step->number]));
	return send_step(demo, play, step, "chat.transfer", body, error);
}

static gboolean
invite(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = body_of(play, step, NULL, NULL);

	json_object_set_new(body, "person", json_integer(demo->people[step->number]));
	return send_step(demo, play, step, "chat.invite", body, error);
}

static gboolean
end(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(demo, play, step, "chat.end", body_of(play, step, "outcome", "owed"), error);
}

static gboolean
reopen(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	return send_step(demo, play, step, "chat.reopen", body_of(play, step, NULL, NULL), error);
}

static gboolean
rate(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = body_of(play, step, "comment", NULL);

	json_object_set_new(body, "score", json_integer(step->number));
	return send_step(demo, play, step, "rating.give", body, error);
}

/* The promise of this conversation, among one's own. */
static gboolean
keep(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_int_t promise = 0;
	size_t i;
	json_t *row;

	if (!send_step(demo, play, step, "promise.list", json_pack("{s:s}", "view", "mine"), error))
		return FALSE;
	json_array_foreach(json_object_get(demo->answer, "promises"), i, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "conversation")), play->conversation) == 0)
			promise = json_integer_value(json_object_get(row, "promise"));
	}
	return send_step(demo, play, step, "promise.keep", json_pack("{s:I}", "promise", promise), error);
}

static gboolean
block(struct demo *demo, struct play *play, const struct step *step, GError **error)
{
	json_t *body = body_of(play, step, "kind", "reason");

	if (step->number > 0)
		json_object_set_new(body, "hours", json_integer(step->number));
	return send_step(demo, play, step, "block.add", body, error);
}

static deed_run *const deeds[] = { [ASK] = begin,
	[FORM] = begin,
	[SAY] = say,
	[NOTE] = write_note,
	[WHISPER] = whisper,
	[TAKE] = take,
	[HAND] = hand,
	[INVITE] = invite,
	[PICTURE] = send_file,
	[INVOICE] = send_file,
	[WALK] = walk,
	[GOT] = read_on,
	[SEEN] = read_on,
	[DRAFT] = draft,
	[END] = end,
	[REOPEN] = reopen,
	[RATE] = rate,
	[KEEP] = keep,
	[BLOCK] = block };

/* ---- All scenes, as time goes ---- */

static int64_t
begins_at(const struct scene *scene, int64_t now_ms)
{
	if (scene->days_ago == 0)
		return now_ms - scene->at_minute * MS_PER_MINUTE;
	return (now_ms / MS_PER_DAY - scene->days_ago) * MS_PER_DAY + scene->at_minute * MS_PER_MINUTE;
}

static void
add_cues(GArray *cues, struct play *play, int64_t at_ms)
{
	for (const struct step *step = play->scene->steps; step->deed != OVER; step++) {
		at_ms += step->after_seconds * MS_PER_SECOND;
		g_array_append_val(cues, ((struct cue) { at_ms, play, step }));
	}
}

static int
by_time(const void *one, const void *other)
{
	int64_t first = ((const struct cue *)one)->at_ms, second = ((const struct cue *)other)->at_ms;

	return (first > second) - (first < second);
}

static gboolean
play_all(struct demo *demo, const GArray *cues, GError **error)
{
	for (guint i = 0; i < cues->len; i++) {
		const struct cue *cue = &g_array_index(cues, struct cue, i);

		demo->clock.set_ms = cue->at_ms;
		if (!deeds[cue->step->deed](demo, cue->play, cue->step, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
demo_play(struct demo *demo, int64_t now_ms, GError **error)
{
	g_autofree struct play *plays = g_new0(struct play, demo_scene_count);
	g_autoptr(GArray) cues = g_array_new(FALSE, FALSE, sizeof(struct cue));
	gboolean is_done;

	for (size_t i = 0; i < demo_scene_count; i++) {
		plays[i].scene = &demo_scenes[i];
		plays[i].visitor.kind = CREDENTIAL_VISITOR;
		add_cues(cues, &plays[i], begins_at(plays[i].scene, now_ms));
	}
	g_array_sort(cues, by_time);
	is_done = play_all(demo, cues, error);
	for (size_t i = 0; i < demo_scene_count; i++)
		g_free(plays[i].conversation);
	return is_done;
}
