/*
 * What the files of the proof share.
 */
#pragma once

#include "crowd_files.h"
#include "ledger.h"
#include "proof.h"

struct proof {
	struct crowd *crowd;
	struct ledger ledger;
	unsigned failed, told;
	bool is_quiet; /* only what is wrong is printed */
};

/* Something is wrong; proof_check() ends the check that it belongs to, and prints its line. */
void proof_wrong(struct proof *proof, const char *format, ...) G_GNUC_PRINTF(2, 3);
void proof_complain(struct proof *proof, const GPtrArray *complaints);
void proof_check(struct proof *proof, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The query must give that one value. */
void proof_want(struct proof *proof, const char *where, const char *query, const char *wanted);

/* proof_live.c: no chat is an orphan (P21), every file has its bytes (P22), receipts are in order (P9); of any store. */
void proof_live(struct proof *proof, const char *where, const char *what);

/* The same against what the crowd was told. */
void proof_files(struct proof *proof);
void proof_marks(struct proof *proof, const char *where);
void proof_pens(struct proof *proof, const char *where);
