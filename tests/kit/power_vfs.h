/*
 * A disk whose power can go: what a store in one folder asked of it is remembered, and a cut makes the folder that is left.
 *
 * The rules of the disk, stricter than any real one: what was written since a file's last fsync is kept, or not, sector by sector (512
 * bytes), in any order, so writes are dropped, reordered and torn; the length of a file may be there before its bytes (as zeros) or
 * not; a file that was made or removed since the folder's last fsync has its name, or has not. Whatever was fsynced is there.
 *
 * For stores that one thread uses; readers may be on others.
 */
#pragma once

#include <glib.h>

/* From now on, of the files below `folder`; what lies there already is on the disk. Before the store is opened. */
void power_vfs_begin(const char *folder);
void power_vfs_end(void);

/* Is called before each thing that the disk is asked for. */
void power_vfs_on_change(void (*changes)(void));

/* Makes in the folder `to` what a cut at this moment leaves, as chance has it. */
void power_vfs_cut(const char *to, GRand *chance);
