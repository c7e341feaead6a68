/* Passes: see pass.h. */
#include "desk/people/pass.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/people/people.h"
#include "sql/pass_sql.h"
#include "sql/people_sql.h"
#include "store/tx.h"

/* What a pass is for, besides its kind. */
struct purpose {
	const char *kind;
	int64_t lasts_ms;
	int64_t person;
	const char *email, *name, *role;
};

static gboolean
make(struct tx *tx, const struct purpose *purpose, const char **token, GError **error)
{
	const char *made = tx_token(tx);
	struct digest digest = secret_digest_text(made);
	int64_t now = tx_now_ms(tx), id;

	if (!pass_sql_add(tx, purpose->kind, (struct bytes) { digest.bytes, DIGEST_BYTES }, purpose->person,
		purpose->email, purpose->name, purpose->role, tx_actor(tx)->person_id, now, now + purpose->lasts_ms,
		&id, error))
		return FALSE;
	*token = made;
	return tx_about(tx, tx_text(tx, "%s %" G_GINT64_FORMAT, purpose->kind, id));
}

/* Uses up a pass. REFUSED_UNKNOWN for a wrong, used, replaced or old one: nobody can tell which. */
static gboolean
use(struct tx *tx, const char *kind, const char *field, const char *token, struct pass_sql_use **pass, GError **error)
{
	struct digest digest = secret_digest_text(token);

	if (!pass_sql_use(tx, kind, (struct bytes) { digest.bytes, DIGEST_BYTES }, tx_now_ms(tx), pass, error))
		return FALSE;
	return *pass != NULL || pass_refuse(field, error);
}

gboolean
pass_refuse(const char *field, GError **error)
{
	return refuse(
	    error, REFUSED_UNKNOWN, field, "This does not open anything (any more): please ask for a new one");
}

gboolean
pass_is_open(struct tx *tx, const char *kind, const char *token, bool *is_open, GError **error)
{
	struct digest digest = secret_digest_text(token);
	struct pass_sql_look *found;

	if (!pass_sql_look(tx, kind, (struct bytes) { digest.bytes, DIGEST_BYTES }, tx_now_ms(tx), &found, error))
		return FALSE;
	*is_open = found != NULL;
	return TRUE;
}

const char *
pass_link(struct tx *tx, const char *base_url, const char *kind, const char *token)
{
	const char *page = strcmp(kind, PASS_FIRST) == 0 ? "setup" : kind;

	return tx_text(tx, "%s/%s#%s", base_url, page, token);
}

gboolean
people_first_code(struct tx *tx, const char **code, GError **error)
{
	const struct purpose purpose = { .kind = PASS_FIRST, .lasts_ms = LIMIT_FIRST_CODE_HOURS * MS_PER_HOUR };
	bool is_any, is_online;

	if (!person_any(tx, &is_any, &is_online, error))
		return FALSE;
	if (is_any) {
		*code = NULL;
		return TRUE;
	}
	return pass_sql_end_kind(tx, PASS_FIRST, tx_now_ms(tx), error) && make(tx, &purpose, code, error);
}

gboolean
pass_use_first(struct tx *tx, const char *code, GError **error)
{
	struct pass_sql_use *pass;

	return use(tx, PASS_FIRST, "code", code, &pass, error);
}

/* Nobody has the address, and there is room for everybody who is invited. */
static gboolean
may_invite(struct tx *tx, const char *email, GError **error)
{
	struct people_sql_has_email *somebody;
	int64_t invited;

	if (!people_sql_has_email(tx, email, &somebody, error) ||
	    !pass_sql_count_invitations(tx, email, tx_now_ms(tx), &invited, error))
		return FALSE;
	if (somebody != NULL)
		return refuse(error, REFUSED_STATE, "email", "somebody with this address is here already");
	return person_room(tx, invited, error);
}

gboolean
people_invite(struct tx *tx, const char *email, const char *name, enum role role, const char **token, GError **error)
{
	const char *kept = person_email(tx_memory(tx), email);
	const struct purpose purpose = {
		.kind = PASS_INVITATION,
		.lasts_ms = LIMIT_INVITATION_HOURS * MS_PER_HOUR,
		.email = kept,
		.name = name,
		.role = role_names[role],
	};

	if (kept == NULL)
		return refuse(error, REFUSED_RANGE, "email", "that is not an e-mail address");
	if (role == ROLE_NONE)
		return refuse(error, REFUSED_RANGE, "role", "there is no such role");
	return may_invite(tx, kept, error) && pass_sql_end_invitations(tx, kept, tx_now_ms(tx), error) &&
	    make(tx, &purpose, token, error);
}

