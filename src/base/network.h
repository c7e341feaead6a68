/*
 * Networks: what counts as one caller. Of an IPv6 address it is its /64, which is one household; of any other the address itself.
 * Pure; any thread.
 */
#pragma once

#define NETWORK_CHARS 50

/* Writes "2001:db8:1:2::/64" or "192.0.2.7"; what is no address stays as it is, cut where there is no room. */
void network_text(const char *address, char text[NETWORK_CHARS]);
