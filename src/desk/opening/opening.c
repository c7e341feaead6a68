/* The opening: see opening.h. */
#include "desk/opening/opening.h"

#include "desk/answer/answer.h"
#include "desk/people/pass.h"
#include "desk/people/people.h"
#include "desk/setting/setting.h"
#include "desk/site/site.h"
#include "store/tx.h"

static gboolean
is_closed(struct tx *tx, GError **error)
{
	bool is_any, is_online;

	if (!person_any(tx, &is_any, &is_online, error))
		return FALSE;
	return !is_any || refuse(error, REFUSED_STATE, NULL, "this desk is open already: please sign in");
}

gboolean
desk_open(struct tx *tx, const struct desk_open *ask, struct session_begun *answer, GError **error)
{
	const struct person_new person = { ask->email, ask->name, ROLE_ADMINISTRATOR, ask->hash };
	struct setting_changed settings = setting_kept;
	int64_t id;

	settings.name = ask->desk;
	settings.language = ask->language;
	settings.time_zone = ask->time_zone;
	return is_closed(tx, error) && pass_use_first(tx, ask->code, error) && person_add(tx, &person, &id, error) &&
	    setting_change(tx, &settings, error) && site_first(tx, ask->desk, ask->language, ask->base_url, error) &&
	    answer_add_first(tx, ask->language, id, error) && session_begin(tx, id, &ask->place, answer, error);
}
