/*
 * Sending a file: see sending.h. libmicrohttpd asks for bytes with on_bytes(), on the loop: they are here, or the connection is
 * suspended until the part that has them was read. The sending lives until its response and its last read are over.
 */
#include "edge/sending.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/network.h"
#include "desk/file/file_type.h"
#include "edge/disposition.h"
#include "edge/errand.h"
#include "edge/range.h"

/* What libmicrohttpd asks for at a time. */
#define BLOCK_BYTES 32768

/* One read of a part; it keeps the bytes until they were sent. */
struct part {
	struct work work; /* first */
	struct sending *sending;
	int64_t file, number;
	struct bytes bytes;
	bool has_failed;
};

struct sending {
	struct http *http;
	struct MHD_Connection *connection;
	char network[NETWORK_CHARS]; /* who fetches it: base/network.h */
	GList in_list;
	int64_t file;
	struct range range;
	struct part *part;        /* the bytes that are being sent, or NULL */
	bool is_reading, is_over; /* is_over: the response is gone */
	bool is_suspended, is_cut;
};

static void
part_drop(struct sending *sending)
{
	struct part *part = g_steal_pointer(&sending->part);

	if (part != NULL)
		talloc_free(part->work.memory);
}

static void
sending_free(struct sending *sending)
{
	part_drop(sending);
	g_free(sending);
}

static void
wake(struct sending *sending)
{
	if (!sending->is_suspended)
		return;
	sending->is_suspended = false;
	MHD_resume_connection(sending->connection);
	http_wake(sending->http);
}

/* ---- Reading a part ---- */

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct part *part = (struct part *)work;

	return file_read(tx, part->file, part->number, &part->bytes, error);
}

static void
done(struct work *work)
{
	struct part *part = (struct part *)work;
	struct sending *sending = part->sending;

	if (work->error != NULL) {
		log_line(LOG_ERROR, "file.unread", "why", work->error->message, NULL);
		g_clear_error(&work->error);
		part->has_failed = true;
	}
	sending->part = part;
	sending->is_reading = false;
	if (sending->is_over) {
		sending_free(sending);
		return;
	}
	wake(sending);
}

static gboolean
part_ask(struct sending *sending, int64_t number, GError **error)
{
	part_drop(sending);

	void *memory = talloc_new(NULL);
	struct part *part = talloc_zero(memory, struct part);
	const struct edge *edge = sending->http->edge;

	*part = (struct part) {
		.work = errand_of(edge, memory, run, done),
		.sending = sending,
		.file = sending->file,
		.number = number,
	};
	/* A crew that works at once (tests) is done before this returns. */
	sending->is_reading = true;
	if (crew_read(edge->crew, &part->work, error))
		return TRUE;
	sending->is_reading = false;
	talloc_free(memory);
	return FALSE;
}

/* ---- Giving bytes ---- */

/* Copies what is here of the part; it is dropped with its last byte. */
static ssize_t
take(struct sending *sending, int64_t at, char *to, size_t max)
{
	const struct part *part = sending->part;
	size_t offset = (size_t)(at - part->number * LIMIT_FILE_PART_BYTES), size;

	if (offset >= part->bytes.size)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	size = MIN(part->bytes.size - offset, max);
	memcpy(to, (const char *)part->bytes.data + offset, size);
	if (offset + size == part->bytes.size)
		part_drop(sending);
	return (ssize_t)size;
}

static bool
has_part(const struct sending *sending, int64_t number)
{
	return sending->part != NULL && sending->part->number == number;
}

static ssize_t
on_bytes(void *data, uint64_t position, char *to, size_t max)
{
	struct sending *sending = data;
	int64_t at = sending->range.start + (int64_t)position, number = at / LIMIT_FILE_PART_BYTES;
	g_autoptr(GError) error = NULL;

	if (sending->is_cut || (!has_part(sending, number) && !part_ask(sending, number, &error)))
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (sending->is_reading) {
		sending->is_suspended = true;
		MHD_suspend_connection(sending->connection);
		return 0;
	}
	return sending->part->has_failed ? MHD_CONTENT_READER_END_WITH_ERROR : take(sending, at, to, max);
}

void
sending_cut_all(struct http *http)
{
	for (GList *link = http->sendings.head; link != NULL; link = link->next) {
		struct sending *sending = link->data;

		sending->is_cut = true;
		wake(sending);
	}
}

