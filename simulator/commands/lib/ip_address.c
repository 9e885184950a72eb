/* ip address: giving and taking addresses. */
#define _GNU_SOURCE
#include "ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* ADDRESS[/PREFIX]; false when it is none. */
static bool parse(const char *text, struct ip_request *request, unsigned char bytes[16])
{
	char address[80], *slash, *end;
	int family = strchr(text, ':') ? AF_INET6 : AF_INET, most = family == AF_INET6 ? 128 : 32;
	long prefix = most;

	snprintf(address, sizeof address, "%s", text);
	slash = strchr(address, '/');
	if (slash) {
		*slash = 0;
		prefix = strtol(slash + 1, &end, 10);
		if (!slash[1] || *end || prefix < 0 || prefix > most)
			return false;
	}
	request->address.ifa_family = family;
	request->address.ifa_prefixlen = prefix;
	return inet_pton(family, address, bytes) == 1;
}

static int change(int type, int argc, char *argv[])
{
	struct ip_request request = ip_request(type, type == RTM_NEWADDR ? NLM_F_CREATE | NLM_F_EXCL : 0, sizeof(struct ifaddrmsg));
	const char *text = NULL, *device = NULL, *broadcast = NULL;
	unsigned char bytes[16], brd[16];
	int length, scope = -1;

	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "dev") && i + 1 < argc)
			device = argv[++i];
		else if ((!strcmp(argv[i], "broadcast") || !strcmp(argv[i], "brd")) && i + 1 < argc)
			broadcast = argv[++i];
		else if (!strcmp(argv[i], "scope") && i + 1 < argc)
			i++, scope = !strcmp(argv[i], "host") ? RT_SCOPE_HOST : !strcmp(argv[i], "link") ? RT_SCOPE_LINK : atoi(argv[i]);
		else if ((!strcmp(argv[i], "label") || !strcmp(argv[i], "valid_lft") || !strcmp(argv[i], "preferred_lft") || !strcmp(argv[i], "metric")) && i + 1 < argc)
			i++;
		else if (strcmp(argv[i], "local") && strcmp(argv[i], "nodad") && strcmp(argv[i], "noprefixroute"))
			text = argv[i];
	}
	if (text && !parse(text, &request, bytes)) {
		fprintf(stderr, "Error: any valid prefix is expected rather than \"%s\".\n", text);
		return 1;
	}
	if (!device) {
		fprintf(stderr, "Not enough information: \"dev\" argument is required.\n");
		return 255;
	}
	if (!text)
		return 255;
	length = request.address.ifa_family == AF_INET6 ? 16 : 4;
	ip_attribute(&request.n, IFA_LOCAL, bytes, length);
	ip_attribute(&request.n, IFA_ADDRESS, bytes, length);
	if (broadcast && length == 4) {
		unsigned address, host = request.address.ifa_prefixlen ? ~(0xffffffffu << (32 - request.address.ifa_prefixlen)) : 0xffffffffu;

		memcpy(&address, bytes, 4);
		if (!strcmp(broadcast, "+"))
			address |= htonl(host);
		else if (!strcmp(broadcast, "-"))
			address &= ~htonl(host);
		else if (inet_pton(AF_INET, broadcast, brd) == 1)
			memcpy(&address, brd, 4);
		else {
			fprintf(stderr, "Error: any valid prefix is expected rather than \"%s\".\n", broadcast);
			return 1;
		}
		ip_attribute(&request.n, IFA_BROADCAST, &address, 4);
	}
	/* an address of the machine itself is of no use elsewhere */
	request.address.ifa_scope = scope >= 0 ? scope : length == 4 && bytes[0] == 127 ? RT_SCOPE_HOST : 0;
	if (!(request.address.ifa_index = ip_index(device)))
		return 1;
	return ip_talk(&request, NULL, 0);
}

/* All addresses, one after the other; secondary ones may go with their first. */
static int flush(const struct ip_options *o, int argc, char *argv[])
{
	const char *device = NULL;
	struct ip_device found;
	bool gone = true;
	int status = 0;

	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "dev"))
			device = argv[i];
	if (!device) {
		fprintf(stderr, "Flush requires arguments.\n");
		return 255;
	}
	while (gone && status == 0) {
		gone = false;
		if (!ip_device(device, &found)) {
			fprintf(stderr, "Device \"%s\" does not exist.\n", device);
			return 1;
		}
		for (size_t i = 0; i < found.n_addresses && !gone; i++) {
			struct ip_address *a = &found.addresses[i];
			struct ip_request request = ip_request(RTM_DELADDR, 0, sizeof(struct ifaddrmsg));
			unsigned char bytes[16];

			if (o->family && a->v6 != (o->family == 6))
				continue;
			request.address.ifa_family = a->v6 ? AF_INET6 : AF_INET;
			request.address.ifa_prefixlen = a->prefix;
			request.address.ifa_index = found.index;
			inet_pton(request.address.ifa_family, a->text, bytes);
			ip_attribute(&request.n, IFA_LOCAL, bytes, a->v6 ? 16 : 4);
			ip_attribute(&request.n, IFA_ADDRESS, bytes, a->v6 ? 16 : 4);
			status = ip_talk(&request, NULL, 0);
			gone = true;
		}
	}
	return status;
}

int ip_addr(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return ip_show(o, argc ? argc - 1 : 0, argv + 1, true);
	if (ip_is(argv[0], "add") || ip_is(argv[0], "delete"))
		return change(argv[0][0] == 'a' ? RTM_NEWADDR : RTM_DELADDR, argc - 1, argv + 1);
	if (ip_is(argv[0], "flush"))
		return flush(o, argc - 1, argv + 1);
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip address help\".\n", argv[0]);
	return 255;
}
