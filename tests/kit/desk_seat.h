/*
 * A desk with one pool of a few seats, on Monday 2026-03-30, 09:00 UTC: Lea is a lead, Cleo a back-up, Ada administers. Everybody is
 * offline at first. What a lead says must be done; the rest is for the facts to look at.
 */
#pragma once

#include "tests/kit/desk.h"

struct seat_scene {
	struct kit_desk *desk;
	const struct kit_actor *ada, *lea, *ann, *ben, *cleo, *vera;
	unsigned ids;
};

struct seat_scene seat_scene_begin(int seats);

const struct kit_answer *seat_says(const struct seat_scene *scene, const struct kit_actor *who, const char *status);
void seat_resize(const struct seat_scene *scene, int size);

/* A weekly shift on Mondays. */
void seat_works(struct seat_scene *scene, const struct kit_actor *who, int from_minute, int minutes);

/* A chat that this advisor has. */
char *seat_taken_chat(struct seat_scene *scene, const struct kit_actor *visitor, const struct kit_actor *who);

/* So many minutes later, with what the desk does by itself. */
void seat_wait_minutes(const struct seat_scene *scene, int64_t minutes);

/* What the board says of somebody, or NULL; fields of it, and of the pool. Words live as long as the program. */
json_t *seat_row_of(const struct seat_scene *scene, const struct kit_actor *who);
const char *seat_word_of(const struct seat_scene *scene, const struct kit_actor *who, const char *field);
int64_t seat_number_of(const struct seat_scene *scene, const struct kit_actor *who, const char *field);
int64_t seat_of_pool(const struct seat_scene *scene, const char *field);
const char *seat_chat_state(const struct seat_scene *scene, const char *conversation);

#define assert_status(scene_, who_, word_) assert_string_equal(seat_word_of(scene_, who_, "status"), word_)
