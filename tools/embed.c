/*
 * embed: puts files into the program, as one assembly file with a table (src/base/embedded.h).
 *
 *     embed [--compress] OUT.S NAME ROOT FILE...       the files named, their paths relative to ROOT
 *     embed [--compress] --tree OUT.S NAME FOLDER      everything below FOLDER
 *
 * gives `const struct embedded NAME_files[]`, sorted by path, and `const unsigned NAME_count`. --compress adds what gzip -9
 * and brotli -q 11 make of each file, where that is smaller. Compressed files are kept beside OUT.S under the digest of
 * what they were made of: only what changed is compressed again. Memory is never freed: the program lives for a moment.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
	char *path;                 /* in the table */
	char *from, *gzip, *brotli; /* where the bytes lie; NULL: nowhere */
	char *digest;
};

static G_GNUC_PRINTF(1, 2) G_NORETURN void complain(const char *format, ...)
{
	va_list arguments;

	fputs("embed: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static gsize
size_of(const char *path)
{
	GStatBuf status;

	if (g_stat(path, &status) != 0)
		complain("%s: %s", path, g_strerror(errno));
	return (gsize)status.st_size;
}

static char *
digest_of(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *content = NULL;
	gsize size;

	if (!g_file_get_contents(path, &content, &size, &error))
		complain("%s", error->message);
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)content, size);
}

static void
run(const char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	int status;

	if (!g_spawn_sync(
		NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error) ||
	    !g_spawn_check_wait_status(status, &error))
		complain("%s: %s", arguments[0], error->message);
}

static void
copy(const char *from, const char *to)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *content = NULL;
	gsize size;

	if (!g_file_get_contents(from, &content, &size, &error) ||
	    !g_file_set_contents(to, content, (gssize)size, &error))
		complain("%s", error->message);
}

/* gzip knows no name for what it makes, so it works on a copy. */
static void
make_gzip(const char *from, const char *to)
{
	g_autofree char *plain = g_strndup(to, strlen(to) - strlen(".gz"));

	copy(from, plain);
	run((const char *const[]) { "gzip", "-9", "-n", "-f", plain, NULL });
}

static void
make_brotli(const char *from, const char *to)
{
	g_autofree char *unfinished = g_strconcat(to, ".tmp", NULL);

	run((const char *const[]) { "brotli", "-q", "11", "-f", "-o", unfinished, from, NULL });
	if (g_rename(unfinished, to) != 0)
		complain("%s: %s", to, g_strerror(errno));
}

/* The path of the compressed file, made where it is not there yet; NULL where it is no smaller. */
static char *
compressed(const struct file *file, const char *folder, const char *suffix, void (*make)(const char *, const char *))
{
	char *to = g_strdup_printf("%s/%s%s", folder, file->digest, suffix);

	if (!g_file_test(to, G_FILE_TEST_EXISTS))
		make(file->from, to);
	return size_of(to) < size_of(file->from) ? to : NULL;
}

static void
files_compress(GPtrArray *files, const char *out)
{
	g_autofree char *folder = g_strconcat(out, ".d", NULL);

	if (g_mkdir_with_parents(folder, 0777) != 0)
		complain("%s: %s", folder, g_strerror(errno));
	for (guint i = 0; i < files->len; i++) {
		struct file *file = files->pdata[i];

		file->gzip = compressed(file, folder, ".gz", make_gzip);
		file->brotli = compressed(file, folder, ".br", make_brotli);
	}
}

static void
files_add(GPtrArray *files, const char *from, const char *path)
{
	struct file *file = g_new0(struct file, 1);

	file->from = g_canonicalize_filename(from, NULL);
	file->path = g_strdup(path);
	file->digest = digest_of(from);
	g_ptr_array_add(files, file);
}

/* Adds everything below `folder`; `above` is its path in the table, "" or ending with '/'. */
static void
files_add_tree(GPtrArray *files, const char *folder, const char *above)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
	const char *name;

	if (dir == NULL)
		complain("%s", error->message);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *from = g_build_filename(folder, name, NULL);
		g_autofree char *path = g_strconcat(above, name, NULL);
		g_autofree char *below = g_strconcat(path, "/", NULL);

		if (g_file_test(from, G_FILE_TEST_IS_DIR))
			files_add_tree(files, from, below);
		else
			files_add(files, from, path);
	}
}

