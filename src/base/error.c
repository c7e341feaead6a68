/* Errors: see error.h. The field travels in the private part of an extended GError (GLib 2.68+). */
#include "base/error.h"

typedef struct {
	char *field;
	struct error_cause cause;
} DeskErrorPrivate;

static void
desk_error_private_init(DeskErrorPrivate *private)
{
	*private = (DeskErrorPrivate) { 0 };
}

static void
desk_error_private_copy(const DeskErrorPrivate *from, DeskErrorPrivate *to)
{
	to->field = g_strdup(from->field);
	to->cause = from->cause;
}

static void
desk_error_private_clear(DeskErrorPrivate *private)
{
	g_free(private->field);
}

G_DEFINE_EXTENDED_ERROR(DeskError, desk_error)

/* The macro's function registers the domain when it is first called, without a lock: so that is before there are threads. */
__attribute__((constructor)) static void
register_domain(void)
{
	(void)desk_error_quark();
}

static const struct error_row rows[ERROR_KINDS] = {
#define KIND(name, type, status, retry, title) [name] = { type, status, retry, title },
#include "base/errors.def"
#undef KIND
};

const struct error_row *
error_row(enum error_kind kind)
{
	g_assert(kind < ERROR_KINDS);
	return &rows[kind];
}

enum error_kind
error_kind(const GError *error)
{
	return error->domain == DESK_ERROR ? (enum error_kind)error->code : FAILED;
}

const char *
error_field(const GError *error)
{
	return error->domain == DESK_ERROR ? desk_error_get_private(error)->field : NULL;
}

struct error_cause
error_cause(const GError *error)
{
	return error->domain == DESK_ERROR ? desk_error_get_private(error)->cause : (struct error_cause) { 0 };
}

bool
error_is_refusal(const GError *error)
{
	return error_row(error_kind(error))->status < 500;
}

static void
set(GError **error, enum error_kind kind, const char *field, struct error_cause cause, const char *format,
    va_list arguments)
{
	if (error == NULL)
		return;
	g_assert(*error == NULL);
	*error = g_error_new_valist(DESK_ERROR, (int)kind, format, arguments);
	desk_error_get_private(*error)->field = g_strdup(field);
	desk_error_get_private(*error)->cause = cause;
}

gboolean
refuse(GError **error, enum error_kind kind, const char *field, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set(error, kind, field, (struct error_cause) { 0 }, format, arguments);
	va_end(arguments);
	return FALSE;
}

gboolean
refuse_because(
    GError **error, enum error_kind kind, const char *field, struct error_cause cause, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set(error, kind, field, cause, format, arguments);
	va_end(arguments);
	return FALSE;
}

gboolean
fail(GError **error, enum error_kind kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set(error, kind, NULL, (struct error_cause) { 0 }, format, arguments);
	va_end(arguments);
	return FALSE;
}
