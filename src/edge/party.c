/* Parties as others see them: see party.h. */
#include "edge/party.h"

#include <talloc.h>

#include "desk/chat/chat.h"
#include "desk/people/people.h"
#include "edge/dispatch.h"
#include "edge/topic.h"

#define NAME_SECONDS 60

/* What waits for a name. */
struct naming {
	struct socket *socket;
	void (*then)(struct watch *watch, bool on);
	bool on;
	char key[KEY_CHARS + 1];
};

static void
remember(struct party *party, const struct call *call)
{
	const char *name;

	if (party->kind == CREDENTIAL_VISITOR) {
		name = ((const struct chat_visit *)call->answer)->name;
	} else {
		const struct person_me *me = call->answer;

		name = me->name;
		party->person_id = me->id;
	}
	g_free(party->name);
	party->name = g_strdup(name);
}

static void
arrived(struct call *call)
{
	const struct naming *naming = call->owner;
	struct socket *socket = naming->socket;

	if (socket->party != NULL) {
		struct watch *watch = watch_find(socket, naming->key);

		if (call->error == NULL)
			remember(socket->party, call);
		if (watch != NULL)
			naming->then(watch, naming->on);
	}
	socket_call_ends(socket);
}

static bool
is_known(const struct party *party, uint32_t now)
{
	/* A person has a name, so one without is still being asked for. */
	return party->named_at != 0 && now - party->named_at < NAME_SECONDS &&
	    (party->kind == CREDENTIAL_VISITOR || party->name != NULL);
}

void
party_named(struct watch *watch, void (*then)(struct watch *watch, bool on), bool on)
{
	struct socket *socket = watch->socket;
	uint32_t now = socket->hub->seconds + 1;

	if (is_known(socket->party, now)) {
		then(watch, on);
		return;
	}

	struct call *call = dispatch_call(socket, socket->is_visitor ? "chat.visit" : "person.me");
	struct naming *naming = talloc(call_memory(call), struct naming);

	*naming = (struct naming) { .socket = socket, .then = then, .on = on };
	g_strlcpy(naming->key, watch->topic->key, sizeof(naming->key));
	socket->party->named_at = now;
	call->owner = naming;
	call->answered = arrived;
	call_submit(call);
}
