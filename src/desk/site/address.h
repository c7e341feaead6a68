/*
 * Addresses of pages: what of a URL says which site it is of.
 *
 * An *origin* is scheme, host and port, as browsers write it: "https://shop.example", in lower case, without the port that the
 * scheme has anyway. Only http and https; hosts are ASCII (a name in other letters is written as xn--…), since origins go
 * into headers. Pure; any thread.
 */
#pragma once

#include <stdbool.h>

/* The origin itself, with nothing behind it but perhaps one slash; NULL for what is none. In `memory` (talloc). */
const char *address_origin(void *memory, const char *text);

/* The origin of a page's address; NULL for what is none, or names a user. */
const char *address_origin_of(void *memory, const char *url);

/* The address without what comes after a #, which is the page's own; NULL for what is none, and for NULL. */
const char *address_page(void *memory, const char *url);
