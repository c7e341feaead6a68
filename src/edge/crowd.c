/* The crowd: see crowd.h. */
#include "edge/crowd.h"

#include <glib.h>
#include <string.h>

#include "edge/address.h"

struct row {
	uint8_t network[ADDRESS_NETWORK_BYTES]; /* first; the rest is 0 */
	unsigned count;
};

struct crowd {
	GHashTable *rows; /* a set of struct row */
	unsigned max;
};

static guint
row_hash(gconstpointer key)
{
	const struct row *row = key;
	guint hash = 5381;

	for (unsigned i = 0; i < sizeof row->network; i++)
		hash = hash * 33 + row->network[i];
	return hash;
}

static gboolean
row_equal(gconstpointer one, gconstpointer other)
{
	return memcmp(one, other, sizeof(((struct row *)NULL)->network)) == 0;
}

struct crowd *
crowd_new(unsigned max)
{
	struct crowd *crowd = g_new0(struct crowd, 1);

	crowd->rows = g_hash_table_new_full(row_hash, row_equal, g_free, NULL);
	crowd->max = max;
	return crowd;
}

void
crowd_free(struct crowd *crowd)
{
	if (crowd == NULL)
		return;
	g_hash_table_destroy(crowd->rows);
	g_free(crowd);
}

static struct row
row_of(const char *address)
{
	struct row row = { .count = 0 };
	uint8_t room[ADDRESS_NETWORK_BYTES];
	size_t size;
	const void *bytes = address_network(address, room, &size);

	memcpy(row.network, bytes, MIN(size, sizeof row.network));
	return row;
}

unsigned
crowd_count(const struct crowd *crowd, const char *address)
{
	struct row key = row_of(address), *row = crowd == NULL ? NULL : g_hash_table_lookup(crowd->rows, &key);

	return row == NULL ? 0 : row->count;
}

bool
crowd_has_room(const struct crowd *crowd, const char *address)
{
	return crowd == NULL || crowd->max == 0 || crowd_count(crowd, address) < crowd->max;
}

void
crowd_enter(struct crowd *crowd, const char *address)
{
	if (crowd == NULL)
		return;

	struct row key = row_of(address), *row = g_hash_table_lookup(crowd->rows, &key);

	if (row == NULL) {
		row = g_memdup2(&key, sizeof key);
		g_hash_table_add(crowd->rows, row);
	}
	row->count++;
}

void
crowd_leave(struct crowd *crowd, const char *address)
{
	if (crowd == NULL)
		return;

	struct row key = row_of(address), *row = g_hash_table_lookup(crowd->rows, &key);

	g_assert(row != NULL);
	if (--row->count == 0)
		g_hash_table_remove(crowd->rows, &key);
}

unsigned
crowd_addresses(const struct crowd *crowd)
{
	return crowd == NULL ? 0 : g_hash_table_size(crowd->rows);
}
