/*
 * sqlgen: makes typed C functions from the named queries in .sql files.
 *
 *     sqlgen OUTDIR FILE.sql...
 *
 * writes OUTDIR/NOUN_sql.h and NOUN_sql.c for each NOUN.sql, and OUTDIR/queries.c with the table of all of them. A file
 * NOUN.sqlite.sql or NOUN.postgres.sql beside it holds one engine's own text of queries that NOUN.sql declares: there a
 * query is named only (`-- :name`). The grammar stands in docs/decisions/0004-queries.md.
 *
 * Whatever is wrong ends the program with file:line and one sentence. A file whose content stays the same is not touched,
 * so that nothing is compiled again. Memory is never freed: the program lives for a moment. Reading is in
 * sqlgen_read.c (sqlgen_declaration.c, sqlgen_text.c); writing is here.
 */
#include "sqlgen.h"

#include <stdio.h>
#include <string.h>

static const char *const type_c[TYPES] = { "int64_t ", "bool ", "const char *", "struct bytes " };
static const char *const type_columns[TYPES] = { "COLUMN_INT", "COLUMN_BOOL", "COLUMN_TEXT", "COLUMN_BLOB" };

static void
write_slots(GString *out, const struct query *query, const char *struct_name)
{
	g_string_append_printf(out, "struct %s {\n", struct_name);
	for (guint i = 0; i < query->columns->len; i++) {
		struct slot *slot = &g_array_index(query->columns, struct slot, i);

		g_string_append_printf(out, "\t%s%s;%s\n", type_c[slot->type], slot->name,
		    slot->is_nullable ? " /* may be absent */" : "");
	}
	g_string_append(out, "};\n");
}

/* A parameter and a result may have the same name. */
static const char *
out_mark(const struct query *query, const char *name)
{
	return find_slot(query->params, name, strlen(name)) == NULL ? "" : "_out";
}

/* The struct of a query's rows. */
static const char *
row_name(const struct noun *noun, const struct query *query)
{
	return g_strdup_printf("%s_sql_%s%s", noun->name, query->like != NULL ? query->like : query->name,
	    query->result == RESULT_VALUES ? "_values" : "");
}

static void
write_signature(GString *out, const struct noun *noun, const struct query *query, const char *between)
{
	g_string_append_printf(out, "gboolean%s%s_sql_%s(struct tx *tx", between, noun->name, query->name);
	for (guint i = 0; i < query->params->len; i++) {
		struct slot *slot = &g_array_index(query->params, struct slot, i);

		g_string_append_printf(out, ", %s%s", type_c[slot->type], slot->name);
	}
	for (guint i = 0; query->result == RESULT_VALUES && i < query->columns->len; i++) {
		struct slot *slot = &g_array_index(query->columns, struct slot, i);

		g_string_append_printf(out, ", %s*%s%s", type_c[slot->type], slot->name, out_mark(query, slot->name));
	}
	if (query->result == RESULT_CHANGED)
		g_string_append(out, ", int *changed");
	if (query->result == RESULT_ONE)
		g_string_append_printf(out, ", struct %s **row", row_name(noun, query));
	if (query->result == RESULT_MANY)
		g_string_append_printf(out, ", struct %s_list *list", row_name(noun, query));
	g_string_append(out, ", GError **error)");
}

static void
write_prototype(GString *out, const struct noun *noun, const struct query *query)
{
	const char *row = row_name(noun, query);
	bool has_rows = query->result == RESULT_ONE || query->result == RESULT_MANY;

	g_string_append_c(out, '\n');
	if (*query->comment != '\0')
		g_string_append_printf(out, "/*%s */\n", query->comment);
	if (has_rows && query->like == NULL) {
		write_slots(out, query, row);
		g_string_append_printf(out, "struct %s_list {\n\tstruct %s *rows;\n\tsize_t count;\n};\n", row, row);
	}
	g_string_append(out, "CHECKED ");
	write_signature(out, noun, query, " ");
	g_string_append(out, ";\n");
}

