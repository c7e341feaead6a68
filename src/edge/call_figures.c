/* Figures of calls: see call_figures.h. */
#include "edge/call_figures.h"

#define COMMANDS_MAX 256 /* well above the number of rows; asserted */

static struct call_figures figures[COMMANDS_MAX];

static struct call_figures *
figures_of(const struct command *command)
{
	unsigned i = 0;

	while (figures[i].command != NULL && figures[i].command != command) {
		i++;
		g_assert(i < COMMANDS_MAX);
	}
	figures[i].command = command;
	return &figures[i];
}

void
call_figures_add(const struct command *command, const GError *error, int64_t ns)
{
	struct call_figures *mine = figures_of(command);

	mine->ns += ns;
	if (error == NULL)
		mine->done++;
	else if (error_is_refusal(error))
		mine->refused++;
	else
		mine->failed++;
}

const struct call_figures *
call_figures_get(unsigned i)
{
	return i < COMMANDS_MAX && figures[i].command != NULL ? &figures[i] : NULL;
}
