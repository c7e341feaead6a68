/*
 * layers: shows that the rooms of src/ see only what lies below them.
 *
 *     layers ROOT        ROOT is the tree that holds src/
 *
 * It reads the #include lines of every .c, .h and .def file below src/ and names each one that breaks a rule, as
 * file:line, on standard output. It ends with 1 when there was one, with 2 when it could not look.
 *
 * The rules (docs/decisions/0002-house.md):
 * - base <- store, bus <- desk <- edge <- app. The bus carries the store's events, so it may see the store's headers.
 * - A file's suffix beats its folder: *_api.c counts as edge, *_test.c may include anything.
 * - desk/ includes no header of a socket, JSON, HTTP, a thread, an engine or the log.
 * - The nouns of desk/ (its folders) form no cycle. A generated sql/NOUN_sql.h belongs to the noun that holds NOUN.sql.
 *
 * What a file reaches through another header does not count: the rule is about what it asks for itself. Non-goals:
 * understanding #if, and finding headers that nobody needs.
 */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum room { BASE, STORE, BUS, DESK, EDGE, APP, ROOMS, ELSEWHERE = ROOMS };

static const char *const room_names[ROOMS] = { "base", "store", "bus", "desk", "edge", "app" };

/* What each room may include, as letters in the order of enum room. */
static const char *const may_include[ROOMS] = {
	[BASE] = "b",
	[STORE] = "bs",
	[BUS] = "bsu",
	[DESK] = "bsud",
	[EDGE] = "bsude",
	[APP] = "bsudea",
};
static const char room_letters[ROOMS] = { 'b', 's', 'u', 'd', 'e', 'a' };

/* Headers that desk/ never includes; one that ends in '/' stands for all below it. */
static const char *const desk_never[] = {
	"jansson.h",
	"uv.h",
	"microhttpd.h",
	"sqlite3.h",
	"libpq-fe.h",
	"pthread.h",
	"threads.h",
	"curl/",
	"sys/socket.h",
	"netinet/",
	"arpa/",
	"netdb.h",
	"poll.h",
	"sys/epoll.h",
	"stdio.h",
	"malloc.h",
	"signal.h",
	"time.h",
	"sys/time.h",
	"unistd.h",
	"fcntl.h",
	"base/log.h",
	"base/queue.h",
	"store/writer.h",
	"store/readers.h",
	"store/crew.h",
	"store/batch.h",
	"store/store.h",
	"store/work.h",
	NULL,
};

/* One noun's need of another, with the first line that says so. */
struct need {
	char *from, *to, *where;
};

struct look {
	const char *root;
	GHashTable *noun_of_sql; /* "item" -> "conversation", where src/desk/conversation/item.sql is */
	GPtrArray *needs;
	GPtrArray *files; /* below src/, relative to it */
	unsigned broken;
};

static void complain(struct look *look, const char *where, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
complain(struct look *look, const char *where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("%s: %s\n", where, text);
	look->broken++;
}

static enum room
room_of(const char *path)
{
	for (enum room room = 0; room < ROOMS; room++) {
		size_t size = strlen(room_names[room]);

		if (strncmp(path, room_names[room], size) == 0 && path[size] == '/')
			return room;
	}
	return g_str_has_prefix(path, "sql/") ? DESK : ELSEWHERE;
}

/* The noun of a path in desk/, or NULL: for desk/ itself and for every other room. */
static char *
noun_of(struct look *look, const char *path)
{
	const char *rest = path + strlen("desk/");

	if (g_str_has_prefix(path, "sql/") && g_str_has_suffix(path, "_sql.h")) {
		g_autofree char *stem = g_strndup(path + 4, strlen(path) - 4 - strlen("_sql.h"));

		return g_strdup(g_hash_table_lookup(look->noun_of_sql, stem));
	}
	if (!g_str_has_prefix(path, "desk/") || strchr(rest, '/') == NULL)
		return NULL;
	return g_strndup(rest, (size_t)(strchr(rest, '/') - rest));
}

/* The header that an #include line asks for, or NULL. */
static char *
header_of(const char *line)
{
	const char *at = line + strspn(line, " \t"), *end;

	if (*at != '#')
		return NULL;
	at++;
	at += strspn(at, " \t");
	if (!g_str_has_prefix(at, "include"))
		return NULL;
	at += strlen("include");
	at += strspn(at, " \t");
	if (*at != '"' && *at != '<')
		return NULL;
	end = strchr(at + 1, *at == '"' ? '"' : '>');
	return end == NULL ? NULL : g_strndup(at + 1, (size_t)(end - at - 1));
}

static bool
is_never_of_desk(const char *header)
{
	for (const char *const *never = desk_never; *never != NULL; never++) {
		if (g_str_has_suffix(*never, "/") ? g_str_has_prefix(header, *never) : strcmp(header, *never) == 0)
			return true;
	}
	return false;
}

static void
note_need(struct look *look, const char *file, const char *header, const char *where)
{
	g_autofree char *from = noun_of(look, file), *to = noun_of(look, header);

	if (from == NULL || to == NULL || strcmp(from, to) == 0)
		return;
	for (guint i = 0; i < look->needs->len; i++) {
		struct need *need = g_ptr_array_index(look->needs, i);

		if (strcmp(need->from, from) == 0 && strcmp(need->to, to) == 0)
			return;
	}
	struct need *need = g_new0(struct need, 1);
	need->from = g_steal_pointer(&from);
	need->to = g_steal_pointer(&to);
	need->where = g_strdup(where);
	g_ptr_array_add(look->needs, need);
}

static void
check_include(struct look *look, const char *file, enum room room, const char *header, const char *where)
{
	enum room other = room_of(header);

	if (room == DESK && is_never_of_desk(header))
		complain(look, where, "desk/ never includes \"%s\"", header);
	else if (other != ELSEWHERE && strchr(may_include[room], room_letters[other]) == NULL)
		complain(look, where, "%s/ may not include \"%s\": it lies above", room_names[room], header);
	if (room == DESK)
		note_need(look, file, header, where);
}

static void
check_file(struct look *look, const char *file)
{
	enum room room = g_str_has_suffix(file, "_api.c") ? EDGE : room_of(file);
	g_autofree char *path = g_build_filename(look->root, "src", file, NULL), *text = NULL;

	if (room == ELSEWHERE || g_str_has_suffix(file, "_test.c"))
		return;
	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		complain(look, path, "cannot be read");
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		g_autofree char *header = header_of(lines[i]);
		g_autofree char *where = g_strdup_printf("src/%s:%d", file, i + 1);

		if (header != NULL)
			check_include(look, file, room, header, where);
	}
}

