/* The insides of a kit_desk, for the files of the kit only. */
#pragma once

#include "tests/kit/desk.h"

struct kit_desk {
	struct edge edge;
	struct clock clock;
	char *folder, *path;
	unsigned starts;
	struct store *store;
	struct store *behind; /* the same, with the queries of kit.sql */
	struct connection *look;
	uint8_t seed[DIGEST_BYTES];
	uint64_t drawn; /* seeds made of it so far */
	GPtrArray *actors;
	const struct kit_actor *administrator;
	struct kit_answer answer; /* of kit_do() */
	bool is_http;
	struct bytes attached; /* for the next command */
};

/* The next seed for a work. */
void kit_seed(struct kit_desk *desk, uint8_t seed[DIGEST_BYTES]);
