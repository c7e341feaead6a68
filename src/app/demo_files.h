/*
 * What is sent as files on the demo desk: a small picture and an invoice, drawn here rather than kept as bytes.
 *
 * Pure. The caller frees what they give.
 */
#pragma once

#include <glib.h>

/* A stoneware jug with a chip in its rim, as a PNG. */
GByteArray *demo_picture(void);

/* One page with an invoice, as a PDF. */
GByteArray *demo_invoice(void);
