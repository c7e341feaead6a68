/* People: see people.h. */
#include "desk/people/people.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"
#include "desk/events.h"
#include "desk/people/session.h"
#include "sql/pass_sql.h"
#include "sql/people_sql.h"
#include "store/tx.h"

const char *const status_names[] = { STATUS_ONLINE, STATUS_AWAY, STATUS_WINDING, STATUS_LINE, STATUS_PHONE,
	STATUS_OFFLINE, NULL };

const char *
person_email(void *memory, const char *text)
{
	char *kept;

	if (strlen(text) > LIMIT_EMAIL_BYTES || !text_is_email(text))
		return NULL;
	kept = talloc_strdup(memory, text);
	text_to_lower(kept);
	return kept;
}

/* Tells everybody what the person is like now. */
static gboolean
tell(struct tx *tx, int64_t id, GError **error)
{
	struct people_sql_row *row;
	struct person_row *body = talloc(tx_memory(tx), struct person_row);

	if (!people_sql_row(tx, id, &row, error))
		return FALSE;
	*body = (struct person_row) { row->id, row->name, row->role, row->status, row->is_disabled };
	return tx_tell(tx, EVENT_PERSON_CHANGED, 0, body);
}

gboolean
person_list(struct tx *tx, struct person_list *answer, GError **error)
{
	struct people_sql_list_list list;
	struct person *rows;

	if (!people_sql_list(tx, LIMIT_PEOPLE, &list, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct person, list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct people_sql_list *row = &list.rows[i];

		rows[i] = (struct person) { row->id, row->email, row->name, row->role, row->status, row->is_disabled,
			row->created_at };
	}
	answer->people = (struct person_rows) { rows, list.count };
	return TRUE;
}

gboolean
person_me(struct tx *tx, struct person_me *answer, GError **error)
{
	const struct actor *actor = tx_actor(tx);

	return person_get(tx, actor->person_id, actor->session_id, answer, error);
}

gboolean
person_get(struct tx *tx, int64_t id, int64_t session, struct person_me *answer, GError **error)
{
	struct people_sql_me *row;

	if (!people_sql_me(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, NULL, "there is no such person");
	*answer = (struct person_me) { row->id, row->email, row->name, row->role, row->status, session };
	return TRUE;
}

gboolean
person_status_put(struct tx *tx, int64_t id, const char *status, GError **error)
{
	int changed;

	if (!people_sql_status_put(tx, id, status, &changed, error))
		return FALSE;
	return changed == 0 || tell(tx, id, error);
}

static gboolean
find(struct tx *tx, int64_t id, struct people_sql_row **row, GError **error)
{
	if (!people_sql_row(tx, id, row, error))
		return FALSE;
	return *row != NULL || refuse(error, REFUSED_UNKNOWN, "person", "there is no such person");
}

/* Somebody must be left who can let others in. */
static gboolean
may_go(struct tx *tx, const struct people_sql_row *row, GError **error)
{
	int64_t others;

	if (row->is_disabled || role_of(row->role) != ROLE_ADMINISTRATOR)
		return TRUE;
	if (!people_sql_other_administrators(tx, row->id, &others, error))
		return FALSE;
	return others > 0 ||
	    refuse(error, REFUSED_STATE, "person", "the desk needs an administrator: %s is the only one", row->name);
}

gboolean
person_role(struct tx *tx, const struct person_role *ask, GError **error)
{
	struct people_sql_row *row;

	if (role_of(ask->role) == ROLE_NONE)
		return refuse(error, REFUSED_RANGE, "role", "there is no such role");
	if (!find(tx, ask->person, &row, error))
		return FALSE;
	if (strcmp(row->role, ask->role) == 0)
		return tx_unremarkable(tx);
	return may_go(tx, row, error) && people_sql_role_set(tx, ask->person, ask->role, error) &&
	    session_end_all(tx, ask->person, error) && tell(tx, ask->person, error);
}

gboolean
person_disable(struct tx *tx, const struct person_ask *ask, GError **error)
{
	struct people_sql_row *row;

	if (!find(tx, ask->person, &row, error))
		return FALSE;
	if (row->is_disabled)
		return tx_unremarkable(tx);
	return may_go(tx, row, error) && people_sql_disable(tx, ask->person, tx_now_ms(tx), error) &&
	    pass_sql_end_resets(tx, ask->person, tx_now_ms(tx), error) &&
	    pass_sql_end_made_by(tx, ask->person, tx_now_ms(tx), error) && session_end_all(tx, ask->person, error) &&
	    tell(tx, ask->person, error);
}

gboolean
person_enable(struct tx *tx, const struct person_ask *ask, GError **error)
{
	struct people_sql_row *row;
	int changed;

	if (!find(tx, ask->person, &row, error) || !people_sql_enable(tx, ask->person, &changed, error))
		return FALSE;
	return changed == 0 ? tx_unremarkable(tx) : tell(tx, ask->person, error);
}

/* Room, as far as the rows of others are concerned. */
gboolean
person_room(struct tx *tx, int64_t invited, GError **error)
{
	int64_t people;

	if (!people_sql_count(tx, &people, error))
		return FALSE;
	return people + invited < LIMIT_PEOPLE ||
	    refuse(error, REFUSED_STATE, NULL, "a desk has at most %d people", LIMIT_PEOPLE);
}

gboolean
person_add(struct tx *tx, const struct person_new *ask, int64_t *id, GError **error)
{
	const char *email = person_email(tx_memory(tx), ask->email);
	struct people_sql_add *added;

	if (email == NULL)
		return refuse(error, REFUSED_RANGE, "email", "that is not an e-mail address");
	if (!person_room(tx, 0, error) ||
	    !people_sql_add(tx, email, ask->name, role_names[ask->role], ask->hash, tx_now_ms(tx), &added, error))
		return FALSE;
	if (added == NULL)
		return refuse(error, REFUSED_STATE, "email", "somebody with this address is here already");
	*id = added->id;
	return tell(tx, *id, error);
}

gboolean
person_any(struct tx *tx, bool *is_any, bool *is_online, GError **error)
{
	return people_sql_any(tx, is_any, is_online, error);
}

static gboolean
account_of(const struct people_sql_account *row, const char *email, struct person_account *account)
{
	*account = (struct person_account) { .email = email };
	if (row != NULL)
		*account = (struct person_account) { row->id, row->email, row->hash, row->is_known_address };
	return TRUE;
}

gboolean
person_account(struct tx *tx, const char *email, const char *address, struct person_account *account, GError **error)
{
	const char *kept = person_email(tx_memory(tx), email);
	struct people_sql_account *row;

	/* What is no address is looked up all the same: it takes as long as any other. */
	if (kept == NULL)
		kept = "";
	return people_sql_account(tx, kept, address, &row, error) && account_of(row, kept, account);
}

gboolean
person_account_own(struct tx *tx, int64_t id, const char *address, struct person_account *account, GError **error)
{
	struct people_sql_account *row;

	return people_sql_account_own(tx, id, address, &row, error) && account_of(row, "", account);
}
