/*
 * Metrics: the desk's figures as Prometheus reads them (text format 0.0.4), for /metrics.
 *
 * Figures count or measure; none names a customer, a person or an address. Loop thread.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "edge/edge.h"

#define METRICS_MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct http;

/* One figure with its help: `type` is "counter" or "gauge". */
void metrics_add(GString *out, const char *name, const char *type, const char *says, double value);

/* Commands, writer, hub, tickets, floods. */
void metrics_edge(GString *out, const struct edge *edge);

/* Requests and connections. */
void metrics_http(GString *out, const struct http *http);

/* Memory, descriptors, start. */
void metrics_process(GString *out);
