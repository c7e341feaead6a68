/*
 * Functions that no file of ours may call: the build includes this before everything else, so a call does not compile.
 *
 * Each has a reason and a replacement beside it. Only names that no system header calls in a macro can stand here;
 * tools/habits.c has the rest, and what single rooms may not call. Any thread.
 */
#pragma once

/* clang cannot forbid a function that its C library has inlined; gcc builds the product, and the lint reads everything. */
#if !defined(__ASSEMBLER__) && !defined(__clang__)

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(why) __attribute__((unavailable(why)))

/* No bound: the text decides how much is written. */
extern char *strcpy(char *restrict to, const char *restrict from) BANNED("use g_strlcpy or talloc_strdup");
extern char *stpcpy(char *restrict to, const char *restrict from) BANNED("use g_strlcpy or GString");
extern char *strcat(char *restrict to, const char *restrict from) BANNED("use GString");
extern char *strncpy(char *restrict to, const char *restrict from, size_t size)
    BANNED("may leave out the NUL: use g_strlcpy");
extern char *strncat(char *restrict to, const char *restrict from, size_t size) BANNED("use GString");
extern int sprintf(char *restrict to, const char *restrict format, ...) BANNED("use g_snprintf or tx_text");
extern int vsprintf(char *restrict to, const char *restrict format, va_list args) BANNED("use g_vsnprintf");

/* A shell of a stranger's text. */
extern int system(const char *command) BANNED("no shells");
extern FILE *popen(const char *command, const char *type) BANNED("no shells");

/* Hidden state that threads share. */
extern char *strtok(char *restrict text, const char *restrict delimiters) BANNED("use strcspn or g_strsplit");
extern struct tm *gmtime(const time_t *time) BANNED("use GDateTime or gmtime_r");
extern struct tm *localtime(const time_t *time) BANNED("use GDateTime");
extern char *ctime(const time_t *time) BANNED("use GDateTime");
extern char *asctime(const struct tm *time) BANNED("use GDateTime");

/* No error for what is no number. */
extern int atoi(const char *text) BANNED("use g_ascii_string_to_signed");
extern long atol(const char *text) BANNED("use g_ascii_string_to_signed");
extern long long atoll(const char *text) BANNED("use g_ascii_string_to_signed");

/* Can be guessed, or cannot be replayed. */
extern int rand(void) BANNED("use secret_random, or a seed that came in");
extern void srand(unsigned seed) BANNED("use secret_random, or a seed that came in");
extern long random(void) BANNED("use secret_random, or a seed that came in");
extern double drand48(void) BANNED("use secret_random, or a seed that came in");

/* A name that somebody else may take first. */
extern char *tmpnam(char name[L_tmpnam]) BANNED("use g_mkstemp or g_dir_make_tmp");
extern char *tempnam(const char *dir, const char *prefix) BANNED("use g_mkstemp or g_dir_make_tmp");
extern char *mktemp(char *template) BANNED("use g_mkstemp or g_dir_make_tmp");

#undef BANNED

/* What was asked for (cmake/hardening.cmake) and what the C library made of it are two things. */
#if defined(SOFTANSWER_FORTIFIED) && __USE_FORTIFY_LEVEL != 3
#error "a release is built with _FORTIFY_SOURCE 3: it needs optimisation, and a C library of 2.34 or newer"
#endif

#endif
