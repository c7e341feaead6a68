/*
 * The log: one JSON-free line an event, `time level name key=value …`, to standard error (the journal's, under systemd).
 *
 * Values are quoted and control characters escaped, so a stranger's text can neither start a line nor colour a terminal.
 * Texts of customers, passwords and tokens are never given to the log. Any thread; one write(2) a line.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* Lines below `level` are dropped; LOG_INFO unless set. Any thread. */
void log_set_level(enum log_level level);

/* The level of a name such as "info"; FALSE for any other word. */
gboolean log_level_of(const char *name, enum log_level *level);

/*
 * Writes `event` (dotted, lower case: "store.opened") and pairs of key and text up to NULL:
 *     log_line(LOG_INFO, "store.opened", "path", path, NULL);
 */
void log_line(enum log_level level, const char *event, ...) G_GNUC_NULL_TERMINATED;
