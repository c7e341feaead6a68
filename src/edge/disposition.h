/*
 * Content-Disposition: whether a browser shows a file or saves it, and under which name (RFC 6266 with RFC 8187). Pure.
 */
#pragma once

#include <stdbool.h>

/*
 * `name` is UTF-8; whatever is no plain letter or digit in it is escaped, so nothing of it can end the header. The caller frees.
 */
char *disposition_text(bool is_shown, const char *name);
