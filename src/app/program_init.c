/* softanswer init: makes a desk. */
#include <stdio.h>
#include <talloc.h>

#include "app/demo.h"
#include "app/program.h"
#include "base/clock.h"

static gboolean
fill(struct place *place, bool is_demo, GError **error)
{
	struct store *store = place_open(place, true, error);

	if (store == NULL)
		return FALSE;

	gboolean is_filled = !is_demo || demo_fill(store, place->folder, clock_now_ms(clock_system()), error);

	store_close(store);
	return is_filled;
}

static gboolean
make(struct place *place, bool is_demo, GError **error)
{
	static const char *const demo_settings[] = { "demo", "on", NULL };

	if (place_has_desk(place))
		return refuse(error, REFUSED_STATE, NULL, "there is a desk in %s already", place->folder);
	return place_make(place, is_demo ? demo_settings : NULL, error) && fill(place, is_demo, error);
}

int
program_init(const struct program *program, int count, char **arguments)
{
	g_autofree char *folder = NULL;
	gboolean is_demo = FALSE;
	const GOptionEntry entries[] = {
		{ "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, "the data folder", "FOLDER" },
		{ "demo", 0, 0, G_OPTION_ARG_NONE, &is_demo, "fills it with a week of a small shop's chats", NULL },
		{ 0 },
	};
	GError *error = NULL;
	struct place place;
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	if (!place_find(program_folder(folder), &place, &error))
		return program_fails(program, error);
	if (make(&place, is_demo, &error))
		printf("A desk is in %s. softanswer serve --data %s serves it.\n", place.folder, place.folder);
	place_clear(&place);
	return error == NULL ? 0 : program_fails(program, error);
}
