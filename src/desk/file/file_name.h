/*
 * Names of files, made harmless: what is kept is a plain name that every system can save and nobody misreads.
 *
 * Folders are cut off; what systems forbid in names becomes '_', what turns or hides letters (bidirectional controls: "exe.png") goes,
 * dots and blanks at the ends go, names of devices (CON, NUL …) get a '_' before them. Nothing left: "file". Pure.
 */
#pragma once

#include "store/tx.h"

/* At most LIMIT_FILE_NAME_BYTES, in tx_memory(); the same again for a name that is clean. */
const char *file_name_clean(struct tx *tx, const char *given);
