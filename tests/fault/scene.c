/*
 * See scene.h.
 */
#include "scene.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define FILE_BYTES  300000 /* two parts */
#define PAGE        "200"
#define DRAFT_DOOR  "draft"
#define STATUS_OK   200
#define STATUS_LAST 299

void
scene_open(struct scene *scene, const char *parent)
{
	g_autoptr(GError) error = NULL;

	memset(scene, 0, sizeof *scene);
	if (!trial_open(&scene->trial, NULL, parent, &error) || !trial_start(&scene->trial, &error))
		bench_die("%s", error->message);
	cast_administrator(&scene->trial, &scene->administrator);
	cast_advisor(&scene->trial, &scene->administrator, 1, &scene->advisor);
	http_init(&scene->courier, scene->trial.port);
	cast_visitor(&scene->courier, 1, &scene->visitor);
	cast_take(&scene->advisor, scene->visitor.conversation);
}

void
scene_close(struct scene *scene)
{
	cast_visitor_clear(&scene->visitor);
	cast_advisor_clear(&scene->advisor);
	cast_advisor_clear(&scene->administrator);
	http_clear(&scene->courier);
}

static void
turn_to(struct http *http, int port)
{
	struct http other;

	http_init(&other, port);
	other.cookie = g_strdup(http->cookie);
	other.token = g_strdup(http->token);
	http_clear(http);
	*http = other;
}

void
scene_move(struct scene *scene, int port)
{
	turn_to(&scene->courier, port);
	turn_to(&scene->advisor.http, port);
}

static struct http *
speaker(struct scene *scene, bool by_staff)
{
	return by_staff ? &scene->advisor.http : &scene->courier;
}

/* Bytes that follow from the number; letters, so that a text may have them too. */
static char *
content_of(unsigned number, unsigned size)
{
	GRand *chance = g_rand_new_with_seed(number + 1);
	char *content = g_malloc(size + 1);

	for (unsigned n = 0; n < size; n++)
		content[n] = (char)g_rand_int_range(chance, 'A', 'z' + 1);
	content[size] = '\0';
	g_rand_free(chance);
	return content;
}

static char *
id_of(unsigned number)
{
	return g_strdup_printf("thing-%06u", number);
}

static char *
door(const struct scene *scene, const char *rest)
{
	return g_strdup_printf("/api/v1/conversations/%s/%s", scene->visitor.conversation, rest);
}

/* Of a refusal that leaves open whether it was done. */
static bool
is_unsure(int status, const json_t *answer)
{
	const char *type = json_string_value(json_object_get(answer, "type"));

	return status == HTTP_CUT || (type != NULL && strcmp(type, "urn:softanswer:uncertain") == 0);
}

/* The last word about a thing. */
static int
take_note(struct thing *thing, int status, json_t *answer)
{
	if (status >= STATUS_OK && status <= STATUS_LAST) {
		thing->told = TOLD_DONE;
		thing->seq = json_integer_value(json_object_get(answer, "seq"));
	} else if (!is_unsure(status, answer) && thing->told == TOLD_NOTHING) {
		thing->told = TOLD_NO;
	} else if (is_unsure(status, answer) && thing->told == TOLD_NO) {
		thing->told = TOLD_NOTHING;
	}
	json_decref(answer);
	return status;
}

static int
send_text(struct scene *scene, unsigned number)
{
	struct thing *thing = &scene->things[number];
	g_autofree char *path = door(scene, thing->kind == THING_NOTE ? "notes" : "messages"), *id = id_of(number);
	g_autofree char *text = content_of(number, thing->size);
	json_t *answer = NULL;
	int status = http_call(
	    speaker(scene, thing->by_staff), "POST", path, json_pack("{s:s, s:s}", "id", id, "text", text), &answer);

	return take_note(thing, status, answer);
}