static char *
header_text(const struct noun *noun)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out,
	    "/* Made of %s.sql by tools/sqlgen: never edited. */\n#pragma once\n\n#include \"store/query.h\"\n",
	    noun->name);
	for (guint i = 0; i < noun->queries->len; i++)
		write_prototype(out, noun, noun->queries->pdata[i]);
	return g_string_free(out, FALSE);
}

static void
write_text(GString *out, const char *field, const char *text)
{
	g_autofree char *escaped = text == NULL ? NULL : g_strescape(text, NULL);

	if (escaped != NULL)
		g_string_append_printf(out, "\t.%s = \"%s\",\n", field, escaped);
}

static void
write_columns(GString *out, const struct query *query, const char *row)
{
	g_string_append_printf(out, "static const struct column %s_columns[] = {\n", query->name);
	for (guint i = 0; i < query->columns->len; i++) {
		struct slot *slot = &g_array_index(query->columns, struct slot, i);

		g_string_append_printf(out, "\t{ \"%s\", %s, %s, offsetof(struct %s, %s) },\n", slot->name,
		    type_columns[slot->type], slot->is_nullable ? "true" : "false", row, slot->name);
	}
	g_string_append(out, "};\n");
}

static void
write_query(GString *out, const struct noun *noun, const struct query *query, const char *row, guint index)
{
	g_string_append_printf(out, "const struct query %s_query_%s = {\n\t.name = \"%s.%s\",\n", noun->name,
	    query->name, noun->name, query->name);
	for (enum engine engine = 0; engine < ENGINES; engine++)
		write_text(out, engine_words[engine], query->texts[engine]);
	g_string_append_printf(out, "\t.index = %u,\n\t.params = %u,\n", index, query->params->len);
	if (query->columns->len > 0)
		g_string_append_printf(out,
		    "\t.columns = %u,\n\t.shape = %s_columns,\n\t.row_size = sizeof(struct %s),\n", query->columns->len,
		    query->name, row);
	g_string_append(out, "};\n\n");
}

static void
write_params(GString *out, const struct query *query)
{
	if (query->params->len == 0)
		return;
	g_string_append(out, "\tconst struct value params_[] = {\n");
	for (guint i = 0; i < query->params->len; i++) {
		struct slot *slot = &g_array_index(query->params, struct slot, i);
		static const char *const makers[TYPES] = { "value_int", "value_int", "value_text", "value_blob" };
		bool is_or_null = slot->type == TYPE_INT && slot->is_nullable;

		g_string_append_printf(
		    out, "\t\t%s%s(%s),\n", makers[slot->type], is_or_null ? "_or_null" : "", slot->name);
	}
	g_string_append(out, "\t};\n");
}

/* What stands between the parameters and the end of the function, by the kind of the result. */
static void
write_call(GString *out, const struct noun *noun, const struct query *query, const char *row)
{
	g_autofree char *start = g_strdup_printf(
	    "(tx, &%s_query_%s, %s, ", noun->name, query->name, query->params->len > 0 ? "params_" : "NULL");

	switch (query->result) {
	case RESULT_NOTHING:
		g_string_append_printf(out, "\n\treturn query_change%sNULL, error);\n", start);
		return;
	case RESULT_CHANGED:
		g_string_append_printf(out, "\n\treturn query_change%schanged, error);\n", start);
		return;
	case RESULT_VALUES:
		g_string_append_printf(
		    out, "\tstruct %s row_;\n\n\tif (!query_values%s&row_, error))\n\t\treturn FALSE;\n", row, start);
		for (guint i = 0; i < query->columns->len; i++) {
			const char *name = g_array_index(query->columns, struct slot, i).name;

			g_string_append_printf(out, "\t*%s%s = row_.%s;\n", name, out_mark(query, name), name);
		}
		break;
	case RESULT_ONE:
		g_string_append_printf(out,
		    "\tvoid *found_;\n\n\tif (!query_one%s&found_, error))\n\t\treturn FALSE;\n\t*row = found_;\n",
		    start);
		break;
	case RESULT_MANY:
		g_string_append_printf(out,
		    "\tvoid *rows_;\n\tsize_t count_;\n\n\tif (!query_many%s&rows_, &count_, error))\n"
		    "\t\treturn FALSE;\n\tlist->rows = rows_;\n\tlist->count = count_;\n",
		    start);
		break;
	}
	g_string_append(out, "\treturn TRUE;\n");
}

