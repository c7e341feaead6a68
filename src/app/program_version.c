/* softanswer version: what this program is, and the commit that it was built from ("+": and changes; benches ask for it). */
#include <stdio.h>

#include "app/program.h"
#include "commit.h"

const char *
program_commit(void)
{
	return SOFTANSWER_COMMIT;
}

int
program_version(const struct program *program, int count, char **arguments)
{
	const GOptionEntry entries[] = { { 0 } };
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	printf("softanswer %s, schema %d, commit %s\n", SOFTANSWER_VERSION, store_schema_known(), SOFTANSWER_COMMIT);
	return 0;
}
