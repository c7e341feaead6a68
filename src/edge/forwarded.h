/*
 * Forwarded addresses: where a request comes from when proxies stand in between.
 *
 * X-Forwarded-For is believed only from proxies that the configuration lists: reading from the right, the first address that
 * is not a listed proxy is the caller's. From anybody else the header is a stranger's text and is passed over.
 * Pure; any thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/error.h"

/* Room for the text of any address. */
#define ADDRESS_CHARS 46

struct networks;

/* From "127.0.0.1, ::1, 10.0.0.0/8"; "" is none. The caller frees with networks_free(). REFUSED_RANGE names the word that is none. */
CHECKED struct networks *networks_parse(const char *text, GError **error);
void networks_free(struct networks *networks);

/* Whether the address (IPv4, IPv6 or an IPv4 address in IPv6 clothes) lies in one of them. NULL has none. */
bool networks_have(const struct networks *networks, const char *address);

/* Writes the caller's address, given the peer's and X-Forwarded-For (may be NULL). */
void forwarded_address(
    const struct networks *proxies, const char *peer, const char *forwarded, char address[ADDRESS_CHARS]);
