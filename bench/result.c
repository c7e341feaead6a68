/*
 * See result.h. docs/operate/benchmarks.md says how to read what is printed here.
 */
#include "result.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

void
result_init(struct result *result, const char *bench, struct figure *figures, bool is_quick, const char *commit)
{
	*result = (struct result) {
		.bench = bench,
		.commit = g_strdup(commit),
		.figures = figures,
		.is_quick = is_quick,
		.remarks = g_string_new(NULL),
	};
}

void
result_clear(struct result *result)
{
	g_string_free(result->remarks, TRUE);
	g_free(result->commit);
}

static struct figure *
figure_named(struct result *result, const char *key)
{
	for (struct figure *figure = result->figures; figure->key != NULL; figure++)
		if (strcmp(figure->key, key) == 0)
			return figure;
	g_error("no figure is named %s", key);
}

void
result_add_goal(struct result *result, const char *key, double value, double other, double goal)
{
	struct figure *figure = figure_named(result, key);

	g_assert(figure->runs < RESULT_RUNS_MAX);
	figure->values[figure->runs] = value;
	figure->goals[figure->runs] = goal;
	figure->others[figure->runs++] = other == 0 ? goal : other;
}

void
result_add(struct result *result, const char *key, double value, double other)
{
	result_add_goal(result, key, value, other, figure_named(result, key)->goal);
}

void
result_say(struct result *result, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_string_append_vprintf(result->remarks, format, args);
	va_end(args);
	g_string_append_c(result->remarks, '\n');
}

static int
by_size(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return (a > b) - (a < b);
}

double
result_median(const double *values, unsigned count)
{
	double sorted[RESULT_RUNS_MAX];

	if (count == 0)
		return 0;
	memcpy(sorted, values, count * sizeof *values);
	qsort(sorted, count, sizeof *sorted, by_size);
	return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

double
result_value(struct result *result, const char *key)
{
	const struct figure *figure = figure_named(result, key);

	return result_median(figure->values, figure->runs);
}

static double
ratio_of(const struct figure *figure)
{
	double ratios[RESULT_RUNS_MAX];

	for (unsigned run = 0; run < figure->runs; run++)
		ratios[run] = figure->others[run] == 0 ? 0 : figure->values[run] / figure->others[run];
	return result_median(ratios, figure->runs);
}

static double
low_of(const struct figure *figure)
{
	double low = INFINITY;

	for (unsigned run = 0; run < figure->runs; run++)
		low = fmin(low, figure->values[run]);
	return low;
}

static double
high_of(const struct figure *figure)
{
	double high = -INFINITY;

	for (unsigned run = 0; run < figure->runs; run++)
		high = fmax(high, figure->values[run]);
	return high;
}

static bool
is_reached(const struct figure *figure)
{
	double value = result_median(figure->values, figure->runs), goal = result_median(figure->goals, figure->runs);

	return strcmp(figure->better, "lower") == 0 ? value <= goal : value >= goal;
}

/* "vm, 2 x Intel(R) Xeon(R) …, Linux 6.1.0": enough to tell two machines' figures apart. */
static char *
machine_name(void)
{
	struct utsname about;
	g_autofree char *cpus = NULL;
	char *model;

	uname(&about);
	if (!g_file_get_contents("/proc/cpuinfo", &cpus, NULL, NULL) || (model = strstr(cpus, "model name")) == NULL)
		model = ": unknown processor";
	model = strchr(model, ':') + 1;
	g_autofree char *name = g_strstrip(g_strndup(model, strcspn(model, "\n")));
	return g_strdup_printf(
	    "%s, %ld x %s, %s %s", about.nodename, sysconf(_SC_NPROCESSORS_ONLN), name, about.sysname, about.release);
}

/* As many digits as say something: 25312, 312, 3.12, 0.0312. */
static const char *
number_text(double value, char text[32])
{
	double size = fabs(value);

	g_snprintf(text, 32,
	    size >= 100 || size == 0 ? "%.0f"
		: size >= 10         ? "%.1f"
		: size >= 0.1        ? "%.2f"
				     : "%.4f",
	    value);
	return text;
}

static void
print_figure(const struct figure *figure)
{
	double goal = result_median(figure->goals, figure->runs);
	char value[32], low[32], high[32], aim[32], ratio[32];

	if (figure->runs == 0)
		return;
	printf("  %-24s %10s %-12s [%s … %s]", figure->key,
	    number_text(result_median(figure->values, figure->runs), value), figure->unit,
	    number_text(low_of(figure), low), number_text(high_of(figure), high));
	if (figure->better != NULL)
		printf("  goal %s %s: %s", strcmp(figure->better, "lower") == 0 ? "≤" : "≥", number_text(goal, aim),
		    is_reached(figure) ? "reached" : "MISSED");
	if (figure->against != NULL)
		printf("  (%s × %s)", number_text(ratio_of(figure), ratio), figure->against);
	printf("\n");
}

static json_t *
figure_json(const struct figure *figure)
{
	json_t *json =
	    json_pack("{s:f, s:s}", "value", result_median(figure->values, figure->runs), "unit", figure->unit);

	if (figure->better != NULL) {
		json_object_set_new(json, "goal", json_real(result_median(figure->goals, figure->runs)));
		json_object_set_new(json, "better", json_string(figure->better));
		json_object_set_new(
		    json, "against", json_string(figure->against == NULL ? "the goal" : figure->against));
		json_object_set_new(json, "ratio", json_real(ratio_of(figure)));
	}
	json_object_set_new(json, "low", json_real(low_of(figure)));
	json_object_set_new(json, "high", json_real(high_of(figure)));
	return json;
}

static gboolean
write_json(const struct result *result, const char *machine, const char *path, GError **error)
{
	json_t *figures = json_object(), *also = json_object();
	json_t *whole = json_pack("{s:s, s:s, s:s, s:b, s:o, s:o, s:s}", "bench", result->bench, "machine", machine,
	    "commit", result->commit, "quick", result->is_quick, "figures", figures, "also", also, "remarks",
	    result->remarks->str);
	char *text;
	gboolean written;

	for (const struct figure *figure = result->figures; figure->key != NULL; figure++)
		if (figure->runs > 0)
			json_object_set_new(figure->better == NULL ? also : figures, figure->key, figure_json(figure));
	json_object_set_new(whole, "runs", json_integer(result->figures->runs));
	text = json_dumps(whole, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	written = g_file_set_contents(path, text, -1, error);
	free(text);
	json_decref(whole);
	return written;
}

gboolean
result_tell(const struct result *result, const char *path, GError **error)
{
	g_autofree char *machine = machine_name();

	printf("\n%s%s: %u runs, median [lowest … highest]\n%s, commit %s\n", result->bench,
	    result->is_quick ? " (quick: smaller than the goals ask)" : "", result->figures->runs, machine,
	    result->commit);
	for (const struct figure *figure = result->figures; figure->key != NULL; figure++)
		print_figure(figure);
	printf("%s", result->remarks->str);
	return path == NULL || write_json(result, machine, path, error);
}
