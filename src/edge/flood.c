/* Floods: see flood.h. */
#include "edge/flood.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "base/secret.h"
#include "edge/address.h"

static const struct flood_rule {
	int64_t per, seconds, burst;
} rules[FLOODS][FLOOD_WHOS] = {
#define FLOOD(kind, who, per, seconds, burst, says) [FLOOD_##kind][who] = { per, seconds, burst },
#include "edge/flood.def"
#undef FLOOD
};

struct flood_key {
	uint32_t kind, who;
	uint8_t caller[16];
};

/* What a bucket holds is told by when it will be full again: nothing is rounded away, however often somebody asks. */
struct bucket {
	struct flood_key key;
	int64_t full_at_us;
};

#define US_PER_MS     INT64_C(1000)
#define US_PER_SECOND INT64_C(1000000)

struct flood_table {
	GHashTable *buckets;
	struct bucket shared[FLOODS][FLOOD_WHOS]; /* of those for whom no bucket was left */
	struct digest salt;                       /* nobody can choose callers that collide */
	int64_t sweep_at_us;                      /* not before: a sweep looks at every bucket */
	unsigned sweep_size; /* not with fewer: so the work of sweeping is spread over the buckets made */
};

#define SWEEP_SIZE_MIN 256

static guint
key_hash(gconstpointer key)
{
	uint32_t hash;

	memcpy(&hash, ((const struct flood_key *)key)->caller, sizeof hash);
	return hash ^ ((const struct flood_key *)key)->kind;
}

static gboolean
key_equal(gconstpointer one, gconstpointer other)
{
	return memcmp(one, other, sizeof(struct flood_key)) == 0;
}

struct flood_table *
flood_table_new(void)
{
	struct flood_table *table = g_new0(struct flood_table, 1);

	table->sweep_size = SWEEP_SIZE_MIN;
	table->buckets = g_hash_table_new_full(key_hash, key_equal, NULL, g_free);
	secret_random(&table->salt, sizeof table->salt);
	return table;
}

void
flood_table_free(struct flood_table *table)
{
	if (table == NULL)
		return;
	g_hash_table_destroy(table->buckets);
	g_free(table);
}

unsigned
flood_table_count(const struct flood_table *table)
{
	return table == NULL ? 0 : g_hash_table_size(table->buckets);
}

/* How long one request takes to be refilled. */
static int64_t
cost_us(const struct flood_rule *rule)
{
	return rule->seconds * US_PER_SECOND / rule->per;
}

static gboolean
is_full(gpointer key, gpointer value, gpointer now_us)
{
	(void)key;
	return ((struct bucket *)value)->full_at_us <= *(int64_t *)now_us;
}

/* Forgets the buckets that are full again: at twice as many as were left the last time, and when there is no room. */
static void
sweep(struct flood_table *table, int64_t now_us)
{
	unsigned size = g_hash_table_size(table->buckets);

	if (size < MIN(table->sweep_size, LIMIT_FLOOD_BUCKETS) || now_us < table->sweep_at_us)
		return;
	g_hash_table_foreach_remove(table->buckets, is_full, &now_us);
	table->sweep_at_us = now_us + US_PER_SECOND;
	table->sweep_size = MAX(SWEEP_SIZE_MIN, 2 * g_hash_table_size(table->buckets));
}

static struct bucket *
find(struct flood_table *table, const struct flood_key *key, int64_t now_us)
{
	struct bucket *bucket = g_hash_table_lookup(table->buckets, key);

	if (bucket != NULL)
		return bucket;
	sweep(table, now_us);
	if (g_hash_table_size(table->buckets) >= LIMIT_FLOOD_BUCKETS)
		return &table->shared[key->kind][key->who];
	bucket = g_new0(struct bucket, 1);
	*bucket = (struct bucket) { .key = *key, .full_at_us = now_us };
	g_hash_table_insert(table->buckets, &bucket->key, bucket);
	return bucket;
}

/* How long to wait for room for one request; 0 or less: there is room. A clock that jumped back makes nobody wait for longer. */
static int64_t
wait_us(struct bucket *bucket, const struct flood_rule *rule, int64_t now_us)
{
	int64_t empty_us = rule->burst * cost_us(rule);

	bucket->full_at_us = CLAMP(bucket->full_at_us, now_us, now_us + empty_us);
	return bucket->full_at_us + cost_us(rule) - now_us - empty_us;
}

static void
name_caller(const struct flood_table *table, const void *bytes, size_t size, struct flood_key *key)
{
	struct digest named = secret_authenticate(&table->salt, bytes, size);

	memcpy(key->caller, named.bytes, sizeof key->caller);
}

static void
name_address(const struct flood_table *table, const char *address, struct flood_key *key)
{
	uint8_t room[ADDRESS_NETWORK_BYTES];
	size_t size;
	const void *network = address_network(address, room, &size);

	name_caller(table, network, size, key);
}

/* False for a caller without a credential. */
static bool
name_credential(const struct flood_table *table, const struct credential *credential, struct flood_key *key)
{
	switch (credential->kind) {
	case CREDENTIAL_TOKEN:
		key->who = BY_STAFF;
		name_caller(table, &credential->token, sizeof credential->token, key);
		return true;
	case CREDENTIAL_SESSION:
		key->who = BY_STAFF;
		name_caller(table, &credential->session_id, sizeof credential->session_id, key);
		return true;
	case CREDENTIAL_VISITOR:
		key->who = BY_VISITOR;
		name_caller(table, credential->visitor, KEY_CHARS, key);
		return true;
	case CREDENTIAL_NONE:
	case CREDENTIAL_SYSTEM:
		break;
	}
	return false;
}

#define KEYS_MAX 2

/* Counts one request against each of these, or none when it is too much for one of them. */
static bool
take(struct flood_table *table, const struct flood_key *keys, unsigned count, int64_t now_ms, int *retry_seconds)
{
	struct bucket *buckets[KEYS_MAX] = { NULL };
	int64_t now_us = now_ms * US_PER_MS;

	g_assert(count <= KEYS_MAX);
	for (unsigned i = 0; i < count; i++) {
		const struct flood_rule *rule = &rules[keys[i].kind][keys[i].who];

		if (rule->burst == 0)
			continue;
		buckets[i] = find(table, &keys[i], now_us);

		int64_t wait = wait_us(buckets[i], rule, now_us);

		if (wait > 0) {
			if (retry_seconds != NULL)
				*retry_seconds = (int)((wait + US_PER_SECOND - 1) / US_PER_SECOND);
			return false;
		}
	}
	for (unsigned i = 0; i < count; i++) {
		if (buckets[i] != NULL)
			buckets[i]->full_at_us += cost_us(&rules[keys[i].kind][keys[i].who]);
	}
	return true;
}

bool
flood_allows(struct flood_table *table, enum flood kind, const char *address, const struct credential *credential,
    int64_t now_ms, int *retry_seconds)
{
	struct flood_key keys[KEYS_MAX] = { { .kind = kind, .who = BY_ADDRESS }, { .kind = kind } };

	if (table == NULL || credential->kind == CREDENTIAL_SYSTEM)
		return true;
	name_address(table, address, &keys[0]);
	return take(table, keys, name_credential(table, credential, &keys[1]) ? 2 : 1, now_ms, retry_seconds);
}

bool
flood_allows_site(struct flood_table *table, enum flood kind, const char *site, int64_t now_ms, int *retry_seconds)
{
	struct flood_key key = { .kind = kind, .who = BY_SITE };

	if (table == NULL)
		return true;
	name_caller(table, site, strlen(site), &key);
	return take(table, &key, 1, now_ms, retry_seconds);
}