static void
files_add_named(GPtrArray *files, char **names, const char *root)
{
	for (; *names != NULL; names++) {
		gsize length = strlen(root);

		if (strncmp(*names, root, length) != 0 || (*names)[length] != '/')
			complain("%s is not below %s", *names, root);
		files_add(files, *names, *names + length + 1);
	}
}

static int
file_compare(const void *one, const void *other)
{
	return strcmp((*(struct file *const *)one)->path, (*(struct file *const *)other)->path);
}

/* ---- The assembly ---- */

/* An integer as wide as a pointer. */
static const char *
word(void)
{
	return sizeof(void *) == 8 ? ".8byte" : ".4byte";
}

static void
write_bytes(GString *out, const char *label, guint i, const char *path)
{
	g_autofree char *escaped = path == NULL ? NULL : g_strescape(path, NULL);

	if (path != NULL)
		g_string_append_printf(out, "\t.balign 16\n.L%s%u:\n\t.incbin \"%s\"\n\t.byte 0\n", label, i, escaped);
}

static void
write_content(GString *out, const struct file *file, guint i)
{
	g_autofree char *path = g_strescape(file->path, NULL);

	g_string_append_printf(out, ".Lpath%u:\n\t.asciz \"%s\"\n", i, path);
	g_string_append_printf(out, ".Letag%u:\n\t.asciz \"\\\"%.24s\\\"\"\n", i, file->digest);
	write_bytes(out, "data", i, file->from);
	write_bytes(out, "gzip", i, file->gzip);
	write_bytes(out, "brotli", i, file->brotli);
}

static void
write_pointer(GString *out, const char *label, guint i, bool is_there)
{
	if (is_there)
		g_string_append_printf(out, "\t%s .L%s%u\n", word(), label, i);
	else
		g_string_append_printf(out, "\t%s 0\n", word());
}

static void
write_size(GString *out, const char *path)
{
	g_string_append_printf(out, "\t%s %zu\n", word(), path == NULL ? 0 : size_of(path));
}

/* The members in the order of struct embedded. */
static void
write_row(GString *out, const struct file *file, guint i)
{
	write_pointer(out, "path", i, true);
	write_pointer(out, "data", i, true);
	write_pointer(out, "gzip", i, file->gzip != NULL);
	write_pointer(out, "brotli", i, file->brotli != NULL);
	write_size(out, file->from);
	write_size(out, file->gzip);
	write_size(out, file->brotli);
	write_pointer(out, "etag", i, true);
}

static void
write_symbol(GString *out, const char *name, const char *what)
{
	g_string_append_printf(
	    out, "\t.balign 16\n\t.globl %s_%s\n\t.type %s_%s, %%object\n%s_%s:\n", name, what, name, what, name, what);
}

static char *
assembly(GPtrArray *files, const char *name)
{
	GString *out = g_string_new("/* Made by tools/embed: never edited. */\n\t.section .rodata\n");

	for (guint i = 0; i < files->len; i++)
		write_content(out, files->pdata[i], i);
	write_symbol(out, name, "count");
	g_string_append_printf(out, "\t.4byte %u\n\t.section .data.rel.ro,\"aw\"\n", files->len);
	write_symbol(out, name, "files");
	for (guint i = 0; i < files->len; i++)
		write_row(out, files->pdata[i], i);
	/* A symbol of no size would not link everywhere. */
	g_string_append_printf(out, "\t%s 0\n\t.section .note.GNU-stack,\"\",%%progbits\n", word());
	return g_string_free(out, FALSE);
}

int
main(int count, char **arguments)
{
	gboolean compress = FALSE, tree = FALSE;
	GOptionEntry options[] = {
		{ "compress", 0, 0, G_OPTION_ARG_NONE, &compress, "add gzip and brotli", NULL },
		{ "tree", 0, 0, G_OPTION_ARG_NONE, &tree, "take everything below ROOT", NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("OUT.S NAME ROOT [FILE...]");
	g_autoptr(GError) error = NULL;
	GPtrArray *files = g_ptr_array_new();

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &arguments, &error))
		complain("%s", error->message);
	if (count < 4)
		complain("usage: embed [--compress] [--tree] OUT.S NAME ROOT [FILE...]");
	if (tree)
		files_add_tree(files, arguments[3], "");
	else
		files_add_named(files, arguments + 4, arguments[3]);
	g_ptr_array_sort(files, file_compare);
	if (compress)
		files_compress(files, arguments[1]);
	if (!g_file_set_contents(arguments[1], assembly(files, arguments[2]), -1, &error))
		complain("%s", error->message);
	return 0;
}
