/* Handshakes: see handshake.h. */
#include "edge/handshake.h"

#include <string.h>
#include <talloc.h>

#include "desk/people/pass.h"
#include "edge/delay.h"
#include "edge/password.h"
#include "edge/wrong.h"

static const struct actor nobody = { .kind = ACTOR_NOBODY };

/* One call's handshake; lives in the call's memory. */
struct handshake {
	struct work look; /* first */
	struct password_job job;
	struct call *call;

	/* Of a password that is compared. */
	struct person_account account;
	int64_t hold_ms;

	/* Of a pass that is used up. */
	struct handshake_hash wanted;
	bool is_open;
};

struct session_place
handshake_place(struct call *call)
{
	g_autofree char *agent = g_utf8_make_valid(call->agent, -1);

	return (struct session_place) { call->address, talloc_strdup(call_memory(call), agent) };
}

static struct handshake *
begin(struct call *call)
{
	struct handshake *handshake = talloc_zero(call_memory(call), struct handshake);

	handshake->call = call;
	handshake->job.address = call->address;
	handshake->job.data = handshake;
	handshake->look.memory = talloc_new(handshake);
	handshake->look.actor = &nobody;
	handshake->look.now_ms = call->work.now_ms;
	memcpy(handshake->look.seed, call->work.seed, sizeof call->work.seed);
	return handshake;
}

/* Looks something up on a reader; `done` goes on with it. */
static void
look(struct handshake *handshake, gboolean (*run)(struct tx *, struct work *, GError **), void (*done)(struct work *))
{
	GError *error = NULL;

	handshake->look.run = run;
	handshake->look.done = done;
	if (!crew_read(handshake->call->edge->crew, &handshake->look, &error))
		call_refuse(handshake->call, error);
}

/* Ends the call where the look failed, or where the desk has stopped meanwhile: then the pool may be gone. */
static bool
look_is_over(struct handshake *handshake)
{
	GError *error = g_steal_pointer(&handshake->look.error);

	if (error == NULL && handshake->call->edge->is_stopping)
		(void)fail(&error, FAILED_BUSY, "the desk stops");
	if (error != NULL)
		call_refuse(handshake->call, error);
	return error != NULL;
}

static void
hand_to_pool(struct handshake *handshake, void (*done)(struct password_job *))
{
	GError *error = NULL;

	handshake->job.done = done;
	if (!passwords_submit(handshake->call->edge->passwords, &handshake->job, &error))
		call_refuse(handshake->call, error);
}

/* ---- Comparing ---- */

static struct delays *
delays_of(const struct handshake *handshake)
{
	return passwords_delays(handshake->call->edge->passwords);
}

static struct wrongs *
wrongs_of(const struct handshake *handshake)
{
	return passwords_wrongs(handshake->call->edge->passwords);
}

static bool
owes_a_delay(const struct handshake *handshake)
{
	return handshake->job.error == NULL && !handshake->job.matches && handshake->account.is_known_address &&
	    handshake->hold_ms > 0;
}

static void
compared(struct handshake *handshake, void (*done)(struct password_job *))
{
	struct call *call = handshake->call;

	if (handshake->job.matches)
		delays_forgive(delays_of(handshake), handshake->account.email, call->address, call->work.now_ms);
	if (!owes_a_delay(handshake)) {
		done(&handshake->job);
		return;
	}
	handshake->job.compare = handshake->job.make = NULL;
	handshake->job.hold_ms = handshake->hold_ms;
	hand_to_pool(handshake, done);
}

/* Hands the password to the pool, after the delay that it has earned. */
static void
compare(struct handshake *handshake, const char *password, void (*done)(struct password_job *))
{
	struct call *call = handshake->call;

	handshake->hold_ms =
	    delays_try(delays_of(handshake), handshake->account.email, call->address, call->work.now_ms);
	handshake->job.hold_ms = handshake->account.is_known_address ? 0 : handshake->hold_ms;
	handshake->job.compare = password;
	handshake->job.known = handshake->account.hash;
	hand_to_pool(handshake, done);
}

/* ---- Signing in ---- */

