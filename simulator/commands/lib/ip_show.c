#define _GNU_SOURCE
#include "ip.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOWER_UP 0x10000
static const struct { unsigned flag; const char *name; } FLAGS[] = {
	{ IFF_LOOPBACK, "LOOPBACK" }, { IFF_BROADCAST, "BROADCAST" }, { IFF_POINTOPOINT, "POINTOPOINT" }, { IFF_MULTICAST, "MULTICAST" }, { IFF_NOARP, "NOARP" }, { IFF_ALLMULTI, "ALLMULTI" },
	{ IFF_PROMISC, "PROMISC" }, { IFF_MASTER, "MASTER" }, { IFF_SLAVE, "SLAVE" }, { IFF_DEBUG, "DEBUG" }, { IFF_DYNAMIC, "DYNAMIC" }, { IFF_UP, "UP" },
};

/* `sep`: between two; each in quotes for JSON. */
static void print_flags(const struct ip_device *d, bool json)
{
	const char *comma = "", *quote = json ? "\"" : "";
	if (d->flags & IFF_UP && !(d->flags & IFF_RUNNING))
		printf("%s%sNO-CARRIER%s", comma, quote, quote), comma = ",";
	for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++)
		if (d->flags & FLAGS[i].flag)
			printf("%s%s%s%s", comma, quote, FLAGS[i].name, quote), comma = ",";
	/* what runs has a carrier */
	if (d->flags & LOWER_UP || (d->flags & IFF_UP && d->flags & IFF_RUNNING))
		printf("%s%sLOWER_UP%s", comma, quote, quote);
}

static const char *upper(const char *text)
{
	static char out[16];
	size_t i = 0;
	for (; text[i] && i + 1 < sizeof out; i++)
		out[i] = toupper((unsigned char)text[i]);
	out[i] = 0;
	return out;
}

static const char *link_type(const struct ip_device *d)
{
	return d->type == 772 ? "loopback" : d->type == 1 ? "ether" : "none";
}

static void name_of(const struct ip_device *d, char *out, size_t size)
{
	if (d->link != d->index)
		snprintf(out, size, "%s@if%d", d->name, d->link);
	else
		snprintf(out, size, "%s", d->name);
}

static bool has_family(const struct ip_device *d, int family)
{
	for (size_t i = 0; i < d->n_addresses; i++)
		if (family == 0 || d->addresses[i].v6 == (family == 6))
			return true;
	return false;
}

static void print_brief(const struct ip_options *o, const struct ip_device *d, bool addresses)
{
	char name[48];
	name_of(d, name, sizeof name);
	printf("%-16s %-14s ", name, upper(d->state));
	if (!addresses) {
		printf("%s <", d->address);
		print_flags(d, false);
		printf("> ");
	}
	for (size_t i = 0; addresses && i < d->n_addresses; i++)
		if (o->family == 0 || d->addresses[i].v6 == (o->family == 6))
			printf("%s/%d ", d->addresses[i].text, d->addresses[i].prefix);
	putchar('\n');
}

static void print_address(const struct ip_options *o, const struct ip_device *d, const struct ip_address *a)
{
	const char *end = o->one_line ? "\\" : "\n";
	if (o->one_line)
		printf("%d: %s    ", d->index, d->name);
	else
		printf("    ");
	printf("%s %s/%d ", a->v6 ? "inet6" : "inet", a->text, a->prefix);
	if (!a->v6 && d->flags & IFF_BROADCAST && strcmp(a->scope, "host") && a->prefix < 31) {
		struct in_addr address, broadcast;
		char text[32];
		int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		struct ifreq request = { .ifr_name = "" };
		strcpy(request.ifr_name, d->name);
		inet_pton(AF_INET, a->text, &address);
		if (fd >= 0 && ioctl(fd, SIOCGIFBRDADDR, &request) == 0 && (broadcast = ((struct sockaddr_in *)&request.ifr_broadaddr)->sin_addr).s_addr != 0)
			printf("brd %s ", inet_ntop(AF_INET, &broadcast, text, sizeof text));
		if (fd >= 0)
			close(fd);
	}
	printf("scope %s %s%s       valid_lft forever preferred_lft forever\n", a->scope, a->v6 ? "" : d->name, end);
}

static void print_device(const struct ip_options *o, const struct ip_device *d, bool addresses)
{
	const char *end = o->one_line ? "\\" : "\n";
	char name[48];
	name_of(d, name, sizeof name);
	if (!(o->one_line && addresses)) {
		printf("%d: %s: <", d->index, name);
		print_flags(d, false);
		printf("> mtu %d ", d->mtu);
		if (o->family != 6)
			printf("qdisc %s ", d->flags & IFF_UP ? "noqueue" : "noop");
		printf("state %s ", upper(d->state));
		if (!addresses)
			printf("mode DEFAULT ");
		if (o->family != 6)
			printf("group default ");
		printf("qlen %d", d->queue);
		if (o->family == 0) {
			printf("%s    link/%s %s brd %s", end, link_type(d), d->address, d->broadcast);
			if (d->link != d->index)
				printf(" link-netnsid 0");
		}
		putchar('\n');
	}
	for (size_t i = 0; addresses && i < d->n_addresses; i++)
		if (o->family == 0 || d->addresses[i].v6 == (o->family == 6))
			print_address(o, d, &d->addresses[i]);
}

