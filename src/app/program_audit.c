/* softanswer audit verify: proves that no note and no audit line was changed. */
#include <inttypes.h>
#include <stdio.h>

#include "app/chains.h"
#include "app/program.h"

static void
print_head(const char *what, int64_t rows, const struct digest *head)
{
	printf("%-6s %8" PRId64 " rows, head ", what, rows);
	for (int i = 0; i < DIGEST_BYTES; i++)
		printf("%02x", head->bytes[i]);
	putchar('\n');
}

static int
print(const struct chain_report *report)
{
	if (!report->is_whole) {
		printf("NOT WHOLE: table %s, row %" PRId64 ": %s\n", report->table, report->row, report->says);
		return 1;
	}
	print_head("notes", report->notes, &report->note_head);
	print_head("audit", report->lines, &report->audit_head);
	puts("whole: no note and no audit line was changed, added in between or removed");
	return 0;
}

static int
verify(const struct program *program, const struct place *place)
{
	GError *error = NULL;
	struct chain_report report;
	struct store *store = place_open(place, PLACE_LOOK, &error);
	gboolean is_read = store != NULL && chains_check(store, &report, &error);

	if (store != NULL)
		store_close(store);
	return is_read ? print(&report) : program_fails(program, error);
}

int
program_audit_verify(const struct program *program, int count, char **arguments)
{
	g_autofree char *folder = NULL;
	const GOptionEntry entries[] = {
		{ "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, "the data folder", "FOLDER" },
		{ 0 },
	};
	GError *error = NULL;
	struct place place;
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	if (!place_find(program_folder(folder), &place, &error))
		return program_fails(program, error);
	code = verify(program, &place);
	place_clear(&place);
	return code;
}
