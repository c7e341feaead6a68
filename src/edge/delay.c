/* Delays: see delay.h. */
#include "edge/delay.h"

#include <glib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/secret.h"
#include "edge/address.h"

#define FORGOTTEN_AFTER_MS MS_PER_HOUR
#define FIRST_DELAY_MS     250

/* A person mistypes a few times; behind one address sits a whole office. */
enum who { ACCOUNT, ADDRESS, WHOS };
static const int free_tries[WHOS] = { [ACCOUNT] = 3, [ADDRESS] = 10 };

struct row {
	uint8_t key[16];
	int tries;
	int64_t last_ms;
};

struct delays {
	GHashTable *rows;
	struct row shared[WHOS]; /* of those for whom no row was left */
	struct digest salt;      /* nobody can choose accounts that collide */
	int64_t sweep_at_ms;     /* not before: a sweep looks at every row */
};

static guint
key_hash(gconstpointer key)
{
	guint hash;

	memcpy(&hash, key, sizeof hash);
	return hash;
}

static gboolean
key_equal(gconstpointer one, gconstpointer other)
{
	return memcmp(one, other, sizeof(((struct row *)NULL)->key)) == 0;
}

struct delays *
delays_new(void)
{
	struct delays *delays = g_new0(struct delays, 1);

	delays->rows = g_hash_table_new_full(key_hash, key_equal, NULL, g_free);
	secret_random(&delays->salt, sizeof delays->salt);
	return delays;
}

void
delays_free(struct delays *delays)
{
	if (delays == NULL)
		return;
	g_hash_table_destroy(delays->rows);
	g_free(delays);
}

unsigned
delays_count(const struct delays *delays)
{
	return g_hash_table_size(delays->rows);
}

static bool
is_forgotten(const struct row *row, int64_t now_ms)
{
	return now_ms - row->last_ms > FORGOTTEN_AFTER_MS;
}

static gboolean
sweep_row(gpointer key, gpointer value, gpointer now_ms)
{
	(void)key;
	return is_forgotten(value, *(int64_t *)now_ms);
}

static bool
is_full(struct delays *delays, int64_t now_ms)
{
	if (delays_count(delays) < LIMIT_PASSWORD_FAILURES)
		return false;
	if (now_ms >= delays->sweep_at_ms) {
		g_hash_table_foreach_remove(delays->rows, sweep_row, &now_ms);
		delays->sweep_at_ms = now_ms + MS_PER_MINUTE;
	}
	return delays_count(delays) >= LIMIT_PASSWORD_FAILURES;
}

static void
make_key(const struct delays *delays, enum who who, const char *name, struct row *row)
{
	uint8_t room[ADDRESS_NETWORK_BYTES];
	size_t size = strlen(name);
	const void *bytes = who == ADDRESS ? address_network(name, room, &size) : name;
	struct digest inner = secret_authenticate(&delays->salt, bytes, size);
	struct digest key = secret_authenticate(&inner, who == ADDRESS ? "address" : "account", 7);

	memcpy(row->key, key.bytes, sizeof row->key);
}

/* The row of an account or address, made where there is none; what is forgotten starts from nothing. */
static struct row *
find(struct delays *delays, enum who who, const char *name, int64_t now_ms)
{
	struct row wanted = { .last_ms = now_ms };
	struct row *row;

	make_key(delays, who, name, &wanted);
	row = g_hash_table_lookup(delays->rows, wanted.key);
	if (row == NULL && is_full(delays, now_ms))
		row = &delays->shared[who];
	if (row == NULL) {
		row = g_new(struct row, 1);
		*row = wanted;
		g_hash_table_insert(delays->rows, row->key, row);
	}
	if (is_forgotten(row, now_ms))
		row->tries = 0;
	return row;
}

static int64_t
delay_of(enum who who, int tries)
{
	int over = tries - free_tries[who];

	if (over <= 0)
		return 0;
	return MIN(LIMIT_PASSWORD_WAIT_MS, (int64_t)FIRST_DELAY_MS << MIN(over - 1, 16));
}

static int64_t
try_one(struct delays *delays, enum who who, const char *name, int64_t now_ms)
{
	struct row *row = find(delays, who, name, now_ms);

	if (row->tries < INT32_MAX)
		row->tries++;
	row->last_ms = now_ms;
	return delay_of(who, row->tries);
}

int64_t
delays_try(struct delays *delays, const char *account, const char *address, int64_t now_ms)
{
	int64_t of_account = try_one(delays, ACCOUNT, account, now_ms);
	int64_t of_address = try_one(delays, ADDRESS, address, now_ms);

	return MAX(of_account, of_address);
}

void
delays_forgive(struct delays *delays, const char *account, const char *address, int64_t now_ms)
{
	struct row *row = find(delays, ADDRESS, address, now_ms);

	/* One's own right password says nothing about the others that came from this address. */
	if (row->tries > 0)
		row->tries--;
	row = find(delays, ACCOUNT, account, now_ms);
	if (row != &delays->shared[ACCOUNT])
		g_hash_table_remove(delays->rows, row->key);
}
