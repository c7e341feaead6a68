/*
 * OpenAPI: the command table as an OpenAPI 3.1 document, for /api/v1/openapi.json and for client generators.
 *
 * Made once from the rows. Any thread after the first call.
 */
#pragma once

#include <stddef.h>

/* The document; lives for ever. */
const char *openapi_json(size_t *size);
