/* bridge(8) of iproute2 6.1: the ports of bridges. Uses lib/ip_*.c. */
#include "lib/ip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(void)
{
	fputs("Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }\n       bridge [ -force ] -batch filename\nwhere  OBJECT := { link | fdb | mdb | vlan | monitor }\n"
	      "       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |\n                    -o[neline] | -t[imestamp] | -n[etns] name |\n                    -c[ompressvlans] -color -p[retty] -j[son] }\n", stderr);
	exit(255);
}

static int not_simulated(const char *object, const char *command)
{
	fprintf(stderr, "bridge: not simulated: %s%s%s\n", object, *command ? " " : "", command);
	return 2;
}

int main(int argc, char *argv[])
{
	bool json = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		const char *word = argv[i] + 1 + (argv[i][1] == '-');

		if (ip_is(word, "json") || ip_is(word, "pretty"))
			json |= *word == 'j';
		else if (ip_is(word, "netns") && i + 1 < argc)
			ip_enter(argv[++i]);
		else if (*word == 'V') {
			puts("bridge utility, 6.1.0");
			return 0;
		} else if (ip_is(word, "help"))
			usage();
		else if (ip_is(word, "details") || ip_is(word, "statistics"))
			return not_simulated(argv[i], "");
		else if (!ip_is(word, "oneline") && !ip_is(word, "color") && !ip_is(word, "timestamp")) {
			fprintf(stderr, "Option \"%s\" is unknown, try \"bridge help\".\n", argv[i]);
			return 255;
		}
	}
	if (i >= argc)
		usage();
	const char *object = argv[i++], *command = i < argc ? argv[i] : "";

	if (ip_is(object, "link")) {
		const char *device = NULL;

		if (*command && !ip_is(command, "show") && !ip_is(command, "list") && !ip_is(command, "lst")) {
			if (ip_is(command, "set"))
				return not_simulated("link", "set");
			fprintf(stderr, "Command \"%s\" is unknown, try \"bridge link help\".\n", command);
			return 255;
		}
		for (i++; i < argc; i++)
			if (!strcmp(argv[i], "dev") && i + 1 < argc)
				device = argv[++i];
		if (ip_show_ports(device, json))
			return 0;
		fprintf(stderr, "Cannot find device \"%s\"\n", device);
		return 255;
	}
	if (ip_is(object, "fdb") || ip_is(object, "mdb") || ip_is(object, "vlan") || ip_is(object, "monitor"))
		return not_simulated(object, command);
	if (ip_is(object, "help"))
		usage();
	fprintf(stderr, "Object \"%s\" is unknown, try \"bridge help\".\n", object);
	return 255;
}
