/*
 * softanswer: the contact desk in one program. This file picks the sub-command; the table is all that it knows.
 */
#include <stdio.h>
#include <string.h>

#include "app/program.h"

const struct program programs[] = {
	{ "serve", "[--data FOLDER] [--port N] [--address A] [--base-url URL] [--database WHERE]",
	    "serves the desk; makes one where there is none", program_serve },
	{ "init", "[--data FOLDER] [--demo] [--database WHERE [--role NAME]]",
	    "makes a desk: store, key and settings file", program_init },
	{ "invite", "EMAIL NAME ROLE [--data FOLDER]", "makes an invitation and prints its link", program_invite },
	{ "backup", "FILE [--data FOLDER]", "copies the store at one moment, also while the desk serves",
	    program_backup },
	{ "restore", "FILE [--data FOLDER] [--force]", "puts a checked backup in the store's place", program_restore },
	{ "copy", "--from WHERE --to WHERE", "moves a desk between a file and a PostgreSQL server, either way",
	    program_copy },
	{ "audit verify", "[--data FOLDER]", "proves that no note and no audit line was changed",
	    program_audit_verify },
	{ "doctor", "[--data FOLDER]", "looks for what is wrong and says what to do", program_doctor },
	{ "version", "", "prints the version", program_version },
	{ NULL, NULL, NULL, NULL },
};

static int
usage(FILE *out, int code)
{
	fputs("usage: softanswer COMMAND …\n\n", out);
	for (const struct program *program = programs; program->name != NULL; program++)
		fprintf(out, "  %-13s %s\n", program->name, program->says);
	fputs(
	    "\nsoftanswer COMMAND --help says more. The data folder is --data, else $SOFTANSWER_DATA, else \"data\".\n",
	    out);
	return code;
}

/* How many words of the arguments are this program's name; 0: it is another. */
static int
words_matched(const struct program *program, int count, char **arguments)
{
	g_auto(GStrv) words = g_strsplit(program->name, " ", -1);
	int matched = 0;

	while (words[matched] != NULL) {
		if (matched >= count || strcmp(words[matched], arguments[matched]) != 0)
			return 0;
		matched++;
	}
	return matched;
}

int
main(int count, char **arguments)
{
	if (count < 2)
		return usage(stderr, 2);
	if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0 || strcmp(arguments[1], "help") == 0)
		return usage(stdout, 0);
	secret_init();
	for (const struct program *program = programs; program->name != NULL; program++) {
		int words = words_matched(program, count - 1, arguments + 1);

		if (words > 0)
			return program->run(program, count - 1 - words, arguments + 1 + words);
	}
	fprintf(stderr, "softanswer: there is no command \"%s\"\n\n", arguments[1]);
	return usage(stderr, 2);
}
