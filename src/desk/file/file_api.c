/* The doors of files. */
#include "edge/command.h"

#include "desk/file/file.h"
#include "edge/call.h"
#include "edge/shapes.h"

static const struct field start_fields[] = {
	FIELD_KEY(file_start, conversation, IN_PATH),
	FIELD_CALLER(file_start),
	FIELD_TEXT(file_start, name, LIMIT_FILE_NAME_BYTES, .says = "what is harmful in it is taken out"),
	FIELD_INT(file_start, size, 1, LIMIT_FILE_BYTES, .says = "in bytes"),
	FIELD_END,
};

static const struct field started_fields[] = {
	FIELD_KEY(file_started, file),
	FIELD_INT(file_started, part_bytes, 1, LIMIT_FILE_PART_BYTES, .says = "what every part but the last has"),
	FIELD_INT(file_started, parts, 0, INT64_MAX, .says = "how many are there already"),
	FIELD_END,
};

static const struct field part_fields[] = {
	FIELD_KEY(file_part, conversation, IN_PATH),
	FIELD_KEY(file_part, file, IN_PATH),
	FIELD_INT(file_part, number, 0, INT64_MAX, IN_PATH, .says = "from 0"),
	FIELD_BYTES(file_part, bytes, LIMIT_FILE_PART_BYTES),
	FIELD_END,
};

static const struct field finish_fields[] = {
	FIELD_KEY(file_finish, conversation, IN_PATH),
	FIELD_KEY(file_finish, file, IN_PATH),
	FIELD_IN(LINE, file_finish, digest, 2 * DIGEST_BYTES, 2 * DIGEST_BYTES, OPTIONAL,
	    .says = "SHA-256 of the SHA-256s of all parts in their order, in hex"),
	FIELD_END,
};

static const struct field finished_fields[] = {
	FIELD_INT(file_finished, seq, 1, INT64_MAX, .says = "its place in the conversation"),
	FIELD_TIME(file_finished, at),
	FIELD_OBJECT(file_finished, file, file_fields),
	FIELD_END,
};

static const struct field get_fields[] = {
	FIELD_KEY(file_get, file, IN_PATH),
	FIELD_LINE(file_get, name, LIMIT_FILE_NAME_BYTES, IN_PATH),
	FIELD_END,
};

static const struct field got_fields[] = {
	FIELD_KEY(file_got, file),
	FIELD_LINE(file_got, name, LIMIT_FILE_NAME_BYTES),
	FIELD_LINE(file_got, type, LIMIT_FILE_TYPE_BYTES),
	FIELD_INT(file_got, size, 1, LIMIT_FILE_BYTES),
	FIELD_END,
};

/* ---- Parts, a few at a time: behind many of them in one commit, messages would wait ---- */

static void
part_pass(struct call *call)
{
	call->edge->parts.open++;
	call_submit(call);
}

static void
part_over(struct call *call)
{
	struct gate *gate = &call->edge->parts;

	gate->open--;
	if (!g_queue_is_empty(&gate->waiting))
		part_pass(g_queue_pop_head(&gate->waiting));
}

static void
around_part(struct call *call)
{
	struct gate *gate = &call->edge->parts;
	GError *error = NULL;

	if (gate->open >= LIMIT_FILE_PARTS_WRITTEN && gate->waiting.length >= LIMIT_FILE_PARTS_ARRIVING) {
		(void)fail(&error, FAILED_BUSY, "too many parts of files arrive at a time");
		call_refuse(call, error);
		return;
	}
	call->over = part_over;
	if (gate->open < LIMIT_FILE_PARTS_WRITTEN)
		part_pass(call);
	else
		g_queue_push_tail(&gate->waiting, call);
}

RUNS(file_start);
RUNS_WITHOUT_ANSWER(file_part);
RUNS(file_finish);
RUNS(file_get);

const struct command file_commands[] = {
	{ .name = "file.start",
	    .door = "POST /api/v1/conversations/{conversation}/files",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_ITSELF,
	    .flood = FLOOD_MESSAGE,
	    TAKES(start_fields, file_start),
	    ANSWERS(started_fields, file_started),
	    .run = run_file_start,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "Begins to send a file; the same id goes on with the same file." },
	{ .name = "file.part",
	    .door = "PUT /api/v1/conversations/{conversation}/files/{file}/parts/{number}",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_MESSAGE,
	    TAKES(part_fields, file_part),
	    .run = run_file_part,
	    .around = around_part,
	    .stays_inside = true,
	    .says = "Puts one part of a file; again with the same bytes changes nothing." },
	{ .name = "file.finish",
	    .door = "POST /api/v1/conversations/{conversation}/files/{file}/finish",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_MESSAGE,
	    TAKES(finish_fields, file_finish),
	    ANSWERS(finished_fields, file_finished),
	    .run = run_file_finish,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "Adds a file whose parts are all there to the conversation; again it answers the same." },
	{ .name = "file.get",
	    .door = "GET /files/{file}/{name}",
	    .may = MAY_TALK,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(get_fields, file_get),
	    ANSWERS(got_fields, file_got),
	    .run = run_file_get,
	    .sends_file = true,
	    .says = "The bytes of a file, to who may see its conversation; a single range too." },
	COMMANDS_END,
};