static int
send_parts(struct scene *scene, unsigned number, unsigned first)
{
	struct thing *thing = &scene->things[number];
	g_autofree char *bytes = content_of(number, thing->size);
	int status = STATUS_OK;

	for (unsigned part = first;
	     part * LIMIT_FILE_PART_BYTES < thing->size && status >= STATUS_OK && status <= STATUS_LAST; part++) {
		unsigned at = part * LIMIT_FILE_PART_BYTES;
		g_autofree char *rest = g_strdup_printf("files/%s/parts/%u", thing->key, part),
				*path = door(scene, rest);

		status = http_put_bytes(
		    speaker(scene, thing->by_staff), path, bytes + at, MIN(thing->size - at, LIMIT_FILE_PART_BYTES));
	}
	return status;
}

/* Only an answer to its last step says that a file is there. */
static int
send_file(struct scene *scene, unsigned number)
{
	struct thing *thing = &scene->things[number];
	g_autofree char *path = door(scene, "files"), *id = id_of(number), *rest = NULL, *last = NULL;
	struct http *http = speaker(scene, thing->by_staff);
	json_t *answer = NULL;
	int status = http_call(
	    http, "POST", path, json_pack("{s:s, s:s, s:i}", "id", id, "name", id, "size", (int)thing->size), &answer);
	const char *key = json_string_value(json_object_get(answer, "file"));
	unsigned parts = (unsigned)json_integer_value(json_object_get(answer, "parts"));

	if (key != NULL)
		g_strlcpy(thing->key, key, sizeof thing->key);
	json_decref(answer);
	if (key == NULL || (status = send_parts(scene, number, parts)) > STATUS_LAST || status < STATUS_OK)
		return status;
	rest = g_strdup_printf("files/%s/finish", thing->key);
	last = door(scene, rest);
	answer = NULL;
	status = http_call(http, "POST", last, json_object(), &answer);
	return take_note(thing, status, answer);
}

int
scene_say_again(struct scene *scene, unsigned number)
{
	return scene->things[number].kind == THING_FILE ? send_file(scene, number) : send_text(scene, number);
}

int
scene_say(struct scene *scene, enum thing_kind kind, bool by_staff, unsigned size)
{
	if (scene->count == THINGS_MAX)
		bench_die("too much was said");
	scene->things[scene->count] = (struct thing) { .kind = kind, .by_staff = by_staff, .size = size };
	return scene_say_again(scene, scene->count++);
}

int
scene_draft(struct scene *scene)
{
	g_autofree char *path = door(scene, DRAFT_DOOR), *text = NULL;
	json_t *answer = NULL;
	int status;

	text = g_strdup_printf("%" G_GINT64_FORMAT, ++scene->drafts);
	status = http_call(&scene->advisor.http, "POST", path,
	    json_pack("{s:s, s:i, s:s}", "mode", "message", "generation", 1, "text", text), &answer);
	if (status == STATUS_OK) {
		scene->draft = scene->drafts;
		scene->is_draft_unsure = false;
	} else if (is_unsure(status, answer)) {
		scene->is_draft_unsure = true;
	}
	json_decref(answer);
	return status;
}

unsigned
scene_play(struct scene *scene)
{
	unsigned done = 0;

	for (unsigned act = 0; act < 12; act++) {
		int status = act % 6 == 1 ? scene_say(scene, THING_NOTE, true, 200)
		    : act % 6 == 3        ? scene_say(scene, THING_FILE, act < 6, FILE_BYTES)
		    : act % 6 == 4        ? scene_draft(scene)
					  : scene_say(scene, THING_MESSAGE, act % 2 == 0, 20 + 900 * act);

		done += status >= STATUS_OK && status <= STATUS_LAST ? 1 : 0;
	}
	return done;
}

/* ---- What is there ---- */

