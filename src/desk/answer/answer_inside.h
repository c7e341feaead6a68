/*
 * What the files of this folder share. Nobody else includes this.
 */
#pragma once

#include "store/tx.h"

/* What a search looks in: the same for all that differs in capitals only. Lives in tx_memory(). */
const char *answer_folded(struct tx *tx, const char *shortcut, const char *title, const char *text);
