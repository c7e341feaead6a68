/* A desk with few seats: see desk_seat.h. */
#include "tests/kit/desk_seat.h"

#include "base/clock.h"

static void
must(const struct kit_answer *answer)
{
	if (!answer->is_ok)
		kit_fail("refused: %s", kit_text(answer, "detail"));
}

const struct kit_answer *
seat_says(const struct seat_scene *scene, const struct kit_actor *who, const char *status)
{
	return kit_do(scene->desk, who, "seat.status", "{s:s}", "status", status);
}

void
seat_resize(const struct seat_scene *scene, int size)
{
	must(kit_do(scene->desk, scene->ada, "pool.change", "{s:i, s:i}", "pool", 1, "size", size));
}

struct seat_scene
seat_scene_begin(int seats)
{
	struct seat_scene scene = { .desk = kit_desk_begin(1) };

	scene.ada = kit_administrator(scene.desk);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.cleo = kit_staff(scene.desk, "cleo", ROLE_BACKUP);
	scene.vera = kit_visitor(scene.desk, "vera");
	seat_says(&scene, scene.ada, "offline");
	seat_says(&scene, scene.lea, "offline");
	seat_says(&scene, scene.ann, "offline");
	seat_says(&scene, scene.ben, "offline");
	seat_says(&scene, scene.cleo, "offline");
	seat_resize(&scene, seats);
	return scene;
}

json_t *
seat_row_of(const struct seat_scene *scene, const struct kit_actor *who)
{
	json_t *rows = json_object_get(kit_do(scene->desk, scene->ada, "seat.board", NULL)->body, "people"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (json_integer_value(json_object_get(row, "id")) == who->person)
			return row;
	}
	return NULL;
}

const char *
seat_word_of(const struct seat_scene *scene, const struct kit_actor *who, const char *field)
{
	const json_t *row = seat_row_of(scene, who);

	return row == NULL ? "offline" : g_intern_string(json_string_value(json_object_get(row, field)));
}

int64_t
seat_number_of(const struct seat_scene *scene, const struct kit_actor *who, const char *field)
{
	return json_integer_value(json_object_get(seat_row_of(scene, who), field));
}

int64_t
seat_of_pool(const struct seat_scene *scene, const char *field)
{
	json_t *pools = json_object_get(kit_do(scene->desk, scene->ada, "pool.list", NULL)->body, "pools");

	return json_integer_value(json_object_get(json_array_get(pools, 0), field));
}

char *
seat_taken_chat(struct seat_scene *scene, const struct kit_actor *visitor, const struct kit_actor *who)
{
	g_autofree char *id = g_strdup_printf("start-%05u", ++scene->ids);
	char *conversation =
	    g_strdup(kit_text(kit_do(scene->desk, visitor, "chat.start", "{s:s}", "id", id), "conversation"));

	must(kit_do(scene->desk, who, "chat.take", "{s:s}", "conversation", conversation));
	return conversation;
}

const char *
seat_chat_state(const struct seat_scene *scene, const char *conversation)
{
	return g_intern_string(
	    kit_text(kit_do(scene->desk, scene->ada, "chat.get", "{s:s}", "conversation", conversation), "state"));
}

void
seat_works(struct seat_scene *scene, const struct kit_actor *who, int from_minute, int minutes)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	must(kit_do(scene->desk, scene->lea, "shift.add", "{s:s, s:I, s:i, s:i, s:i, s:s}", "id", id, "person",
	    (json_int_t)who->person, "weekday", 1, "from_minute", from_minute, "minutes", minutes, "first_day",
	    "2026-03-30"));
}

void
seat_wait_minutes(const struct seat_scene *scene, int64_t minutes)
{
	kit_wait(scene->desk, minutes * MS_PER_MINUTE);
	kit_hear(scene->desk);
	kit_jobs(scene->desk);
	kit_jobs(scene->desk);
}
