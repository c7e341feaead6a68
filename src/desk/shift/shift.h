/*
 * Shifts: who works when.
 *
 * A *shift* is weekly: on one weekday, from a minute of the day, for so many minutes (past midnight, when it is long), from a first
 * day on, to a last one or until further notice. An *exception* is of one day: *off*, then the weekly shifts that begin on it fall
 * away, or *extra*, one more. On a *holiday* (desk/calendar/holiday.h) everybody's weekly shifts fall away; extra ones stay. What
 * comes of all that are *times*: each shift on each of its days, with its moments (times.h).
 *
 * Days and minutes are those of the clocks of the desk's time zone. A shift begins and ends by the clock on the wall: from 22:00 to
 * 06:00 it is an hour shorter over the missing hour, and an hour longer over the doubled one; what begins in the missing hour begins
 * after it. Shifts of one person never meet when they are made; those that end when the next begins count as one. (A holiday that is
 * taken back may lay a weekly one over an extra one: then they count as one too.)
 *
 * Only people who answer customers have shifts; those of disabled ones are kept, and nobody is told of them. Decisions run inside a
 * tx and tell shift.changed. Non-goals: who has a seat (desk/seat), leave and its accounts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

#define SHIFT_OFF   "off"
#define SHIFT_EXTRA "extra"
extern const char *const shift_kinds[]; /* up to NULL */

#define SHIFT_MINUTES_MIN 15
#define SHIFT_MINUTES_MAX 1440

/* What somebody's shifts are at a moment. */
struct shift_now {
	bool is_on;
	int64_t starts_at, ends_at; /* of the one that goes on, with those right before and after it; 0: none does */
	int64_t next_starts_at;     /* of the one after that; 0: none within two weeks */
};
CHECKED gboolean shift_now(struct tx *tx, int64_t person, int64_t now, struct shift_now *shift, GError **error);

/* A weekly one. */
struct shift_row {
	int64_t shift, person;
	int64_t weekday; /* 1 is Monday */
	int64_t from_minute, minutes;
	const char *first_day, *last_day; /* last_day NULL: until further notice */
};
struct shift_rows {
	const struct shift_row *rows;
	size_t count;
};

struct shift_exception {
	int64_t exception, person;
	const char *day, *kind;
	int64_t from_minute, minutes; /* of an extra one */
	const char *reason;
};
struct shift_exceptions {
	const struct shift_exception *rows;
	size_t count;
};

/* One shift on one day. */
struct shift_time_row {
	int64_t person;
	int64_t shift, exception; /* the weekly one, or the extra one, that it comes of */
	const char *day;
	int64_t from_minute, minutes;
	int64_t starts_at, ends_at;
};
struct shift_time_rows {
	const struct shift_time_row *rows;
	size_t count;
};

/* A day of the list, on the desk's clocks. */
struct shift_day {
	const char *day;
	int64_t weekday;
	int64_t starts_at, ends_at;
	const char *holiday; /* its name, or NULL */
};
struct shift_days {
	const struct shift_day *rows;
	size_t count;
};

struct shift_person {
	int64_t id;
	const char *name;
	int64_t pool;
};
struct shift_people {
	const struct shift_person *rows;
	size_t count;
};

struct shift_list_ask {
	const char *from; /* NULL: today */
	int64_t days;     /* 1..LIMIT_SHIFT_DAYS */
	int64_t person;   /* 0: everybody */
	int64_t pool;     /* 0: of all pools */
};
struct shift_list {
	const char *time_zone;
	struct shift_days days;
	struct shift_people people;         /* who answers, with shifts or without, by name */
	struct shift_rows shifts;           /* in force on one of the days, or the day before */
	struct shift_exceptions exceptions; /* of those days and the one before */
	struct shift_time_rows
	    times; /* that begin on one of the days, or on the day before and end later, as they begin */
};

/* REFUSED_SIZE for more than LIMIT_SHIFT_TIMES. */
CHECKED gboolean shift_list(struct tx *tx, const struct shift_list_ask *ask, struct shift_list *answer, GError **error);

struct shift_add {
	const char *id;
	int64_t person, weekday, from_minute, minutes;
	const char *first_day; /* NULL: today */
	const char *last_day;  /* NULL: until further notice */
};

