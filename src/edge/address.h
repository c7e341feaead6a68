/*
 * Addresses of callers, as whatever counts against an address sees them. Pure; any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The network that counts as one caller: of an IPv6 address its /64, which is one household; of any other the address
 * itself. Points into `network` or at `address`; *size is its length in bytes.
 */
#define ADDRESS_NETWORK_BYTES 16
const void *address_network(const char *address, uint8_t network[ADDRESS_NETWORK_BYTES], size_t *size);

/* Whether it is this machine's own: 127.0.0.0/8 or ::1. */
bool address_is_loopback(const char *address);
