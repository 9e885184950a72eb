/* ip(8) of iproute2: interfaces, addresses, routes and named net namespaces. */
#define _GNU_SOURCE
#include "lib/ip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void)
{
	fprintf(stderr, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neighbour | netns | route | rule }\n"
		"       OPTIONS := { -V[ersion] | -4 | -6 | -j[son] | -br[ief] | -o[neline] |\n                    -n[etns] name | -a[ll] }\n");
	return 255;
}

int main(int argc, char *argv[])
{
	struct ip_options options = { .family = 0 };
	int i = 1;
	for (; i < argc && argv[i][0] == '-'; i++) {
		const char *name = argv[i] + 1;
		if (*name == '-')
			name++;
		if (!*name) {
			i++;
			break;
		}
		if (!strcmp(name, "4"))
			options.family = 4;
		else if (!strcmp(name, "6"))
			options.family = 6;
		else if (!strcmp(name, "0"))
			options.family = 0;
		else if (!strncmp(name, "br", 2) && ip_is(name, "brief"))
			options.brief = true;
		else if (ip_is(name, "oneline"))
			options.one_line = true;
		else if (ip_is(name, "json"))
			options.json = true;
		else if (ip_is(name, "details"))
			options.details = true;
		else if (ip_is(name, "statistics") || ip_is(name, "stats"))
			options.statistics = true;
		else if (ip_is(name, "all"))
			options.netns = "-all";
		else if (ip_is(name, "netns") && i + 1 < argc)
			options.netns = argv[++i];
		else if (ip_is(name, "family") && i + 1 < argc)
			options.family = !strcmp(argv[++i], "inet6") ? 6 : !strcmp(argv[i], "inet") ? 4 : 0;
		else if (ip_is(name, "Version")) {
			printf("ip utility, iproute2-6.1.0, libbpf 1.1.2\n");
			return 0;
		} else if (ip_is(name, "pretty") || ip_is(name, "resolve") || ip_is(name, "color") || !strncmp(name, "c=", 2) || ip_is(name, "human-readable") || ip_is(name, "Numeric") || ip_is(name, "iec"))
			options.numeric |= *name == 'N';
		else if (ip_is(name, "help"))
			return usage();
		else {
			fprintf(stderr, "Option \"%s\" is unknown, try \"ip -help\".\n", argv[i]);
			return 255;
		}
	}
	if (i >= argc)
		return usage();
	if (options.netns && strcmp(options.netns, "-all"))
		ip_enter(options.netns);
	const char *object = argv[i++];
	if (ip_is(object, "address"))
		return ip_addr(&options, argc - i, argv + i);
	if (ip_is(object, "link"))
		return ip_link(&options, argc - i, argv + i);
	if (ip_is(object, "route"))
		return ip_route(&options, argc - i, argv + i);
	/* nobody was ever talked to: the table is empty */
	if (ip_is(object, "neighbour") || ip_is(object, "neighbor"))
		return 0;
	if (ip_is(object, "netns"))
		return ip_netns(&options, argc - i, argv + i);
	if (ip_is(object, "rule")) {
		printf("0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n");
		return 0;
	}
	if (ip_is(object, "help"))
		return usage();
	static const char *const others[] = { "maddress", "monitor", "tunnel", "tuntap", "vrf", "xfrm", "token", "netconf", "nexthop", "macsec", "l2tp", "fou", "ila", "mptcp", "mroute" };
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		if (!strcmp(object, others[k]))
			return ip_not_simulated(object);
	fprintf(stderr, "Object \"%s\" is unknown, try \"ip help\".\n", object);
	return 1;
}