static void
write_function(GString *out, const struct noun *noun, const struct query *query, guint index)
{
	bool has_values = query->result == RESULT_VALUES;
	const char *row = row_name(noun, query);

	if (has_values)
		write_slots(out, query, row);
	if (query->columns->len > 0)
		write_columns(out, query, row);
	write_query(out, noun, query, row, index);
	write_signature(out, noun, query, "\n");
	g_string_append(out, "\n{\n");
	write_params(out, query);
	write_call(out, noun, query, row);
	g_string_append(out, "}\n\n");
}

static char *
source_text(const struct noun *noun, guint first_index)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out, "/* Made of %s.sql by tools/sqlgen: never edited. */\n#include \"sql/%s_sql.h\"\n\n",
	    noun->name, noun->name);
	for (guint i = 0; i < noun->queries->len; i++) {
		const struct query *query = noun->queries->pdata[i];

		g_string_append_printf(out, "extern const struct query %s_query_%s;\n", noun->name, query->name);
		write_function(out, noun, query, first_index + i);
	}
	return g_string_free(out, FALSE);
}

/* The table of all queries, each at its index. */
static char *
table_text(GPtrArray *nouns)
{
	GString *out = g_string_new(
	    "/* Made of every .sql file by tools/sqlgen: never edited. */\n#include \"store/query.h\"\n\n");
	GString *rows = g_string_new(NULL);
	guint count = 0;

	for (guint i = 0; i < nouns->len; i++) {
		const struct noun *noun = nouns->pdata[i];

		for (guint j = 0; j < noun->queries->len; j++, count++) {
			const struct query *query = noun->queries->pdata[j];

			g_string_append_printf(
			    out, "extern const struct query %s_query_%s;\n", noun->name, query->name);
			g_string_append_printf(rows, "\t&%s_query_%s,\n", noun->name, query->name);
		}
	}
	g_string_append_printf(out, "\nstatic const struct query *const rows[] = {\n%s\tNULL,\n};\n\n", rows->str);
	g_string_append_printf(out, "const struct query_set desk_queries = { .queries = rows, .count = %u };\n", count);
	return g_string_free(out, FALSE);
}

static void
file_write(const char *folder, const char *name, const char *suffix, char *text)
{
	g_autofree char *path = g_strdup_printf("%s/%s%s", folder, name, suffix);
	g_autofree char *before = NULL;
	g_autoptr(GError) error = NULL;

	if (g_file_get_contents(path, &before, NULL, NULL) && strcmp(before, text) == 0)
		return;
	if (!g_file_set_contents(path, text, -1, &error))
		complain((struct place) { .file = path }, "%s", error->message);
}

int
main(int count, char **arguments)
{
	if (count < 2) {
		fputs("usage: sqlgen OUTDIR FILE.sql...\n", stderr);
		return 2;
	}

	GPtrArray *nouns = nouns_read(arguments + 2);
	guint index = 0;

	g_mkdir_with_parents(arguments[1], 0777);
	for (guint i = 0; i < nouns->len; i++) {
		const struct noun *noun = nouns->pdata[i];

		file_write(arguments[1], noun->name, "_sql.h", header_text(noun));
		file_write(arguments[1], noun->name, "_sql.c", source_text(noun, index));
		index += noun->queries->len;
	}
	file_write(arguments[1], "queries", ".c", table_text(nouns));
	return 0;
}