/*
 * REFUSED_UNKNOWN (person) for nobody who answers, REFUSED_RANGE for what is no day or a last one before the first, REFUSED_STATE
 * where it meets another of theirs, which is named, and past LIMIT_SHIFTS_PER_PERSON.
 */
CHECKED gboolean shift_add(struct tx *tx, const struct shift_add *ask, struct shift_row *answer, GError **error);

struct shift_change {
	int64_t shift;
	int64_t weekday, from_minute, minutes;
	const char *first_day; /* NULL: stays */
	const char *last_day;  /* NULL: until further notice */
	const char *from_day;  /* NULL: it was always so */
	int64_t person;        /* whose it becomes; 0: stays */
};

/*
 * Makes it a shift of that weekday, minute and length, and of that person. From a day on: the old one ends the day before, and what
 * is answered is another shift that begins with that day; from its first day or earlier that is the same as ever. Refused as by
 * shift_add().
 */
CHECKED gboolean shift_change(struct tx *tx, const struct shift_change *ask, struct shift_row *answer, GError **error);

struct shift_remove {
	int64_t shift;
	const char *from_day; /* NULL: as if it had never been */
};
CHECKED gboolean shift_remove(struct tx *tx, const struct shift_remove *ask, GError **error);

struct shift_except {
	const char *id;
	int64_t person;
	const char *day, *kind;
	int64_t from_minute, minutes; /* of an extra one, and only of that; -1 and 0: left out */
	const char *reason;
};

/* REFUSED_STATE for somebody who is off on that day already, and as shift_add() of LIMIT_SHIFT_EXCEPTIONS. */
CHECKED gboolean shift_except(
    struct tx *tx, const struct shift_except *ask, struct shift_exception *answer, GError **error);

struct shift_change_day {
	const char *id;
	int64_t shift;
	const char *day;
	int64_t from_minute, minutes; /* what it is on that day; minutes 0: it falls away */
	const char *to_day;           /* on which that is; NULL: on the same */
	int64_t person;               /* whose that is; 0: the same person's */
	const char *reason;
};
struct shift_day_changed {
	struct shift_exceptions exceptions;
};

/*
 * Makes a weekly shift otherwise on one day: the person is off on that day, and what is there instead, and the other weekly shifts of
 * that day, become extra ones. What is there instead may stand on another day, or be another person's. Answers those exceptions.
 * REFUSED_STATE (field day) where it does not take place on that day, and as shift_except().
 */
CHECKED gboolean shift_change_day(
    struct tx *tx, const struct shift_change_day *ask, struct shift_day_changed *answer, GError **error);

struct shift_exception_change {
	int64_t exception;
	int64_t from_minute, minutes; /* of an extra one */
	const char *day;              /* to which an extra one moves; NULL: stays */
	int64_t person;               /* whose an extra one becomes; 0: stays */
	const char *reason;
};

/* Other times, another day or person of an extra one, and another reason of any; the kind stays. Refused as by shift_except(). */
CHECKED gboolean shift_exception_change(
    struct tx *tx, const struct shift_exception_change *ask, struct shift_exception *answer, GError **error);

struct shift_exception_id {
	int64_t exception;
};
struct shift_exception_ids {
	const struct shift_exception_id *rows;
	size_t count;
};

struct shift_exception_remove {
	int64_t exception;
	struct shift_exception_ids others; /* that go with it: all or none */
};

/* REFUSED_STATE where a weekly shift that would be there again meets an extra one that stays. */
CHECKED gboolean shift_exception_remove(struct tx *tx, const struct shift_exception_remove *ask, GError **error);

/* Body of shift.changed: whose shifts are to be read again. */
struct shift_changed {
	int64_t person;
};

/* ---- Coverage ---- */

struct shift_coverage_ask {
	int64_t pool;     /* 0: everybody's */
	const char *from; /* NULL: today */
	int64_t days;     /* 1..LIMIT_COVERAGE_DAYS */
	int64_t step;     /* of the suggested starts: 15 or 30 minutes */
};

/* Half an hour of real time: a day when the clocks change has 46 or 50. */
struct shift_half_hour {
	int64_t at;
	int64_t people, most; /* on shift at least, and at most, at any minute of it */
	bool is_wanted;       /* somebody is to be there, for some minutes at least */
};
struct shift_half_hours {
	const struct shift_half_hour *rows;
	size_t count;
};

