/* Routing on a desk of the kit: step by step, as often as there is more to do. See desk.h. */
#include "desk/routing/routing.h"
#include "tests/kit/desk.h"

/* Of one step; so few that every play has more than one. */
#define AT_A_TIME 3

struct step {
	int did;
	bool more;
};

static gboolean
run(struct tx *tx, void *data, GError **error)
{
	struct step *step = data;

	return routing_step(tx, AT_A_TIME, &step->did, &step->more, error);
}

void
kit_route(struct kit_desk *desk)
{
	struct step step;

	do {
		step = (struct step) { 0 };
		kit_change(desk, run, &step);
	} while (step.more);
}
