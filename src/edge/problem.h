/*
 * Problems: what a refusal or failure looks like to the caller (RFC 9457).
 *
 * A refusal tells its words, its field and its cause; a failure tells its kind only, the cause is for the log. Over HTTP the document is
 * the body, over a WebSocket it stands in "problem". Any thread.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#define PROBLEM_MEDIA_TYPE "application/problem+json"

/* The document as an object: a new reference. */
json_t *problem_of(const GError *error);

/* The document as text; the caller frees with g_free(). */
char *problem_text(const GError *error);

/* For Retry-After: how many seconds to wait before trying again, or 0 where trying again does not help. */
int problem_retry_seconds(const GError *error);