struct shift_stretch {
	int64_t starts_at, ends_at;
	int64_t people; /* of a crowd: on shift at most; of a gap 0 */
};
struct shift_stretches {
	const struct shift_stretch *rows;
	size_t count;
};

/* A weekly shift that had better begin at that minute of its day, and no longer or shorter. */
struct shift_suggestion {
	int64_t shift, person;
	int64_t weekday, from_minute;
};
struct shift_suggestions {
	const struct shift_suggestion *rows;
	size_t count;
};

/* Of one week by the weekly shifts alone. */
struct shift_week {
	int64_t gap_minutes;
	int64_t crowd_minutes; /* a minute counts for each person without a seat */
};

struct shift_coverage {
	int64_t pool, seats;
	const char *time_zone;
	struct shift_half_hours half_hours;
	struct shift_stretches gaps, crowds;
	struct shift_suggestions suggestions; /* see stagger.h */
	struct shift_week week, suggested;
};

/*
 * The people on shift against the seats of their pool. A *gap* is while somebody is to be there and nobody is on shift; a *crowd*
 * while there are more people than seats.
 *
 * Somebody is to be there in the opening hours of the sites whose chats stand in the pool's line. Where none of them has hours: on
 * every day from the first weekday with a shift to the last, from the minute at which the earliest of them begins to that at
 * which the latest ends. On holidays nobody has to. The week is that of the shifts that are in force in the seven days from
 * `from` on. REFUSED_UNKNOWN (field pool), REFUSED_RANGE (field step), REFUSED_SIZE past LIMIT_SHIFT_TIMES.
 */
CHECKED gboolean shift_coverage(
    struct tx *tx, const struct shift_coverage_ask *ask, struct shift_coverage *answer, GError **error);

/* ---- iCalendar ---- */

#define SHIFT_OF_EVERYBODY "everybody"  /* for who plans */
extern const char *const shift_whose[]; /* own, everybody; up to NULL */

struct shift_export_ask {
	int64_t person;    /* 0: as `whose` says */
	const char *whose; /* one of shift_whose, or NULL: one's own */
};
struct shift_export {
	const char *calendar; /* text/calendar, lines ended by CRLF */
};

/* All shifts, days off and extra shifts of somebody. REFUSED_SIZE past LIMIT_CALENDAR_OUT_BYTES. */
CHECKED gboolean shift_export(
    struct tx *tx, const struct shift_export_ask *ask, struct shift_export *answer, GError **error);

struct shift_import {
	const char *id;
	int64_t person; /* whose they become */
	const char *calendar;
	bool is_trial; /* nothing is kept */
};

/* Another shift that is at the same time: a weekly one, or one of a day. */
struct shift_meeting {
	int64_t minutes, from_minute;
	int64_t weekday; /* 1 is Monday; 0: it is of a day */
	const char *day; /* or NULL */
};

/* What did not become a shift or an exception, and why. What else there is to say of the code is NULL or 0 where it is not. */
struct shift_skipped {
	int64_t line;
	const char *what; /* as the calendar calls it, or NULL */
	const char *code; /* one of icalendar_faults */
	const char *why;  /* the same in English */
	const char *property, *zone;
	struct shift_meeting meets; /* minutes 0: it meets none */
};
struct shift_skipped_rows {
	const struct shift_skipped *rows;
	size_t count;
};

struct shift_imported {
	int64_t shifts, exceptions; /* new ones */
	int64_t known;              /* shifts and exceptions that were there already */
	int64_t left_out;
	/* At most LIMIT_CALENDAR_SKIPPED of what was left out, in the order of the calendar. */
	struct shift_skipped_rows skipped;
};

/*
 * Adds what a calendar has to somebody's shifts: repeated events as weekly shifts, with days off where they leave out a day; single ones as
 * extra shifts; those of whole days as days off. In the desk's time zone; weekly ones of another zone where the clocks of both go
 * alike. The same calendar again adds nothing. Whatever cannot be said in shifts, or meets another shift, is left out and listed.
 * All or nothing of the rest: REFUSED_RANGE (field calendar) for what is no calendar and past LIMIT_CALENDAR_EVENTS, REFUSED_STATE
 * past the limits of shift_add() and shift_except().
 */
CHECKED gboolean shift_import(
    struct tx *tx, const struct shift_import *ask, struct shift_imported *answer, GError **error);