gboolean
invitation_make(struct tx *tx, const struct invitation_make *ask, struct pass_link *answer, GError **error)
{
	const char *token;

	if (!people_invite(tx, ask->email, ask->name, role_of(ask->role), &token, error))
		return FALSE;
	answer->link = pass_link(tx, ask->base_url, PASS_INVITATION, token);
	answer->expires_at = tx_now_ms(tx) + LIMIT_INVITATION_HOURS * MS_PER_HOUR;
	return TRUE;
}

gboolean
invitation_list(struct tx *tx, struct invitation_list *answer, GError **error)
{
	struct pass_sql_invitations_list list;
	struct invitation_row *rows;

	if (!pass_sql_invitations(tx, tx_now_ms(tx), LIMIT_PEOPLE, &list, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct invitation_row, list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct pass_sql_invitations *row = &list.rows[i];

		rows[i] = (struct invitation_row) { row->invitation, row->email, row->name, row->role, row->made_by,
			row->made_at, row->expires_at };
	}
	answer->invitations = (struct invitation_rows) { rows, list.count };
	return TRUE;
}

gboolean
invitation_withdraw(struct tx *tx, const struct invitation_ask *ask, GError **error)
{
	int changed;

	if (!pass_sql_withdraw(tx, ask->invitation, tx_now_ms(tx), &changed, error))
		return FALSE;
	return changed > 0 || refuse(error, REFUSED_UNKNOWN, "invitation", "there is no such open invitation");
}

gboolean
invitation_accept(struct tx *tx, const struct invitation_accept *ask, struct session_begun *answer, GError **error)
{
	struct pass_sql_use *pass;
	struct person_new person;
	int64_t id;

	if (!use(tx, PASS_INVITATION, "token", ask->token, &pass, error))
		return FALSE;
	person = (struct person_new) { pass->email, ask->name != NULL ? ask->name : pass->name, role_of(pass->role),
		ask->hash };
	return person_add(tx, &person, &id, error) && session_begin(tx, id, &ask->place, answer, error);
}

gboolean
people_reset(struct tx *tx, int64_t person_id, const char **token, GError **error)
{
	const struct purpose purpose = {
		.kind = PASS_RESET,
		.lasts_ms = LIMIT_RESET_MINUTES * MS_PER_MINUTE,
		.person = person_id,
	};
	struct people_sql_row *row;

	if (!people_sql_row(tx, person_id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "person", "there is no such person");
	if (row->is_disabled)
		return refuse(error, REFUSED_STATE, "person", "the account is disabled");
	return pass_sql_end_resets(tx, person_id, tx_now_ms(tx), error) && make(tx, &purpose, token, error);
}

gboolean
reset_make(struct tx *tx, const struct reset_make *ask, struct pass_link *answer, GError **error)
{
	const char *token;

	if (!people_reset(tx, ask->person, &token, error))
		return FALSE;
	answer->link = pass_link(tx, ask->base_url, PASS_RESET, token);
	answer->expires_at = tx_now_ms(tx) + LIMIT_RESET_MINUTES * MS_PER_MINUTE;
	return TRUE;
}

/* The audit line is in the name of whose password it is: only they were given the link. */
static void
act_as(struct tx *tx, int64_t person_id)
{
	struct actor *actor = talloc(tx_memory(tx), struct actor);

	*actor = (struct actor) { .kind = ACTOR_PERSON, .person_id = person_id };
	tx_act_as(tx, actor);
}

gboolean
reset_use(struct tx *tx, const struct reset_use *ask, GError **error)
{
	struct pass_sql_use *pass;
	int changed;

	if (!use(tx, PASS_RESET, "token", ask->token, &pass, error) ||
	    !people_sql_password_put(tx, pass->person_id, ask->hash, &changed, error))
		return FALSE;
	if (changed == 0)
		return pass_refuse("token", error);
	act_as(tx, pass->person_id);
	return session_end_all(tx, pass->person_id, error);
}
