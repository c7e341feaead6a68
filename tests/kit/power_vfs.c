/* A disk whose power can go: see power_vfs.h. */
#include "tests/kit/power_vfs.h"

#include <string.h>

#include "tests/kit/facts.h"
#include "tests/kit/fault_vfs.h"

#define SECTOR_BYTES 512

/* What was asked of a file and not fsynced: bytes at a place, or (without bytes) a new length. */
struct wish {
	int64_t at;
	GBytes *bytes;
};

/* A file, whatever its name. */
struct inode {
	GByteArray *durable;
	GPtrArray *wishes; /* of struct wish, in their order */
	unsigned names;    /* how many refer to it */
};

/* What a name stands for now, and after the folder's last fsync; NULL: nothing. */
struct name {
	struct inode *now, *durable;
};

static char *watched;
static GHashTable *names; /* path -> struct name */
static void (*on_change)(void);

static void
wish_free(void *data)
{
	struct wish *wish = data;

	g_clear_pointer(&wish->bytes, g_bytes_unref);
	g_free(wish);
}

static void
point(struct inode **at, struct inode *to)
{
	struct inode *before = *at;

	if (to != NULL)
		to->names++;
	*at = to;
	if (before == NULL || --before->names > 0)
		return;
	g_byte_array_unref(before->durable);
	g_ptr_array_unref(before->wishes);
	g_free(before);
}

static void
name_free(void *data)
{
	struct name *name = data;

	point(&name->now, NULL);
	point(&name->durable, NULL);
	g_free(name);
}

static struct inode *
inode_new(const char *path)
{
	struct inode *inode = g_new0(struct inode, 1);
	g_autofree char *content = NULL;
	gsize size = 0;

	inode->durable = g_byte_array_new();
	inode->wishes = g_ptr_array_new_with_free_func(wish_free);
	if (g_file_get_contents(path, &content, &size, NULL))
		g_byte_array_append(inode->durable, (const guint8 *)content, (guint)size);
	return inode;
}

/* NULL: not one of ours. */
static struct name *
name_of(const char *path)
{
	return names == NULL ? NULL : g_hash_table_lookup(names, path);
}

static void
change(void)
{
	if (on_change != NULL)
		on_change();
}

static void
opens(const char *path)
{
	struct name *name = name_of(path);

	if (!g_str_has_prefix(path, watched) || (name != NULL && name->now != NULL))
		return;
	change();
	if (name == NULL) {
		name = g_new0(struct name, 1);
		g_hash_table_insert(names, g_strdup(path), name);
		/* The first time that we hear of it: what is there already is on the disk. */
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			point(&name->durable, inode_new(path));
		if (name->durable != NULL) {
			point(&name->now, name->durable);
			return;
		}
	}
	point(&name->now, inode_new(path));
}

static void
add_wish(const char *path, int64_t at, GBytes *bytes)
{
	struct wish *wish = g_new0(struct wish, 1);

	*wish = (struct wish) { .at = at, .bytes = bytes };
	g_ptr_array_add(name_of(path)->now->wishes, wish);
}

static bool
is_ours(const char *path)
{
	struct name *name = name_of(path);

	return name != NULL && name->now != NULL;
}

static void
writes(const char *path, const void *bytes, size_t size, int64_t at)
{
	if (!is_ours(path))
		return;
	change();
	add_wish(path, at, g_bytes_new(bytes, size));
}

static void
shortens(const char *path, int64_t size)
{
	if (!is_ours(path))
		return;
	change();
	add_wish(path, size, NULL);
}

static void
put_bytes(GByteArray *content, const guint8 *bytes, size_t size, int64_t at)
{
	guint before = content->len;

	if (at + (int64_t)size > before) {
		g_byte_array_set_size(content, (guint)at + (guint)size);
		memset(content->data + before, 0, content->len - before);
	}
	memcpy(content->data + at, bytes, size);
}

/* A piece of a write that lies in one sector; returns how long it is. */
static size_t
piece_at(const struct wish *wish, size_t from)
{
	size_t size = g_bytes_get_size(wish->bytes);
	size_t sector_left = SECTOR_BYTES - (size_t)(wish->at + (int64_t)from) % SECTOR_BYTES;

	return MIN(size - from, sector_left);
}

