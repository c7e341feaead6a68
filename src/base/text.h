/*
 * Texts of strangers: what kinds there are. All functions are pure, and bounded by the length of what they are given.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether this UTF-8 has no control characters (C0, DEL, C1) and no code points that Unicode gave to nobody. A text `with_lines`
 * may have tabs, newlines, carriage returns, U+2028, U+2029 and what turns the direction of writing; a single line may not,
 * since it stands among the words of others: U+202A to U+202E and U+2066 to U+2069 would turn those as well.
 */
bool text_is_clean(const char *text, bool with_lines);

/* Makes UTF-8 a clean line, in place: what ends a line becomes a blank, and what else may not stand there is taken out. */
void text_tidy(char *text);

/* Whether nothing of it is seen: white space of any script, what only joins or shapes, and letters that are drawn as nothing. */
bool text_is_blank(const char *text);

/* Whether it is made of A-Z a-z 0-9 - _ only, and not empty. */
bool text_is_key(const char *text);

/* Whether mail could be sent there: one @, something before it, a host of letters, digits, dots and dashes behind it. */
bool text_is_email(const char *text);

/* ASCII letters to lower case, in place: enough for addresses, and the same in every language. */
void text_to_lower(char *text);

/* A copy by which words are alike in whatever letters they are written: capitals or not, accents as one code point or two. UTF-8. */
char *text_fold(const char *text);

/* A decimal number of 64 bits and nothing else: no blanks, no plus, no leading zeros. */
bool text_to_int(const char *text, int64_t *number);

/* Whether brackets and braces outside of quotes nest at most `max` deep: asked before JSON is parsed. */
bool text_depth_is_within(const char *bytes, size_t size, int max);