static void json_device(const struct ip_device *d, bool addresses, bool first)
{
	printf("%s{\"ifindex\":%d,\"ifname\":\"%s\",\"flags\":[", first ? "" : ",", d->index, d->name);
	print_flags(d, true);
	printf("],\"mtu\":%d,\"qdisc\":\"%s\",\"operstate\":\"%s\",", d->mtu, d->flags & IFF_UP ? "noqueue" : "noop", upper(d->state));
	if (!addresses)
		printf("\"linkmode\":\"DEFAULT\",");
	printf("\"group\":\"default\",\"txqlen\":%d,\"link_type\":\"%s\",\"address\":\"%s\",\"broadcast\":\"%s\"", d->queue, link_type(d), d->address, d->broadcast);
	if (addresses) {
		printf(",\"addr_info\":[");
		for (size_t i = 0; i < d->n_addresses; i++) {
			const struct ip_address *a = &d->addresses[i];
			printf("%s{\"family\":\"%s\",\"local\":\"%s\",\"prefixlen\":%d,\"scope\":\"%s\"", i ? "," : "", a->v6 ? "inet6" : "inet", a->text, a->prefix, a->scope);
			if (!a->v6)
				printf(",\"label\":\"%s\"", d->name);
			printf(",\"valid_life_time\":4294967295,\"preferred_life_time\":4294967295}");
		}
		putchar(']');
	}
	putchar('}');
}

static int show(const struct ip_options *o, int argc, char *argv[], bool addresses)
{
	struct ip_device devices[64];
	size_t n = 0;
	bool only_up = false, first = true;
	const char *wanted = NULL;
	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "dev") && i + 1 < argc)
			wanted = argv[++i];
		else if (!strcmp(argv[i], "up"))
			only_up = true;
		else if ((!strcmp(argv[i], "type") || !strcmp(argv[i], "scope") || !strcmp(argv[i], "label") || !strcmp(argv[i], "master")) && i + 1 < argc)
			i++;
		else
			wanted = argv[i];
	}
	if (!wanted) {
		n = ip_devices(devices, 64);
	} else if (ip_device(wanted, &devices[0])) {
		n = 1;
	} else {
		fprintf(stderr, "Device \"%s\" does not exist.\n", wanted);
		return 1;
	}
	if (o->json)
		putchar('[');
	for (size_t i = 0; i < n; i++) {
		if (only_up && !(devices[i].flags & IFF_UP))
			continue;
		if (addresses && o->family && !has_family(&devices[i], o->family))
			continue;
		if (o->json)
			json_device(&devices[i], addresses, first);
		else if (o->brief)
			print_brief(o, &devices[i], addresses);
		else
			print_device(o, &devices[i], addresses);
		first = false;
	}
	if (o->json)
		printf("]\n");
	return 0;
}

static int change_flags(int fd, struct ifreq *request, bool up)
{
	if (ioctl(fd, SIOCGIFFLAGS, request) < 0)
		return -1;
	request->ifr_flags = up ? request->ifr_flags | IFF_UP : request->ifr_flags & ~IFF_UP;
	return ioctl(fd, SIOCSIFFLAGS, request);
}

static int set(int argc, char *argv[])
{
	struct ip_device device;
	const char *name = NULL;
	if (argc > 0 && !strcmp(argv[0], "dev"))
		argc--, argv++;
	if (argc > 0)
		name = argv[0];
	if (!name || !ip_device(name, &device)) {
		if (name)
			fprintf(stderr, "Cannot find device \"%s\"\n", name);
		else
			fprintf(stderr, "Not enough information: \"dev\" argument is required.\n");
		return name ? 1 : 255;
	}
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), status = 0;
	struct ifreq request = { .ifr_name = "" };
	strcpy(request.ifr_name, name);
	for (int i = 1; i < argc && status == 0; i++) {
		if (!strcmp(argv[i], "up") || !strcmp(argv[i], "down")) {
			status = change_flags(fd, &request, argv[i][0] == 'u');
		} else if (!strcmp(argv[i], "mtu") && i + 1 < argc) {
			request.ifr_mtu = atoi(argv[++i]);
			status = ioctl(fd, SIOCSIFMTU, &request);
		} else if (!strcmp(argv[i], "name") && i + 1 < argc) {
			snprintf(request.ifr_newname, IFNAMSIZ, "%s", argv[++i]);
			status = ioctl(fd, SIOCSIFNAME, &request);
		} else if (!strcmp(argv[i], "dev")) {
			continue;
		} else {
			close(fd);
			return ip_not_simulated(argv[i]);
		}
	}
	int error = errno;
	close(fd);
	errno = error;
	return status < 0 ? ip_refused() : 0;
}

