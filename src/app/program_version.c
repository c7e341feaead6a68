/* softanswer version. */
#include <stdio.h>

#include "app/program.h"

int
program_version(const struct program *program, int count, char **arguments)
{
	const GOptionEntry entries[] = { { 0 } };
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	printf("softanswer %s, schema %d\n", SOFTANSWER_VERSION, store_schema_known());
	return 0;
}
