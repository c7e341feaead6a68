/* What a desk that was left behind must be (P37): see desk.h. */
#include "base/limits.h"
#include "desk/audit/audit.h"
#include "desk/duty/duty.h"
#include "sql/kit_sql.h"
#include "tests/kit/desk.h"
#include "tests/kit/desk_inside.h"

static gboolean
check_rules(struct tx *tx, void *data, GError **error)
{
	struct kit_sql_wrong_list list;
	GString *wrong = data;

	if (!kit_sql_wrong(tx, LIMIT_ADVISOR_CHATS, LIMIT_CHAT_GUESTS, &list, error))
		return FALSE;
	for (size_t i = 0; i < list.count; i++)
		g_string_append_printf(wrong, "%s (%" G_GINT64_FORMAT ")\n", list.rows[i].rule, list.rows[i].row);
	return TRUE;
}

static gboolean
check_chains(struct tx *tx, void *data, GError **error)
{
	struct chain_report report;
	GString *wrong = data;

	if (!audit_verify(tx, &report, error))
		return FALSE;
	if (!report.is_whole)
		g_string_append_printf(wrong, "%s %" G_GINT64_FORMAT ": %s\n", report.table, report.row, report.says);
	return TRUE;
}

static gboolean
check_counters(struct tx *tx, void *data, GError **error)
{
	GString *wrong = data;
	int64_t count;

	if (!duty_recount(tx, &count, error))
		return FALSE;
	if (count > 0)
		g_string_append_printf(wrong, "duty: %" G_GINT64_FORMAT " counters are not what they count\n", count);
	return TRUE;
}

char *
kit_desk_check(struct kit_desk *desk)
{
	g_autoptr(GString) wrong = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (!store_check(desk->store, &error))
		g_string_append_printf(wrong, "store: %s\n", error->message);
	kit_look(desk, check_rules, wrong);
	kit_read(desk, check_chains, wrong);
	kit_read(desk, check_counters, wrong);
	return wrong->len == 0 ? NULL : g_string_free(g_steal_pointer(&wrong), FALSE);
}

static gboolean
look_version(struct tx *tx, void *data, GError **error)
{
	return kit_sql_version(tx, data, error);
}

int64_t
kit_version(struct kit_desk *desk)
{
	int64_t version;

	kit_look(desk, look_version, &version);
	return version;
}
