/*
 * Texts of strangers: what kinds there are. All functions are pure, and bounded by the length of what they are given.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether this UTF-8 has no control characters (C0, DEL, C1) and no code points that Unicode gave to nobody; tab, newline and
 * carriage return are allowed where `with_lines`.
 */
bool text_is_clean(const char *text, bool with_lines);

/* Whether it is all white space. */
bool text_is_blank(const char *text);

/* Whether it is made of A-Z a-z 0-9 - _ only, and not empty. */
bool text_is_key(const char *text);

/* Whether mail could be sent there: one @, something before it, a host of letters, digits, dots and dashes behind it. */
bool text_is_email(const char *text);

/* ASCII letters to lower case, in place: enough for addresses, and the same in every language. */
void text_to_lower(char *text);

/* A decimal number of 64 bits and nothing else: no blanks, no plus, no leading zeros. */
bool text_to_int(const char *text, int64_t *number);

/* Whether brackets and braces outside of quotes nest at most `max` deep: asked before JSON is parsed. */
bool text_depth_is_within(const char *bytes, size_t size, int max);
