/* The protocol's number: see protocol.h. */
#include "edge/protocol.h"

/* The journeys of old pages build programs with other numbers: tests/browser/CMakeLists.txt. */
#ifndef PROTOCOL_NOW
#define PROTOCOL_NOW    1
#define PROTOCOL_OLDEST 1
#endif

const int protocol_oldest = PROTOCOL_OLDEST;
const char protocol_text[] = SOFTANSWER_VERSION "; protocol=" G_STRINGIFY(PROTOCOL_NOW);

gboolean
protocol_check(const char *said, int oldest, GError **error)
{
	guint64 number;

	if (said == NULL || !g_ascii_string_to_unsigned(said, 10, 0, G_MAXINT, &number, NULL) ||
	    number >= (guint64)oldest)
		return TRUE;
	return refuse(error, REFUSED_RELOAD, NULL, "this page is too old for the desk: load it again");
}