int ip_link(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return show(o, argc ? argc - 1 : 0, argv + 1, false);
	if (ip_is(argv[0], "set") || ip_is(argv[0], "change"))
		return set(argc - 1, argv + 1);
	if (ip_is(argv[0], "add") || ip_is(argv[0], "delete") || ip_is(argv[0], "replace"))
		return ip_not_simulated("making and removing interfaces");
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip link help\".\n", argv[0]);
	return 255;
}

/* The first address of an interface; the ioctls know no further ones. */
static int change_address(int argc, char *argv[], bool add)
{
	const char *text = NULL, *name = NULL;
	char address[64];
	struct ip_device device;
	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "dev") && i + 1 < argc)
			name = argv[++i];
		else if ((!strcmp(argv[i], "broadcast") || !strcmp(argv[i], "brd") || !strcmp(argv[i], "scope") || !strcmp(argv[i], "label")) && i + 1 < argc)
			i++;
		else if (strcmp(argv[i], "local"))
			text = argv[i];
	}
	if (!name) {
		fprintf(stderr, "Not enough information: \"dev\" argument is required.\n");
		return 255;
	}
	if (!ip_device(name, &device)) {
		fprintf(stderr, "Cannot find device \"%s\"\n", name);
		return 1;
	}
	if (!text)
		return 255;
	snprintf(address, sizeof address, "%s", text);
	char *slash = strchr(address, '/');
	int prefix = slash ? atoi(slash + 1) : 32;
	if (slash)
		*slash = 0;
	struct in_addr parsed;
	if (strchr(address, ':'))
		return ip_not_simulated("changing IPv6 addresses");
	if (inet_pton(AF_INET, address, &parsed) != 1 || prefix < 0 || prefix > 32) {
		fprintf(stderr, "Error: any valid prefix is expected rather than \"%s\".\n", text);
		return 1;
	}
	bool has = false, any = false;
	for (size_t i = 0; i < device.n_addresses; i++) {
		any |= !device.addresses[i].v6;
		has |= !strcmp(device.addresses[i].text, address);
	}
	if (add && has) {
		errno = EEXIST;
		return ip_refused();
	}
	if (add && any)
		return ip_not_simulated("a second address of an interface");
	if (!add && !has) {
		errno = EADDRNOTAVAIL;
		return ip_refused();
	}
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_name = "" };
	struct sockaddr_in *inet = (struct sockaddr_in *)&request.ifr_addr;
	strcpy(request.ifr_name, name);
	inet->sin_family = AF_INET;
	inet->sin_addr.s_addr = add ? parsed.s_addr : 0;
	int status = ioctl(fd, SIOCSIFADDR, &request);
	if (status == 0 && add) {
		inet->sin_addr.s_addr = prefix ? htonl(0xffffffffu << (32 - prefix)) : 0;
		status = ioctl(fd, SIOCSIFNETMASK, &request);
	}
	int error = errno;
	close(fd);
	errno = error;
	return status < 0 ? ip_refused() : 0;
}

int ip_addr(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return show(o, argc ? argc - 1 : 0, argv + 1, true);
	if (ip_is(argv[0], "add") || ip_is(argv[0], "delete"))
		return change_address(argc - 1, argv + 1, argv[0][0] == 'a');
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip address help\".\n", argv[0]);
	return 255;
}

static const char *dotted(unsigned little_endian)
{
	static char text[2][INET_ADDRSTRLEN];
	static int turn;
	struct in_addr address = { .s_addr = little_endian };
	turn = !turn;
	return inet_ntop(AF_INET, &address, text[turn], INET_ADDRSTRLEN);
}

/* The main table, from /proc/net/route. */
static int show_routes(void)
{
	char line[512], name[IFNAMSIZ];
	unsigned destination, gateway, flags, metric, mask;
	FILE *file = fopen("/proc/net/route", "r");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "%15s %x %x %x %*d %*d %u %x", name, &destination, &gateway, &flags, &metric, &mask) != 6)
			continue;
		if (mask == 0)
			printf("default ");
		else
			printf("%s/%d ", dotted(destination), __builtin_popcount(mask));
		if (gateway)
			printf("via %s ", dotted(gateway));
		printf("dev %s ", name);
		struct ip_device device;
		if (!gateway) {
			printf("proto kernel scope link ");
			if (ip_device(name, &device) && device.n_addresses && !device.addresses[0].v6)
				printf("src %s ", device.addresses[0].text);
		}
		if (metric)
			printf("metric %u ", metric);
		putchar('\n');
	}
	if (file)
		fclose(file);
	return 0;
}

int ip_route(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return o->family == 6 ? 0 : show_routes();
	if (ip_is(argv[0], "add") || ip_is(argv[0], "delete") || ip_is(argv[0], "get") || ip_is(argv[0], "replace") || ip_is(argv[0], "flush"))
		return ip_not_simulated("changing routes");
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip route help\".\n", argv[0]);
	return 255;
}
