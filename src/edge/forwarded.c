/* Forwarded addresses: see forwarded.h. */
#include "edge/forwarded.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

/* IPv4 is kept as ::ffff:a.b.c.d, so one comparison does for both. */
struct network {
	uint8_t bytes[16];
	unsigned bits;
};

struct networks {
	GArray *rows;
};

static bool
read_address(const char *text, uint8_t bytes[16], bool *is_four)
{
	struct in_addr four;
	static const uint8_t clothes[12] = { [10] = 0xff, [11] = 0xff };

	*is_four = inet_pton(AF_INET, text, &four) == 1;
	if (!*is_four)
		return inet_pton(AF_INET6, text, bytes) == 1;
	memcpy(bytes, clothes, sizeof clothes);
	memcpy(bytes + sizeof clothes, &four, 4);
	return true;
}

static bool
read_network(const char *text, struct network *network)
{
	g_auto(GStrv) parts = g_strsplit(text, "/", 2);
	guint64 bits;
	bool is_four;

	if (!read_address(parts[0], network->bytes, &is_four))
		return false;
	network->bits = 128;
	if (parts[1] == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(parts[1], 10, 0, is_four ? 32 : 128, &bits, NULL))
		return false;
	network->bits = (unsigned)bits + (is_four ? 96 : 0);
	return true;
}

struct networks *
networks_parse(const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit_set(text, ", ", -1);
	struct networks *networks = g_new0(struct networks, 1);

	networks->rows = g_array_new(FALSE, TRUE, sizeof(struct network));
	for (char **word = words; *word != NULL; word++) {
		struct network network;

		if (**word == '\0')
			continue;
		if (!read_network(*word, &network)) {
			refuse(error, REFUSED_RANGE, NULL, "%s is no address or network", *word);
			networks_free(networks);
			return NULL;
		}
		g_array_append_val(networks->rows, network);
	}
	return networks;
}

void
networks_free(struct networks *networks)
{
	if (networks == NULL)
		return;
	g_array_free(networks->rows, TRUE);
	g_free(networks);
}

static bool
lies_in(const uint8_t bytes[16], const struct network *network)
{
	unsigned whole = network->bits / 8, rest = network->bits % 8;

	if (memcmp(bytes, network->bytes, whole) != 0)
		return false;
	return rest == 0 || (bytes[whole] ^ network->bytes[whole]) >> (8 - rest) == 0;
}

bool
networks_have(const struct networks *networks, const char *address)
{
	uint8_t bytes[16];
	bool is_four;

	if (networks == NULL || !read_address(address, bytes, &is_four))
		return false;
	for (guint i = 0; i < networks->rows->len; i++) {
		if (lies_in(bytes, &g_array_index(networks->rows, struct network, i)))
			return true;
	}
	return false;
}

/* An address in one spelling: an IPv4 address in IPv6 clothes is undressed. */
static bool
spell(const char *text, char address[ADDRESS_CHARS])
{
	uint8_t bytes[16];
	bool is_four;

	if (!read_address(text, bytes, &is_four))
		return false;
	if (is_four || IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)bytes))
		inet_ntop(AF_INET, bytes + 12, address, ADDRESS_CHARS);
	else
		inet_ntop(AF_INET6, bytes, address, ADDRESS_CHARS);
	return true;
}

void
forwarded_address(const struct networks *proxies, const char *peer, const char *forwarded, char address[ADDRESS_CHARS])
{
	if (!spell(peer, address))
		g_strlcpy(address, peer, ADDRESS_CHARS);
	if (forwarded == NULL || !networks_have(proxies, address))
		return;

	g_auto(GStrv) hops = g_strsplit(forwarded, ",", -1);

	for (guint i = g_strv_length(hops); i > 0; i--) {
		/* What cannot be read was written by whoever stands before it: the last one known is the caller. */
		if (!spell(g_strstrip(hops[i - 1]), address) || !networks_have(proxies, address))
			return;
	}
}
