/* OpenAPI: see openapi.h. */
#include "edge/openapi.h"

#include <jansson.h>
#include <string.h>

#include "edge/command.h"

static json_t *schema_of(const struct field *field);
static json_t *schema_of_fields(const struct field *fields, enum field_place place);

/* What a text must look like, beside its length. */
static void
describe_text(json_t *schema, const struct field *field)
{
	/* JSON Schema counts characters and we count bytes: only where both are the same is the minimum one. */
	bool is_ascii = field->type == FIELD_TYPE_CALLER || field->type == FIELD_TYPE_KEY;

	json_object_set_new(schema, "type", json_string("string"));
	if (field->type == FIELD_TYPE_TIME)
		json_object_set_new(schema, "format", json_string("date-time"));
	if (field->type == FIELD_TYPE_EMAIL)
		json_object_set_new(schema, "format", json_string("email"));
	if (field->type == FIELD_TYPE_SECRET)
		json_object_set_new(schema, "format", json_string("password"));
	if (is_ascii)
		json_object_set_new(schema, "pattern", json_string("^[A-Za-z0-9_-]+$"));
	if (field->max > 0) {
		json_object_set_new(schema, "minLength", json_integer(is_ascii ? field->min : 1));
		json_object_set_new(schema, "maxLength", json_integer(field->max));
	}
}

static void
describe_words(json_t *schema, const struct field *field)
{
	json_t *words = json_array();

	for (const char *const *word = field->words; *word != NULL; word++)
		json_array_append_new(words, json_string(*word));
	json_object_set_new(schema, "type", json_string("string"));
	json_object_set_new(schema, "enum", words);
}

static void
describe_int(json_t *schema, const struct field *field)
{
	json_object_set_new(schema, "type", json_string("integer"));
	json_object_set_new(schema, "format", json_string("int64"));
	json_object_set_new(schema, "minimum", json_integer(field->min));
	if (field->max < INT64_MAX)
		json_object_set_new(schema, "maximum", json_integer(field->max));
	if (field->otherwise != 0)
		json_object_set_new(schema, "default", json_integer(field->otherwise));
}

static void
describe_list(json_t *schema, const struct field *field)
{
	json_object_set_new(schema, "type", json_string("array"));
	json_object_set_new(schema, "items",
	    field->is_plain ? schema_of(&field->fields[0]) : schema_of_fields(field->fields, PLACE_BODY));
	if (field->min > 0)
		json_object_set_new(schema, "minItems", json_integer(field->min));
	if (field->max > 0)
		json_object_set_new(schema, "maxItems", json_integer(field->max));
}

static json_t *
schema_of(const struct field *field)
{
	json_t *schema = json_object();

	switch (field->type) {
	case FIELD_TYPE_INT:
		describe_int(schema, field);
		break;
	case FIELD_TYPE_BOOL:
		json_object_set_new(schema, "type", json_string("boolean"));
		break;
	case FIELD_TYPE_WORD:
		describe_words(schema, field);
		break;
	case FIELD_TYPE_OBJECT:
		json_object_update_new(schema, schema_of_fields(field->fields, PLACE_BODY));
		break;
	case FIELD_TYPE_LIST:
		describe_list(schema, field);
		break;
	case FIELD_TYPE_BYTES:
		json_object_set_new(schema, "type", json_string("string"));
		json_object_set_new(schema, "format", json_string("binary"));
		json_object_set_new(schema, "maxLength", json_integer(field->max));
		break;
	default:
		describe_text(schema, field);
	}
	if (field->says != NULL)
		json_object_set_new(schema, "description", json_string(field->says));
	return schema;
}

static json_t *
schema_of_fields(const struct field *fields, enum field_place place)
{
	json_t *properties = json_object(), *required = json_array();

	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (field->place != place)
			continue;
		json_object_set_new(properties, field->name, schema_of(field));
		if (!field->is_optional)
			json_array_append_new(required, json_string(field->name));
	}
	return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required", required,
	    "additionalProperties", place == PLACE_BODY ? 0 : 1);
}

static json_t *
parameters_of(const struct command *command)
{
	json_t *parameters = json_array();

	for (const struct field *field = command->fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (field->place == PLACE_BODY)
			continue;
		json_array_append_new(parameters,
		    json_pack("{s:s, s:s, s:b, s:o}", "name", field->name, "in",
			field->place == PLACE_PATH ? "path" : "query", "required", !field->is_optional, "schema",
			schema_of(field)));
	}
	return parameters;
}

static json_t *
content_of(const char *type, json_t *schema)
{
	return json_pack("{s:{s:o}}", type, "schema", schema);
}

static json_t *
responses_of(const struct command *command)
{
	json_t *problem = json_pack("{s:s}", "$ref", "#/components/schemas/problem");
	json_t *content = command->sends_file
	    ? content_of("*/*", json_pack("{s:s, s:s}", "type", "string", "format", "binary"))
	    : content_of("application/json", schema_of_fields(command->answers, PLACE_BODY));

	return json_pack("{s:{s:s, s:o}, s:{s:s, s:o}}", "200", "description", "done", "content", content, "default",
	    "description", "refused or failed", "content", content_of("application/problem+json", problem));
}

static json_t *
operation_of(const struct command *command, bool has_body)
{
	json_t *operation = json_pack("{s:s, s:s, s:o, s:o, s:s, s:b}", "operationId", command->name, "summary",
	    command->says, "parameters", parameters_of(command), "responses", responses_of(command), "x-permission",
	    permission_name(command->may), "x-socket", command->on_socket);

	const struct field *raw = command_bytes(command);

	if (has_body)
		json_object_set_new(operation, "requestBody",
		    json_pack("{s:b, s:o}", "required", 1, "content",
			raw != NULL ? content_of("application/octet-stream", schema_of(raw))
				    : content_of("application/json", schema_of_fields(command->fields, PLACE_BODY))));
	return operation;
}

static void
add_command(json_t *paths, const struct command *command)
{
	const char *space = strchr(command->door, ' ');
	g_autofree char *upper = g_strndup(command->door, (gsize)(space - command->door));
	g_autofree char *method = g_ascii_strdown(upper, -1);
	json_t *path = json_object_get(paths, space + 1);

	if (path == NULL) {
		path = json_object();
		json_object_set_new(paths, space + 1, path);
	}
	json_object_set_new(path, method, operation_of(command, strcmp(method, "get") != 0));
}

static json_t *
problem_schema(void)
{
	return json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}, s:[s, s, s]}",
	    "type", "object", "properties", "type", "type", "string", "title", "type", "string", "status", "type",
	    "integer", "detail", "type", "string", "field", "type", "string", "code", "type", "string", "line", "type",
	    "integer", "required", "type", "title", "status");
}

static char *
make(void)
{
	json_t *paths = json_object();
	json_t *document;
	char *text;

	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			add_command(paths, command);
	}
	document =
	    json_pack("{s:s, s:{s:s, s:s, s:s}, s:o, s:{s:{s:o}}}", "openapi", "3.1.0", "info", "title", "Softanswer",
		"version", SOFTANSWER_VERSION, "description", "The contact desk. docs/protocol.md says how it is used.",
		"paths", paths, "components", "schemas", "problem", problem_schema());
	g_assert(document != NULL);
	text = json_dumps(document, JSON_INDENT(1));
	json_decref(document);
	return text;
}

const char *
openapi_json(size_t *size)
{
	static gsize text;

	if (g_once_init_enter(&text))
		g_once_init_leave(&text, (gsize)make());
	*size = strlen((const char *)text);
	return (const char *)text;
}
