/* The log: see log.h. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static atomic_int least = LOG_INFO;
static const char *const level_names[] = { "debug", "info", "warning", "error" };

void
log_set_level(enum log_level level)
{
	atomic_store_explicit(&least, (int)level, memory_order_relaxed);
}

gboolean
log_level_of(const char *name, enum log_level *level)
{
	for (guint i = 0; i < G_N_ELEMENTS(level_names); i++) {
		if (strcmp(name, level_names[i]) == 0) {
			*level = (enum log_level)i;
			return TRUE;
		}
	}
	return FALSE;
}

static bool
is_plain(const char *value)
{
	if (*value == '\0')
		return false;
	for (const char *at = value; *at != '\0'; at++) {
		if (!g_ascii_isgraph(*at) || *at == '"' || *at == '\\' || *at == '=')
			return false;
	}
	return true;
}

/* Bytes outside printable ASCII become \xNN: a terminal sees nothing of a stranger's making. */
static void
append_quoted(GString *line, const char *value)
{
	g_string_append_c(line, '"');
	for (const unsigned char *at = (const unsigned char *)value; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			g_string_append_printf(line, "\\%c", *at);
		else if (*at < 0x20 || *at > 0x7e)
			g_string_append_printf(line, "\\x%02x", *at);
		else
			g_string_append_c(line, (char)*at);
	}
	g_string_append_c(line, '"');
}

static void
append_pair(GString *line, const char *key, const char *value)
{
	g_string_append_printf(line, " %s=", key);
	if (is_plain(value))
		g_string_append(line, value);
	else
		append_quoted(line, value);
}

void
log_line(enum log_level level, const char *event, ...)
{
	va_list pairs;

	if ((int)level < atomic_load_explicit(&least, memory_order_relaxed))
		return;

	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%S");
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_printf(
	    line, "%s.%03dZ %s %s", time, g_date_time_get_microsecond(now) / 1000, level_names[level], event);
	va_start(pairs, event);
	for (const char *key = va_arg(pairs, const char *); key != NULL; key = va_arg(pairs, const char *)) {
		const char *value = va_arg(pairs, const char *);

		append_pair(line, key, value == NULL ? "" : value);
	}
	va_end(pairs);
	g_string_append_c(line, '\n');

	/* A log that cannot be written must not stop the desk. */
	ssize_t written = write(STDERR_FILENO, line->str, line->len);
	(void)written;
}
