/* Metrics: see metrics.h. */
#include "edge/metrics.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "edge/call_figures.h"
#include "edge/exchange.h"
#include "edge/flood.h"
#include "edge/hub.h"
#include "edge/ticket.h"

#define NS_PER_SECOND 1e9

static void
describe(GString *out, const char *name, const char *type, const char *says)
{
	g_string_append_printf(out, "# HELP softanswer_%s %s\n# TYPE softanswer_%s %s\n", name, says, name, type);
}

/* A number as every language's Prometheus reads it. */
static void
add_value(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(out, " %s\n", g_ascii_formatd(text, sizeof text, "%.15g", value));
}

void
metrics_add(GString *out, const char *name, const char *type, const char *says, double value)
{
	describe(out, name, type, says);
	g_string_append_printf(out, "softanswer_%s", name);
	add_value(out, value);
}

static void
add_commands(GString *out)
{
	describe(out, "commands_total", "counter", "calls of each command, by how they ended");
	for (unsigned i = 0; call_figures_get(i) != NULL; i++) {
		const struct call_figures *figures = call_figures_get(i);
		const char *ends[] = { "done", "refused", "failed" };
		uint64_t counts[] = { figures->done, figures->refused, figures->failed };

		for (unsigned end = 0; end < G_N_ELEMENTS(ends); end++) {
			g_string_append_printf(out, "softanswer_commands_total{command=\"%s\",end=\"%s\"}",
			    figures->command->name, ends[end]);
			add_value(out, (double)counts[end]);
		}
	}
	describe(out, "command_seconds_total", "counter", "time from a command's bytes to its answer, all together");
	for (unsigned i = 0; call_figures_get(i) != NULL; i++) {
		const struct call_figures *figures = call_figures_get(i);

		g_string_append_printf(out, "softanswer_command_seconds_total{command=\"%s\"}", figures->command->name);
		add_value(out, (double)figures->ns / NS_PER_SECOND);
	}
}

static void
add_writer(GString *out, struct crew *crew)
{
	struct writer_figures figures = { 0 };

	crew_figures(crew, &figures);
	metrics_add(out, "writer_batches_total", "counter", "commits", (double)figures.batches);
	metrics_add(out, "writer_commands_total", "counter", "commands in them", (double)figures.commands);
	metrics_add(
	    out, "writer_refused_total", "counter", "commands that the writer refused", (double)figures.refused);
	metrics_add(
	    out, "writer_failed_total", "counter", "commands that failed on the writer", (double)figures.failed);
	metrics_add(out, "writer_replays_total", "counter", "batches that were lost and run again one by one",
	    (double)figures.replays);
	metrics_add(out, "writer_slow_commits_total", "counter", "commits over " G_STRINGIFY(WRITER_SLOW_MS) " ms",
	    (double)figures.slow);
	metrics_add(out, "writer_commit_seconds_total", "counter", "time spent in commits",
	    (double)figures.commit_ns / NS_PER_SECOND);
	metrics_add(out, "writer_queue", "gauge", "commands that wait for the writer", figures.queued);
	metrics_add(out, "writer_largest_batch", "gauge", "most commands in one commit so far", figures.largest_batch);
}

static void
add_hub(GString *out, const struct hub *hub)
{
	static const int codes[] = HUB_CODES;
	struct hub_figures figures = { 0 };

	hub_figures(hub, &figures);
	metrics_add(out, "sockets", "gauge", "open WebSockets", figures.sockets);
	metrics_add(out, "socket_watches", "gauge", "conversations and desks that they follow", figures.watches);
	metrics_add(out, "sockets_opened_total", "counter", "WebSockets so far", (double)figures.opened);
	metrics_add(out, "socket_messages_in_total", "counter", "messages from clients", (double)figures.messages_in);
	metrics_add(out, "socket_messages_out_total", "counter", "messages to clients", (double)figures.messages_out);
	metrics_add(out, "socket_bytes_in_total", "counter", "bytes from clients", (double)figures.bytes_in);
	metrics_add(out, "socket_bytes_out_total", "counter", "bytes to clients", (double)figures.bytes_out);
	describe(out, "sockets_closed_total", "counter", "WebSockets that were closed, by code; 0 is none");
	for (unsigned i = 0; i < HUB_CODE_COUNT; i++) {
		g_string_append_printf(out, "softanswer_sockets_closed_total{code=\"%d\"}", codes[i]);
		add_value(out, (double)figures.closed[i]);
	}
	g_string_append(out, "softanswer_sockets_closed_total{code=\"0\"}");
	add_value(out, (double)figures.vanished);
}

void
metrics_edge(GString *out, const struct edge *edge)
{
	add_commands(out);
	add_writer(out, edge->crew);
	if (edge->hub != NULL)
		add_hub(out, edge->hub);
	metrics_add(out, "tickets", "gauge", "tickets given out and not yet used", ticket_table_count(edge->tickets));
	metrics_add(
	    out, "flood_buckets", "gauge", "callers whose requests are counted", flood_table_count(edge->floods));
}

void
metrics_http(GString *out, const struct http *http)
{
	describe(out, "http_answers_total", "counter", "HTTP answers by the first digit of their status");
	for (unsigned digit = 1; digit <= 5; digit++) {
		g_string_append_printf(out, "softanswer_http_answers_total{status=\"%uxx\"}", digit);
		add_value(out, (double)http->answered[digit]);
	}
	metrics_add(
	    out, "http_given_up_total", "counter", "requests that had no answer in time", (double)http->given_up);
	metrics_add(
	    out, "http_upgraded_total", "counter", "connections that became WebSockets", (double)http->upgraded);
	metrics_add(out, "http_requests", "gauge", "HTTP requests under way", http_under_way(http));
	metrics_add(out, "http_connections", "gauge", "open HTTP connections", http_connections(http));
	metrics_add(out, "http_turned_away_total", "counter",
	    "connections and requests of addresses that hold too many", (double)http->turned_away);
}

static unsigned
count_descriptors(void)
{
	g_autoptr(GDir) dir = g_dir_open("/proc/self/fd", 0, NULL);
	unsigned count = 0;

	while (dir != NULL && g_dir_read_name(dir) != NULL)
		count++;
	return count;
}

void
metrics_process(GString *out)
{
	g_autofree char *statm = NULL;
	g_auto(GStrv) pages = NULL;

	if (g_file_get_contents("/proc/self/statm", &statm, NULL, NULL))
		pages = g_strsplit(statm, " ", 3);
	if (pages != NULL && g_strv_length(pages) > 1)
		metrics_add(out, "resident_bytes", "gauge", "memory in use",
		    g_ascii_strtod(pages[1], NULL) * (double)sysconf(_SC_PAGESIZE));
	metrics_add(out, "descriptors", "gauge", "open file descriptors", count_descriptors());
	describe(out, "build", "gauge", "the version of the program; always 1");
	g_string_append(out, "softanswer_build{version=\"" SOFTANSWER_VERSION "\"} 1\n");
}
