/* The tx: see tx.h. Time, seed and actor are those of the work. */
#include "store/tx.h"

#include <string.h>
#include <talloc.h>

#include "store/engine.h"

int64_t
tx_now_ms(const struct tx *tx)
{
	return tx->work->now_ms;
}

const struct actor *
tx_actor(const struct tx *tx)
{
	return tx->work->actor;
}

void
tx_act_as(struct tx *tx, const struct actor *actor)
{
	tx->work->actor = actor;
}

void *
tx_memory(const struct tx *tx)
{
	return tx->work->memory;
}

const char *
tx_key(struct tx *tx)
{
	char *text = talloc_size(tx->work->memory, KEY_CHARS + 1);

	g_assert(text != NULL);
	secret_key_from(tx->work->seed, tx->work->drawn++, text);
	return text;
}

const char *
tx_token(struct tx *tx)
{
	char *text = talloc_size(tx->work->memory, TOKEN_CHARS + 1);

	g_assert(text != NULL);
	secret_token_from(tx->work->seed, tx->work->drawn++, text);
	return text;
}

struct digest
tx_salt(struct tx *tx)
{
	struct digest seed;
	unsigned n = tx->work->drawn++;

	memcpy(seed.bytes, tx->work->seed, DIGEST_BYTES);
	return secret_authenticate(&seed, &n, sizeof n);
}

const char *
tx_text(struct tx *tx, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);

	char *text = talloc_vasprintf(tx->work->memory, format, arguments);

	va_end(arguments);
	g_assert(text != NULL);
	return text;
}

gboolean
tx_tell(struct tx *tx, unsigned kind, int64_t topic, const void *body)
{
	struct event *event = talloc_size(tx->work->memory, sizeof *event);

	g_assert(event != NULL);
	*event = (struct event) { .kind = kind, .topic = topic, .body = body };
	*tx->work->last_event = event;
	tx->work->last_event = &event->next;
	return TRUE;
}

gboolean
tx_about(struct tx *tx, const char *thing)
{
	tx->work->about = thing;
	return TRUE;
}

gboolean
tx_unremarkable(struct tx *tx)
{
	tx->work->is_unremarkable = true;
	return TRUE;
}

const char *
tx_thing(const struct tx *tx)
{
	return tx->work->about == NULL ? "" : tx->work->about;
}
