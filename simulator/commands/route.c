/* route(8) of net-tools 2.10: /proc/net/route; adding by ioctl. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *address(unsigned value, int mask_or_gateway, int numeric)
{
	static char text[4][32];
	static int next;
	struct in_addr in;

	in.s_addr = value;
	next = (next + 1) % 4;
	if (value == 0 && !mask_or_gateway && !numeric)
		return "default";
	snprintf(text[next], sizeof text[next], "%s", inet_ntoa(in));
	return text[next];
}

static int show(int numeric)
{
	FILE *file = fopen("/proc/net/route", "r");
	char line[256], device[32];
	unsigned destination, gateway, flags, mask, refs, use, metric;

	if (!file) {
		perror("/proc/net/route");
		return 4;
	}
	puts("Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface");
	if (!fgets(line, sizeof line, file)) {
		fclose(file);
		return 0;
	}
	while (fgets(line, sizeof line, file)) {
		char letters[16], *at = letters;

		if (sscanf(line, "%31s %x %x %x %u %u %u %x", device, &destination, &gateway, &flags, &refs, &use, &metric, &mask) < 8 || !(flags & RTF_UP))
			continue;
		*at++ = 'U';
		if (flags & RTF_GATEWAY)
			*at++ = 'G';
		if (flags & RTF_REJECT)
			*at++ = '!';
		if (flags & RTF_HOST)
			*at++ = 'H';
		*at = '\0';
		printf("%-15s %-15s %-15s %-5s %-6u %-2u %7u %s\n", address(destination, mask != 0, numeric), address(gateway, 1, numeric), address(mask, 1, numeric), letters, metric, refs, use, device);
	}
	fclose(file);
	return 0;
}

static void set(struct sockaddr *to, const char *text)
{
	struct sockaddr_in in;

	memset(&in, 0, sizeof in);
	in.sin_family = AF_INET;
	if (strcmp(text, "default") != 0 && inet_aton(text, &in.sin_addr) == 0) {
		fprintf(stderr, "%s: Unknown host\n", text);
		exit(1);
	}
	memcpy(to, &in, sizeof in);
}

static int change(int adds, int argc, char **argv)
{
	struct rtentry entry;
	int i = 0, fd, is_net = 0, bits = -1, masked = 0;
	char target[64];

	memset(&entry, 0, sizeof entry);
	entry.rt_flags = RTF_UP;
	if (i < argc && (strcmp(argv[i], "-net") == 0 || strcmp(argv[i], "-host") == 0))
		is_net = argv[i++][1] == 'n' ? 1 : 2;
	if (i >= argc) {
		fputs("route: bad usage\n", stderr);
		return 4;
	}
	snprintf(target, sizeof target, "%s", argv[i++]);
	if (strchr(target, '/')) {
		bits = atoi(strchr(target, '/') + 1);
		*strchr(target, '/') = '\0';
	}
	set(&entry.rt_dst, target);
	set(&entry.rt_genmask, strcmp(target, "default") == 0 ? "0.0.0.0" : "255.255.255.255");
	set(&entry.rt_gateway, "0.0.0.0");
	if (bits >= 0) {
		((struct sockaddr_in *)&entry.rt_genmask)->sin_addr.s_addr = bits ? htonl(0xFFFFFFFFu << (32 - bits)) : 0;
		masked = 1;
	}
	while (i < argc) {
		const char *word = argv[i++];

		if (strcmp(word, "gw") == 0 && i < argc) {
			set(&entry.rt_gateway, argv[i++]);
			entry.rt_flags |= RTF_GATEWAY;
		} else if (strcmp(word, "netmask") == 0 && i < argc) {
			set(&entry.rt_genmask, argv[i++]);
			masked = 1;
		} else if (strcmp(word, "metric") == 0 && i < argc) {
			entry.rt_metric = (short)(atoi(argv[i++]) + 1);
		} else if (strcmp(word, "dev") == 0 && i < argc) {
			entry.rt_dev = argv[i++];
		} else {
			entry.rt_dev = (char *)word;
		}
	}
	if (!masked && is_net != 1 && strcmp(target, "default") != 0)
		entry.rt_flags |= RTF_HOST;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0) {
		perror("socket");
		return 7;
	}
	if (ioctl(fd, adds ? SIOCADDRT : SIOCDELRT, &entry) < 0) {
		fprintf(stderr, "%s: %s\n", adds ? "SIOCADDRT" : "SIOCDELRT", strerror(errno));
		return 7;
	}
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	int i, numeric = 0;

	for (i = 1; i < argc && argv[i][0] == '-'; i++)
		if (strchr(argv[i], 'n') && argv[i][1] != '-')
			numeric = 1;
	if (i < argc && (strcmp(argv[i], "add") == 0 || strcmp(argv[i], "del") == 0))
		return change(argv[i][0] == 'a', argc - i - 1, argv + i + 1);
	return show(numeric);
}
