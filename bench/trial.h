/*
 * A desk on trial: the real `softanswer serve` in a temporary folder on a free port of the loopback, and what can be
 * asked of its process.
 *
 * The desk writes to a file beside its data, so it never waits for whoever watches it. It dies with the program that
 * started it. One thread starts and stops it; trial_kill() may come from another one.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "http.h"

struct trial {
	char *program; /* path of softanswer */
	char *folder;  /* made by trial_open() */
	char *data;    /* the desk's own folder, inside */
	char *log;     /* what the desk printed, of all its starts */
	char *server;  /* the address of its database where that is on a server, as its owner; NULL: a file in `data` */
	int port;
	volatile pid_t pid; /* 0: not running */
	bool keeps;         /* leave the folder when it is over, to look at it */
};

/* `program` NULL: the softanswer of the build in which this bench was made. `parent` NULL: the system's temporary folder. */
gboolean trial_open(struct trial *trial, const char *program, const char *parent, GError **error);

/*
 * The two halves of trial_open(), for a store that comes from elsewhere between them: the folder and (on a server) an empty database;
 * then the settings, and (on a server) the tables where there are none, and the role that the desk works under.
 */
gboolean trial_make(struct trial *trial, const char *program, const char *parent, GError **error);
gboolean trial_settle(struct trial *trial, GError **error);

/* A trial on what another one has left in its folder, such as a copy of it. The folder goes with it. */
void trial_adopt(struct trial *trial, const char *program, const char *folder);

/* The commit that the program was built from, as it says itself, "+" behind it for changes, or "unknown". The caller frees. */
char *trial_commit(const char *program);

/* Removes the folder and the database. */
void trial_close(struct trial *trial);

/* Removes a folder with all that is in it; links are not followed. */
void trial_remove_folder(const char *path);

/* Starts the program; and waits until it answers, or fails with the end of what it printed. */
gboolean trial_spawn(struct trial *trial, GError **error);
gboolean trial_wait(struct trial *trial, GError **error);
gboolean trial_start(struct trial *trial, GError **error);

/* SIGKILL, and the body is gone when this returns. */
void trial_kill(struct trial *trial);

/* SIGTERM; FALSE when it took longer than 20 seconds or did not end with 0. */
gboolean trial_stop(struct trial *trial, GError **error);

/* Runs `softanswer WORDS...` on the trial's data; its exit code, or -1. `words` up to NULL, at most six. */
int trial_run(struct trial *trial, const char *const *words, char **output);

/* Where the desk is kept: the path of its file, or `server`. The caller frees. */
char *trial_database(const struct trial *trial);

/* The PostgreSQL server that the desks are on (tests/kit/with_postgres), or NULL: each is in its own file. */
const char *trial_server(void);

/* Resident and proportional memory of the process in bytes; processor seconds so far. 0 when it is not there. */
int64_t trial_resident(const struct trial *trial);
int64_t trial_proportional(const struct trial *trial);
double trial_seconds(const struct trial *trial);

/* The value of a metric without labels, or of all its labels together; 0 when there is none. */
double trial_metric(struct http *http, const char *name);

/* Open files: asks for as many as `count` more, for this process and the desk's; FALSE when the system refuses. */
gboolean trial_may_open(unsigned count, GError **error);
