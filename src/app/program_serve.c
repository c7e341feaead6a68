/* softanswer serve: serves the desk; makes one where there is none. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "app/confine.h"
#include "app/program.h"
#include "app/serving.h"
#include "base/limits.h"
#include "base/log.h"

struct options {
	char *address, *base_url, *database;
	int port;
};

/* As many descriptors as the system lets us have: sockets are what a desk is made of. Nothing of its memory in a core dump. */
static void
set_limits(void)
{
	struct rlimit descriptors, none = { 0, 0 };

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
	if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0)
		return;
	descriptors.rlim_cur = descriptors.rlim_max;
	setrlimit(RLIMIT_NOFILE, &descriptors);
}

static void
replace(char **setting, const char *given)
{
	if (given == NULL)
		return;
	g_free(*setting);
	*setting = g_strdup(given);
}

/* Options go before the settings file. */
static gboolean
apply(const struct options *options, struct settings *settings, GError **error)
{
	if (options->port < -1 || options->port > 65535)
		return refuse(error, REFUSED_RANGE, "port", "--port wants a number from 0 to 65535");
	if (options->port >= 0)
		settings->port = options->port;
	replace(&settings->address, options->address);
	replace(&settings->base_url, options->base_url);
	replace(&settings->database, options->database);
	return TRUE;
}

/* Before there are threads, and before there is a secret in memory. */
static void
confine_if_wanted(struct place *place)
{
	if (place->settings.confine) {
		place->lacks = confine(place);
	} else {
		place->lacks = g_strdup("confine = off in the settings");
		log_line(LOG_WARNING, "desk.unconfined", "why", place->lacks, NULL);
	}
}

static gboolean
serve(const struct program_at *at, GError **error)
{
	const struct options *options = at->data;
	struct place *place = at->place;

	set_limits();
	place->commit = program_commit();
	if (!place_make(place, NULL, error) || !apply(options, &place->settings, error))
		return FALSE;
	confine_if_wanted(place);

	struct serving *serving = serving_start(place, error);

	if (serving == NULL)
		return FALSE;
	printf("Softanswer %s serves the desk in %s at %s\n", SOFTANSWER_VERSION, place->folder,
	    serving_base_url(serving));
	if (serving_first_code(serving) != NULL)
		printf("This desk is new. Open %s/setup and enter this code: %s\n", serving_base_url(serving),
		    serving_first_code(serving));
	fflush(stdout);
	serving_run(serving);
	return TRUE;
}

int
program_serve(const struct program *program, int count, char **arguments)
{
	struct options options = { .port = -1 };
	const GOptionEntry entries[] = {
		{ "port", 0, 0, G_OPTION_ARG_INT, &options.port, "the port to listen on; 0 takes a free one", "N" },
		{ "address", 0, 0, G_OPTION_ARG_STRING, &options.address, "the address to listen on", "A" },
		{ "base-url", 0, 0, G_OPTION_ARG_STRING, &options.base_url, "the address that browsers use", "URL" },
		{ "database", 0, 0, G_OPTION_ARG_STRING, &options.database,
		    "where the desk is kept, such as postgresql://…", "WHERE" },
		{ 0 },
	};
	const struct program_body body = { .entries = entries, .run = serve, .data = &options };
	int code = program_at_place(program, count, arguments, &body);

	g_free(options.address);
	g_free(options.base_url);
	g_free(options.database);
	return code;
}
