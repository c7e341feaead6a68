/* Facts: see facts.h. The one main() of every test program. */
#include "tests/kit/facts.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

static struct fact *facts, **facts_end = &facts;
static unsigned facts_count;
static GPtrArray *folders;

void
fact_add(struct fact *fact)
{
	*facts_end = fact;
	facts_end = &fact->next;
	facts_count++;
}

void
fact_check_refusal(const char *call, const GError *error, enum error_kind kind, const char *field)
{
	if (error == NULL)
		fail_msg("%s: refused without an error", call);
	if (error_kind(error) != kind || g_strcmp0(error_field(error), field) != 0)
		fail_msg("%s: refused as %s, field %s: %s; wanted %s, field %s", call,
		    error_row(error_kind(error))->type, error_field(error), error->message, error_row(kind)->type,
		    field);
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *inside = g_build_filename(path, name, NULL);

		remove_tree(inside);
	}
	g_remove(path);
}

static void
remove_folders(void)
{
	for (guint i = 0; i < folders->len; i++)
		remove_tree(folders->pdata[i]);
}

char *
fact_folder(void)
{
	g_autoptr(GError) error = NULL;
	char *path = g_dir_make_tmp("softanswer-test-XXXXXX", &error);

	if (path == NULL)
		fail_msg("%s", error->message);
	if (folders == NULL) {
		folders = g_ptr_array_new_with_free_func(g_free);
		atexit(remove_folders);
	}
	g_ptr_array_add(folders, g_strdup(path));
	return path;
}

static void
run_fact(void **state)
{
	const struct fact *fact = *state;

	fact->run();
}

int
main(int count, char **arguments)
{
	g_autofree struct CMUnitTest *tests = g_new0(struct CMUnitTest, facts_count);
	size_t chosen = 0;

	secret_init();
	for (struct fact *fact = facts; fact != NULL; fact = fact->next) {
		if (count > 1 && strstr(fact->sentence, arguments[1]) == NULL)
			continue;
		tests[chosen].name = fact->sentence;
		tests[chosen].test_func = run_fact;
		tests[chosen++].initial_state = fact;
	}
	/* What cmocka_run_group_tests() stands for: the number of facts is known only now. */
	return _cmocka_run_group_tests(arguments[0], tests, chosen, NULL, NULL);
}
