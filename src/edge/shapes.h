/*
 * Shapes: field rows that more than one noun's doors use. Each is defined beside its noun, in noun_api.c.
 */
#pragma once

#include "edge/command.h"

extern const struct field item_fields[];          /* struct item */
extern const struct field file_fields[];          /* struct item_file */
extern const struct field reading_fields[];       /* struct reading */
extern const struct field readings_fields[];      /* struct conversation_readings */
extern const struct field chat_row_fields[];      /* struct chat_row */
extern const struct field asked_answer_fields[];  /* struct asked_answer */
extern const struct field line_place_fields[];    /* struct line_place */
extern const struct field promise_row_fields[];   /* struct promise_row */
extern const struct field person_me_fields[];     /* struct person_me */
extern const struct field trail_page_fields[];    /* struct trail_page */
extern const struct field team_row_fields[];      /* struct team */
extern const struct field duty_row_fields[];      /* struct duty_row */
extern const struct field pool_fields[];          /* struct pool */
extern const struct field site_row_fields[];      /* struct site_row */
extern const struct field session_begun_fields[]; /* struct session_begun */