static gboolean
find_account(struct tx *tx, struct work *work, GError **error)
{
	struct handshake *handshake = (struct handshake *)work;
	const struct session_start *ask = handshake->call->ask;

	return person_account(tx, ask->email, handshake->call->address, &handshake->account, error);
}

static void
signed_in(struct password_job *job)
{
	struct handshake *handshake = job->data;
	struct session_start *ask = handshake->call->ask;
	GError *error = g_steal_pointer(&job->error);

	if (error == NULL && !job->matches) {
		wrong_note(wrongs_of(handshake), handshake->call, handshake->account.person_id);
		(void)session_wrong(&error);
	}
	if (error != NULL) {
		call_refuse(handshake->call, error);
		return;
	}
	wrong_flush(wrongs_of(handshake), handshake->call);
	ask->person_id = handshake->account.person_id;
	ask->hash = handshake->account.hash;
	call_submit(handshake->call);
}

static void
sign_in_compared(struct password_job *job)
{
	compared(job->data, signed_in);
}

static void
account_found(struct work *work)
{
	struct handshake *handshake = (struct handshake *)work;
	const struct session_start *ask = handshake->call->ask;

	if (!look_is_over(handshake))
		compare(handshake, ask->password, sign_in_compared);
}

void
handshake_sign_in(struct call *call)
{
	struct session_start *ask = call->ask;

	ask->place = handshake_place(call);
	look(begin(call), find_account, account_found);
}

/* ---- A new password ---- */

static gboolean
find_own(struct tx *tx, struct work *work, GError **error)
{
	struct handshake *handshake = (struct handshake *)work;
	struct call *call = handshake->call;
	struct actor actor = nobody;

	if (call->credential.kind == CREDENTIAL_TOKEN && !session_actor(tx, &call->credential.token, &actor, error))
		return FALSE;
	return person_account_own(tx, actor.person_id, call->address, &handshake->account, error);
}

static void
password_made(struct password_job *job)
{
	struct handshake *handshake = job->data;
	struct session_password *ask = handshake->call->ask;

	if (job->error != NULL) {
		call_refuse(handshake->call, g_steal_pointer(&job->error));
		return;
	}
	ask->old_hash = job->matches ? handshake->account.hash : NULL;
	ask->hash = job->hash;
	call_submit(handshake->call);
}

static void
password_compared(struct password_job *job)
{
	compared(job->data, password_made);
}

static void
own_found(struct work *work)
{
	struct handshake *handshake = (struct handshake *)work;
	const struct session_password *ask = handshake->call->ask;

	if (look_is_over(handshake))
		return;
	handshake->job.make = ask->new;
	if (handshake->account.person_id == 0)
		call_submit(handshake->call); /* nobody is signed in, and is told so */
	else
		compare(handshake, ask->old, password_compared);
}

void
handshake_new_password(struct call *call)
{
	struct session_password *ask = call->ask;

	ask->place = handshake_place(call);
	look(begin(call), find_own, own_found);
}

/* ---- A pass ---- */

static gboolean
find_pass(struct tx *tx, struct work *work, GError **error)
{
	struct handshake *handshake = (struct handshake *)work;

	return pass_is_open(tx, handshake->wanted.kind, handshake->wanted.token, &handshake->is_open, error);
}

static void
hashed(struct password_job *job)
{
	struct handshake *handshake = job->data;

	if (job->error != NULL) {
		call_refuse(handshake->call, g_steal_pointer(&job->error));
		return;
	}
	*handshake->wanted.hash = job->hash;
	call_submit(handshake->call);
}

static void
pass_found(struct work *work)
{
	struct handshake *handshake = (struct handshake *)work;
	GError *error = NULL;

	if (look_is_over(handshake))
		return;
	if (!handshake->is_open) {
		(void)pass_refuse(handshake->wanted.field, &error);
		call_refuse(handshake->call, error);
		return;
	}
	handshake->job.make = handshake->wanted.password;
	hand_to_pool(handshake, hashed);
}

void
handshake_hash(struct call *call, const struct handshake_hash *wanted)
{
	struct handshake *handshake = begin(call);

	handshake->wanted = *wanted;
	look(handshake, find_pass, pass_found);
}