/* As much of the wish as chance grants. */
static void
grant(GByteArray *content, const struct wish *wish, GRand *chance, double odds)
{
	const guint8 *bytes = wish->bytes == NULL ? NULL : g_bytes_get_data(wish->bytes, NULL);
	size_t from = 0, size = wish->bytes == NULL ? 0 : g_bytes_get_size(wish->bytes), piece;

	if (bytes == NULL && g_rand_double(chance) < odds && wish->at < content->len)
		g_byte_array_set_size(content, (guint)wish->at);
	for (; from < size; from += piece) {
		piece = piece_at(wish, from);
		if (g_rand_double(chance) < odds)
			put_bytes(content, bytes + from, piece, wish->at + (int64_t)from);
	}
}

static void
syncs(const char *path)
{
	struct inode *inode;

	if (!is_ours(path))
		return;
	change();
	inode = name_of(path)->now;
	for (guint n = 0; n < inode->wishes->len; n++) {
		const struct wish *wish = g_ptr_array_index(inode->wishes, n);

		if (wish->bytes != NULL)
			put_bytes(inode->durable, g_bytes_get_data(wish->bytes, NULL), g_bytes_get_size(wish->bytes),
			    wish->at);
		else if (wish->at < inode->durable->len)
			g_byte_array_set_size(inode->durable, (guint)wish->at);
	}
	g_ptr_array_set_size(inode->wishes, 0);
}

static void
removes(const char *path)
{
	if (!is_ours(path))
		return;
	change();
	point(&name_of(path)->now, NULL);
}

static void
syncs_folder(const char *path)
{
	GHashTableIter iter;
	void *name;

	if (!g_str_has_prefix(path, watched))
		return;
	change();
	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, NULL, &name))
		point(&((struct name *)name)->durable, ((struct name *)name)->now);
}

static const struct fault_vfs_watcher watcher = { opens, writes, shortens, syncs, removes, syncs_folder };

void
power_vfs_begin(const char *folder)
{
	watched = g_strconcat(folder, G_DIR_SEPARATOR_S, NULL);
	names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, name_free);
	fault_vfs_install();
	fault_vfs_watch(&watcher);
}

void
power_vfs_end(void)
{
	fault_vfs_watch(NULL);
	on_change = NULL;
	g_clear_pointer(&names, g_hash_table_unref);
	g_clear_pointer(&watched, g_free);
}

void
power_vfs_on_change(void (*changes)(void))
{
	on_change = changes;
}

/* The length that the file has for those who use it. */
static guint
length_of(const struct inode *inode)
{
	int64_t length = inode->durable->len;

	for (guint n = 0; n < inode->wishes->len; n++) {
		const struct wish *wish = g_ptr_array_index(inode->wishes, n);

		length = wish->bytes == NULL ? MIN(length, wish->at)
					     : MAX(length, wish->at + (int64_t)g_bytes_get_size(wish->bytes));
	}
	return (guint)length;
}

static void
leave_file(const struct inode *inode, const char *to, GRand *chance)
{
	static const double odds[] = { 0, 0.1, 0.5, 0.9, 1 };
	double kept = odds[g_rand_int_range(chance, 0, G_N_ELEMENTS(odds))];
	GByteArray *content = g_byte_array_new();
	guint before;

	g_byte_array_append(content, inode->durable->data, inode->durable->len);
	for (guint n = 0; n < inode->wishes->len; n++)
		grant(content, g_ptr_array_index(inode->wishes, n), chance, kept);
	before = content->len;
	if (before < length_of(inode) && g_rand_boolean(chance)) {
		g_byte_array_set_size(content, length_of(inode));
		memset(content->data + before, 0, content->len - before);
	}
	ASSERT_OK(g_file_set_contents(to, (const char *)content->data, (gssize)content->len, &error));
	g_byte_array_unref(content);
}

void
power_vfs_cut(const char *to, GRand *chance)
{
	GHashTableIter iter;
	void *path, *value;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &path, &value)) {
		const struct name *name = value;
		const struct inode *inode =
		    name->now != name->durable && g_rand_boolean(chance) ? name->now : name->durable;
		g_autofree char *base = g_path_get_basename(path), *goal = g_build_filename(to, base, NULL);

		if (inode != NULL)
			leave_file(inode, goal, chance);
	}
}
