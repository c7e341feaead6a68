/*
 * The grammar of stories: a line is matched against patterns such as `{who} take{s} {visitor}'s chat`.
 *
 *     {who} {visitor} {person} {word}   a name or word: letters, digits, '-'
 *     {names}                           names: "ann", "ann and ben", "ann, ben and cleo"
 *     {text}                            in double quotes; \" is a quote
 *     {n}                               a number
 *     {rest}                            whatever is left of the line
 *     {s} {es}                          the ending of a verb: there in "ann takes", not in "ann cannot take"
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define WORDS_MAX 6

/* What the braces of a pattern stand for in a line, in order. */
struct words {
	char *texts[WORDS_MAX];
	unsigned count;
};
void words_clear(struct words *words);

/* Whether the line is of the pattern; `is_bare`: its verb has no ending. `words` is filled only then. */
bool grammar_matches(const char *pattern, const char *line, bool is_bare, struct words *words);

/* The names of {names}, up to NULL; the caller frees. */
char **grammar_names(const char *names);
