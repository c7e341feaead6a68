/*
 * Replay: feeds a fuzz target what its corpus keeps, where there is no libFuzzer. Short files are fed with every prefix too:
 * an input that ends anywhere must be borne.
 */
#include <stdio.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define PREFIX_BYTES_MAX 512

static gboolean
replay(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize size;

	if (!g_file_get_contents(path, &bytes, &size, error))
		return FALSE;
	for (size_t prefix = size > PREFIX_BYTES_MAX ? size : 0; prefix <= size; prefix++) {
		/* A copy of just that size, so that a sanitizer sees one byte too far. */
		g_autofree uint8_t *copy = g_malloc(MAX(prefix, 1));

		memcpy(copy, bytes, prefix);
		LLVMFuzzerTestOneInput(copy, prefix);
	}
	return TRUE;
}

int
main(int count, char **arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = count == 2 ? g_dir_open(arguments[1], 0, &error) : NULL;
	const char *name;
	unsigned files = 0;

	while (dir != NULL && error == NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(arguments[1], name, NULL);

		if (replay(path, &error))
			files++;
	}
	if (dir == NULL || error != NULL || files == 0) {
		fprintf(stderr, "usage: %s FOLDER (%s)\n", arguments[0], error != NULL ? error->message : "no files");
		return 1;
	}
	printf("%u files replayed\n", files);
	return 0;
}