static void complain(GPtrArray *complaints, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
complain(GPtrArray *complaints, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(complaints, g_strdup_vprintf(format, args));
	va_end(args);
}

static json_t *
read_page(struct scene *scene, int64_t since)
{
	g_autofree char *rest = g_strdup_printf("items?limit=" PAGE "&since=%" G_GINT64_FORMAT, since);
	g_autofree char *path = door(scene, rest);
	json_t *answer = NULL;

	if (http_call(&scene->advisor.http, "GET", path, NULL, &answer) == STATUS_OK)
		return answer;
	json_decref(answer);
	return NULL;
}

static bool
file_reads_back(struct scene *scene, unsigned number)
{
	const struct thing *thing = &scene->things[number];
	g_autofree char *id = id_of(number), *path = g_strdup_printf("/files/%s/%s", thing->key, id);
	g_autofree char *content = content_of(number, thing->size);
	g_autoptr(GString) got = g_string_new(NULL);

	return http_get_bytes(speaker(scene, !thing->by_staff), path, got) == STATUS_OK && got->len == thing->size &&
	    memcmp(got->str, content, got->len) == 0;
}

bool
scene_can_read(struct scene *scene)
{
	json_t *page = read_page(scene, 0);
	bool can = page != NULL;

	json_decref(page);
	for (unsigned n = 0; n < scene->count && can; n++)
		if (scene->things[n].kind == THING_FILE && scene->things[n].told == TOLD_DONE)
			return file_reads_back(scene, n);
	return can;
}

/* One item of the log against the account; `found` counts how often each thing is there. */
static void
compare_item(struct scene *scene, const json_t *item, unsigned *found, GPtrArray *complaints)
{
	const char *id = json_string_value(json_object_get(item, "caller_id"));
	const char *text = json_string_value(json_object_get(item, "text"));
	int64_t seq = json_integer_value(json_object_get(item, "seq"));
	const struct thing *thing;
	unsigned number;

	if (id == NULL || sscanf(id, "thing-%u", &number) != 1 || number >= scene->count)
		return;
	g_autofree char *content = content_of(number, scene->things[number].size);

	thing = &scene->things[number];
	found[number]++;
	if (thing->told == TOLD_NO)
		complain(complaints, "%s was refused and is there", id);
	if (thing->told == TOLD_DONE && seq != thing->seq)
		complain(complaints, "%s was acknowledged as %" G_GINT64_FORMAT " and is %" G_GINT64_FORMAT, id,
		    thing->seq, seq);
	if (thing->kind != THING_FILE && g_strcmp0(text, content) != 0)
		complain(complaints, "%s is not what was said", id);
	if (thing->kind == THING_FILE && !file_reads_back(scene, number))
		complain(complaints, "%s does not read back bit for bit", id);
}

static void
compare_draft(struct scene *scene, GPtrArray *complaints)
{
	g_autofree char *path = g_strdup_printf("/api/v1/me/drafts?conversation=%s", scene->visitor.conversation);
	json_t *answer = NULL;
	int status = http_call(&scene->advisor.http, "GET", path, NULL, &answer);
	const char *text =
	    json_string_value(json_object_get(json_array_get(json_object_get(answer, "drafts"), 0), "text"));
	int64_t is = text == NULL ? 0 : g_ascii_strtoll(text, NULL, 10);

	if (status != STATUS_OK || is < scene->draft || is > (scene->is_draft_unsure ? scene->drafts : scene->draft))
		complain(complaints,
		    "draft %" G_GINT64_FORMAT " was acknowledged and %" G_GINT64_FORMAT " is there (%d)", scene->draft,
		    is, status);
	json_decref(answer);
}

void
scene_compare(struct scene *scene, GPtrArray *complaints)
{
	g_autofree unsigned *found = g_new0(unsigned, scene->count + 1);
	int64_t since = 0;
	bool more = true;

	while (more) {
		json_t *page = read_page(scene, since), *item;
		size_t n;

		if (page == NULL) {
			complain(complaints, "the log cannot be read");
			return;
		}
		json_array_foreach(json_object_get(page, "items"), n, item)
		    compare_item(scene, item, found, complaints);
		since = json_integer_value(json_object_get(page, "head"));
		more = json_is_true(json_object_get(page, "more"));
		json_decref(page);
	}
	for (unsigned n = 0; n < scene->count; n++)
		if (found[n] > 1 || (found[n] == 0 && scene->things[n].told == TOLD_DONE))
			complain(complaints, "thing %u was acknowledged and is there %u times", n, found[n]);
	compare_draft(scene, complaints);
}
