/*
 * Facts: a test program is a file of TEST(a_sentence_that_is_true) { … }, on cmocka.
 *
 * A TEST puts itself on the list before main() (tests/kit/facts_main.c) runs it, so no list is kept by hand. With an
 * argument the program runs only the facts whose sentence holds it:  writer_test rolled_back
 *
 * ASSERT_OK(call(…, &error)) and ASSERT_REFUSED(REFUSED_STATE, "id", call(…, &error)) are for functions that take a
 * `GError **error`: they bring their own `error`.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* After error.h, since its macro fail() would hide ours. */
#include <cmocka.h>
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error("ERROR: " __VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

/* A run() that is under test has its `error` beside that of ASSERT_OK(). */
#pragma GCC diagnostic ignored "-Wshadow"

struct fact {
	const char *sentence;
	void (*run)(void);
	struct fact *next;
};

void fact_add(struct fact *fact);

#define TEST(sentence_)                                                                                                \
	static void sentence_(void);                                                                                   \
	static struct fact fact_##sentence_ = { .sentence = #sentence_, .run = sentence_ };                            \
	__attribute__((constructor)) static void add_##sentence_(void)                                                 \
	{                                                                                                              \
		fact_add(&fact_##sentence_);                                                                           \
	}                                                                                                              \
	static void sentence_(void)

/* `call_` mentions `&error`. */
#define ASSERT_OK(call_)                                                                                               \
	do {                                                                                                           \
		GError *error = NULL;                                                                                  \
		if (!(call_))                                                                                          \
			fail_msg("%s: %s", #call_, error == NULL ? "no error" : error->message);                       \
	} while (0)

/* `field_` is NULL where no field is to blame. */
#define ASSERT_REFUSED(kind_, field_, call_)                                                                           \
	do {                                                                                                           \
		GError *error = NULL;                                                                                  \
		if (call_)                                                                                             \
			fail_msg("%s: was not refused", #call_);                                                       \
		fact_check_refusal(#call_, error, (kind_), (field_));                                                  \
		g_error_free(error);                                                                                   \
	} while (0)

/* Compares what was refused with what should have been, in words. */
void fact_check_refusal(const char *call, const GError *error, enum error_kind kind, const char *field);

/*
 * An empty folder that is removed, with all that is in it, when the program ends; the caller frees the path.
 */
char *fact_folder(void);
