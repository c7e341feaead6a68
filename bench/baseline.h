/*
 * Baselines: what the machine itself can do in this very minute, so that a figure can be held against a floor.
 *
 * Each is measured in the folder and on the loopback that the desk uses. Blocking; any thread.
 */
#pragma once

#include <glib.h>

#include "histogram.h"

/* pwrite and fdatasync of 4 kB, one after the other, in `folder`. */
gboolean baseline_fsync(const char *folder, unsigned times, struct histogram *histogram, GError **error);

/*
 * 100 bytes to an echo in another thread and back over TCP on the loopback. `pause_us` between two: 0 shows a machine that
 * is awake, 5000 one that works as it does at 200 a second.
 */
gboolean baseline_round_trip(unsigned times, unsigned pause_us, struct histogram *histogram, GError **error);

/*
 * Messages a second that SQLite alone commits in batches of `batch`: the desk's own two statements for each (move and
 * item_add of conversation.sql), in the desk's own file, whose conversations are used in turn. Nobody else may have the file
 * open. 0 with *error set when something is wrong.
 */
double baseline_sqlite(const char *path, unsigned batch, double seconds, GError **error);
