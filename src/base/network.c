/* Networks: see network.h. */
#include "base/network.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

#define HOUSEHOLD_BYTES 8

void
network_text(const char *address, char text[NETWORK_CHARS])
{
	struct in6_addr six;

	g_strlcpy(text, address, NETWORK_CHARS);
	if (inet_pton(AF_INET6, address, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six))
		return;
	memset(six.s6_addr + HOUSEHOLD_BYTES, 0, sizeof six.s6_addr - HOUSEHOLD_BYTES);
	g_assert(inet_ntop(AF_INET6, &six, text, NETWORK_CHARS) != NULL);
	g_strlcat(text, "/64", NETWORK_CHARS);
}
