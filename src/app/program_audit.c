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

static gboolean
print(const struct chain_report *report)
{
	if (!report->is_whole) {
		printf("NOT WHOLE: table %s, row %" PRId64 ": %s\n", report->table, report->row, report->says);
		return FALSE;
	}
	print_head("notes", report->notes, &report->note_head);
	print_head("audit", report->lines, &report->audit_head);
	puts("whole: no note and no audit line was changed, added in between or removed");
	return TRUE;
}

static gboolean
verify(const struct program_at *at, GError **error)
{
	struct chain_report report;

	return chains_check(at->store, &report, error) && print(&report);
}

int
program_audit_verify(const struct program *program, int count, char **arguments)
{
	const struct program_body body = { .opens = true, .run = verify };

	return program_at_place(program, count, arguments, &body);
}
