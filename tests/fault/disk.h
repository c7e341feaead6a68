/*
 * Disks of the fault tests: small file systems of their own, which can be full, and be copied as a power cut would leave them.
 *
 * They are mounted in a mount namespace of this process, so nothing of them is left behind however it ends. Only root can do that;
 * disk_may_mount() says in a line why not.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct disk {
	char *folder; /* where it is mounted */
	char *image;  /* the file that it is on; NULL: in memory */
	char *device; /* its folder below /sys */
};

/* Once, before threads are started. False, with a line that says why this test is skipped, where it is not allowed. */
bool disk_may_mount(const char *what);

/* A folder in memory where there is one, so that no other disk is in the way; the caller frees. */
char *disk_parent(void);

/* An empty ext4 of so many MB on an image below `parent`, or one in memory. What fails ends the program. */
void disk_make(struct disk *disk, const char *parent, unsigned megabytes);
void disk_make_in_memory(struct disk *disk, const char *parent, unsigned megabytes);

/* Mounts the image that is at `image`, which goes with the disk. False where the kernel refuses it. */
bool disk_open(struct disk *disk, const char *parent, const char *image);

/* Unmounts it and removes image and folder. */
void disk_close(struct disk *disk);

/*
 * Copies the image as it is on the device, which is what a power cut at this moment would leave: what the kernel has not written yet
 * is not in it. Nothing may be writing in it but the kernel by itself: a copy that it wrote into is made again.
 */
void disk_copy(const struct disk *disk, const char *to);

/* The trial's folder as it is in a copy of the disk; the caller frees. */
char *disk_place(const struct disk *copy, const struct disk *disk, const char *path);
