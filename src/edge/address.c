/* Addresses of callers: see address.h. */
#include "edge/address.h"

#include <arpa/inet.h>
#include <string.h>

const void *
address_network(const char *address, uint8_t network[ADDRESS_NETWORK_BYTES], size_t *size)
{
	struct in6_addr six;

	if (inet_pton(AF_INET6, address, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six)) {
		*size = strlen(address);
		return address;
	}
	memcpy(network, &six, ADDRESS_NETWORK_BYTES);
	*size = 8;
	return network;
}

bool
address_is_loopback(const char *address)
{
	struct in_addr four;
	struct in6_addr six;

	if (inet_pton(AF_INET, address, &four) == 1)
		return (ntohl(four.s_addr) >> 24) == IN_LOOPBACKNET;
	return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}