static void
on_over(void *data)
{
	struct sending *sending = data;

	sending->is_over = true;
	g_queue_unlink(&sending->http->sendings, &sending->in_list);
	if (!sending->is_reading)
		sending_free(sending);
}

/* ---- Beginning ---- */

static gboolean
has_room(const struct exchange *exchange, GError **error)
{
	const struct http *http = exchange->http;
	char network[NETWORK_CHARS];
	unsigned here = 0;

	network_text(exchange->address, network);
	for (const GList *link = http->sendings.head; link != NULL; link = link->next)
		here += strcmp(((const struct sending *)link->data)->network, network) == 0;
	return (http->sendings.length < LIMIT_FILES_SENT && here < LIMIT_FILES_SENT_PER_ADDRESS) ||
	    fail(error, FAILED_BUSY, "too many files are being sent");
}

static struct MHD_Response *
response_of(struct exchange *exchange, const struct file_got *file, const struct range *range)
{
	struct sending *sending = g_new0(struct sending, 1);

	*sending = (struct sending) {
		.http = exchange->http, .connection = exchange->connection, .file = file->id, .range = *range
	};
	network_text(exchange->address, sending->network);
	sending->in_list.data = sending;
	g_queue_push_tail_link(&exchange->http->sendings, &sending->in_list);
	exchange->ends_ns = clock_ticks_ns() + LIMIT_FILE_SEND_MINUTES * 60 * INT64_C(1000000000);
	return MHD_create_response_from_callback((uint64_t)range->size, BLOCK_BYTES, on_bytes, sending, on_over);
}

static void
describe(const struct exchange *exchange, struct MHD_Response *response, const struct file_got *file, const char *etag)
{
	g_autofree char *disposition = disposition_text(file_type_is_shown(file->type), file->name);

	MHD_add_response_header(response, "Content-Type", file->type);
	MHD_add_response_header(response, "Content-Disposition", disposition);
	MHD_add_response_header(response, "Accept-Ranges", "bytes");
	MHD_add_response_header(response, "ETag", etag);
	headers_add(exchange->http->headers, HEADERS_FILE, response);
}

/* A range of a file that the caller has another version of is none. */
static enum range_kind
range_of(const struct exchange *exchange, const struct file_got *file, const char *etag, struct range *range)
{
	const char *version = request_header(&exchange->request, "if-range");
	bool is_same = version == NULL || strcmp(version, etag) == 0;

	return range_parse(is_same ? request_header(&exchange->request, "range") : NULL, file->size, range);
}

static void
answer_nothing(struct exchange *exchange, const struct file_got *file, const char *etag, enum range_kind kind)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	g_autofree char *says = g_strdup_printf("bytes */%" G_GINT64_FORMAT, file->size);

	describe(exchange, response, file, etag);
	if (kind == RANGE_OUTSIDE)
		MHD_add_response_header(response, "Content-Range", says);
	exchange_answer(
	    exchange, kind == RANGE_OUTSIDE ? MHD_HTTP_RANGE_NOT_SATISFIABLE : MHD_HTTP_NOT_MODIFIED, response);
}

static void
answer_bytes(struct exchange *exchange, const struct file_got *file, const char *etag, enum range_kind kind,
    const struct range *range)
{
	struct MHD_Response *response = response_of(exchange, file, range);
	g_autofree char *says = g_strdup_printf("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
	    range->start, range->start + range->size - 1, file->size);

	describe(exchange, response, file, etag);
	if (kind == RANGE_PART)
		MHD_add_response_header(response, "Content-Range", says);
	exchange_answer(exchange, kind == RANGE_PART ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK, response);
}

void
sending_begin(struct exchange *exchange, const struct file_got *file)
{
	g_autofree char *etag = g_strdup_printf("\"%s\"", file->file);
	const char *has = request_header(&exchange->request, "if-none-match");
	g_autoptr(GError) error = NULL;
	struct range range;
	enum range_kind kind = range_of(exchange, file, etag, &range);

	if ((has != NULL && asset_matches(has, etag)) || kind == RANGE_OUTSIDE)
		answer_nothing(exchange, file, etag, has != NULL && asset_matches(has, etag) ? RANGE_WHOLE : kind);
	else if (has_room(exchange, &error))
		answer_bytes(exchange, file, etag, kind, &range);
	else
		exchange_refuse(exchange, error, 0, NULL);
}