/* Walks from `noun`; `path` holds the nouns on the way, so meeting one of them again is a cycle. */
static void
follow_needs(struct look *look, const char *noun, GPtrArray *path, GHashTable *finished)
{
	if (g_hash_table_contains(finished, noun))
		return;
	g_ptr_array_add(path, (char *)noun);
	for (guint i = 0; i < look->needs->len; i++) {
		struct need *need = g_ptr_array_index(look->needs, i);
		guint at;

		if (strcmp(need->from, noun) != 0)
			continue;
		if (g_ptr_array_find_with_equal_func(path, need->to, g_str_equal, &at)) {
			g_autoptr(GString) way = g_string_new(need->to);

			for (guint j = at + 1; j < path->len; j++)
				g_string_append_printf(way, " -> %s", (char *)g_ptr_array_index(path, j));
			complain(look, need->where, "the nouns form a cycle: %s -> %s", way->str, need->to);
		} else {
			follow_needs(look, need->to, path, finished);
		}
	}
	g_ptr_array_remove_index(path, path->len - 1);
	g_hash_table_add(finished, g_strdup(noun));
}

static void
check_cycles(struct look *look)
{
	g_autoptr(GHashTable) finished = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) path = g_ptr_array_new();

	for (guint i = 0; i < look->needs->len; i++)
		follow_needs(look, ((struct need *)g_ptr_array_index(look->needs, i))->from, path, finished);
}

static void
note_file(struct look *look, const char *file)
{
	if (g_str_has_suffix(file, ".c") || g_str_has_suffix(file, ".h") || g_str_has_suffix(file, ".def"))
		g_ptr_array_add(look->files, g_strdup(file));
	if (g_str_has_suffix(file, ".sql") && g_str_has_prefix(file, "desk/")) {
		g_autofree char *name = g_path_get_basename(file);

		name[strcspn(name, ".")] = '\0';
		g_hash_table_insert(look->noun_of_sql, g_strdup(name), noun_of(look, file));
	}
}

static bool
walk(struct look *look, const char *folder)
{
	g_autofree char *path = g_build_filename(look->root, "src", folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

	if (dir == NULL)
		return false;
	for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
		g_autofree char *file = *folder == '\0' ? g_strdup(name) : g_build_filename(folder, name, NULL);

		if (!walk(look, file))
			note_file(look, file);
	}
	return true;
}

static void
need_free(void *data)
{
	struct need *need = data;

	g_free(need->from);
	g_free(need->to);
	g_free(need->where);
	g_free(need);
}

static int
by_name(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

int
main(int argc, char **argv)
{
	struct look look = { .root = argc == 2 ? argv[1] : "." };

	g_autoptr(GHashTable) noun_of_sql = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GPtrArray) needs = g_ptr_array_new_with_free_func(need_free);
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	look.noun_of_sql = noun_of_sql;
	look.needs = needs;
	look.files = files;
	if (!walk(&look, "") || files->len == 0) {
		fprintf(stderr, "layers: no sources below %s/src\n", look.root);
		return 2;
	}
	g_ptr_array_sort(files, by_name);
	for (guint i = 0; i < files->len; i++)
		check_file(&look, g_ptr_array_index(files, i));
	check_cycles(&look);
	return look.broken > 0;
}
