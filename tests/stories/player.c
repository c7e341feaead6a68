/*
 * stories: plays the stories of .story files on a real desk with a virtual clock (README.md).
 *
 *     stories FILE...             plays every story; ends with `N passed, N failed`, and with 1 when one failed
 *     stories --only WORDS FILE…  those whose title holds the words
 *     stories --grammar           prints the kinds of lines; --check-readme FILE: whether it lists them all
 *
 *     stories --wrong FILE…       each story must fail, with words that hold its title: the test of the player
 *
 * A story is one test: `ok N - title`, or `not ok N - title` and what was expected and seen, with file:line.
 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "tests/stories/play.h"

struct score {
	const char *only; /* NULL: every story */
	bool is_wrong;    /* each must fail with its title */
	unsigned passed, failed;
};

/* The title of `story "…"`, or NULL; the caller frees. */
static char *
title_of(const char *line)
{
	struct words words;

	return grammar_matches("story {text}", line, false, &words) ? words.texts[0] : NULL;
}

static void
report(struct score *score, const char *title, const char *wrong)
{
	unsigned number = score->passed + score->failed + 1;

	if (wrong == NULL) {
		printf("ok %u - %s\n", number, title);
		score->passed++;
	} else {
		printf("not ok %u - %s\n  %s\n", number, title, wrong);
		score->failed++;
	}
	fflush(stdout);
}

static bool
is_empty(const char *line)
{
	return *line == '\0' || *line == '#';
}

/* Plays from the line after the title up to the next story; returns where it stopped. */
static char **
play_story(struct score *score, const char *file, char **first, char **line, const char *title)
{
	struct play *play = play_begin(file, (int)(line - first) + 1);

	for (line++; *line != NULL && !g_str_has_prefix(*line, "story "); line++) {
		play->line = (int)(line - first) + 1;
		if (!is_empty(g_strstrip(*line)) && play->wrong == NULL)
			line_play(play, *line);
	}
	if (play->wrong == NULL)
		play_end(play);
	if (score->is_wrong)
		report(score, title,
		    play->wrong != NULL && strstr(play->wrong, title) != NULL ? NULL : "it did not fail so");
	else
		report(score, title, play->wrong);
	play_free(play);
	return line;
}

static void
play_file(struct score *score, const char *file)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_file_get_contents(file, &text, NULL, &error)) {
		report(score, file, error->message);
		return;
	}

	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL;) {
		g_autofree char *title = title_of(*line);

		if (title != NULL && (score->only == NULL || strstr(title, score->only) != NULL)) {
			line = play_story(score, file, lines, line, title);
			continue;
		}
		if (title == NULL && !is_empty(*line) && score->only == NULL) {
			g_autofree char *wrong = g_strdup_printf(
			    "%s:%d: a story begins with story \"title\"", file, (int)(line - lines) + 1);

			report(score, file, wrong);
			return;
		}
		line++;
	}
}

/* The README must list every kind of line. */
static int
check_readme(const char *file)
{
	g_autofree char *text = NULL, *missing = NULL;

	if (g_file_get_contents(file, &text, NULL, NULL))
		missing = line_missing_in(text);
	if (text == NULL || missing != NULL)
		printf("%s: lacks %s\n", file, text == NULL ? "everything" : missing);
	printf("%d passed, %d failed\n", text != NULL && missing == NULL, text == NULL || missing != NULL);
	return text == NULL || missing != NULL;
}

int
main(int count, char **arguments)
{
	struct score score = { 0 };
	int i = 1;

	/* What is refused or made to fail on purpose need not be told. */
	log_set_level(LOG_ERROR + 1);
	if (count > 1 && strcmp(arguments[1], "--grammar") == 0) {
		line_print_grammar();
		return 0;
	}
	if (count > 2 && strcmp(arguments[1], "--check-readme") == 0)
		return check_readme(arguments[2]);
	if (count > 2 && strcmp(arguments[1], "--only") == 0) {
		score.only = arguments[2];
		i = 3;
	}
	if (count > 1 && strcmp(arguments[1], "--wrong") == 0) {
		score.is_wrong = true;
		i = 2;
	}
	for (; i < count; i++)
		play_file(&score, arguments[i]);
	printf("%u passed, %u failed\n", score.passed, score.failed);
	return score.failed > 0 || score.passed == 0;
}
