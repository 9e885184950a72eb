/* ifconfig(8) of net-tools. */
#define _GNU_SOURCE
#include "lib/ip.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct { unsigned flag; const char *name; } FLAGS[] = {
	{ IFF_UP, "UP" }, { IFF_BROADCAST, "BROADCAST" }, { IFF_DEBUG, "DEBUG" }, { IFF_LOOPBACK, "LOOPBACK" }, { IFF_POINTOPOINT, "POINTOPOINT" }, { IFF_RUNNING, "RUNNING" },
	{ IFF_NOARP, "NOARP" }, { IFF_PROMISC, "PROMISC" }, { IFF_ALLMULTI, "ALLMULTI" }, { IFF_SLAVE, "SLAVE" }, { IFF_MASTER, "MASTER" }, { IFF_MULTICAST, "MULTICAST" },
};

struct counters { unsigned long bytes, packets, errors, dropped, overruns, frame; };

static void read_counters(const char *name, struct counters *rx, struct counters *tx)
{
	char line[512];
	FILE *file = fopen("/proc/net/dev", "r");
	memset(rx, 0, sizeof *rx);
	memset(tx, 0, sizeof *tx);
	while (file && fgets(line, sizeof line, file)) {
		char *end = strchr(line, ':'), *at = line + strspn(line, " ");
		if (!end)
			continue;
		*end = 0;
		if (strcmp(at, name))
			continue;
		sscanf(end + 1, "%lu %lu %lu %lu %lu %lu %*u %*u %lu %lu %lu %lu %lu %lu", &rx->bytes, &rx->packets, &rx->errors, &rx->dropped, &rx->overruns, &rx->frame, &tx->bytes, &tx->packets,
			&tx->errors, &tx->dropped, &tx->overruns, &tx->frame);
	}
	if (file)
		fclose(file);
}

static void print_bytes(const char *what, const struct counters *c)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
	double value = c->bytes;
	int unit = 0;
	for (; value >= 1024 && unit < 4; unit++)
		value /= 1024;
	printf("        %s packets %lu  bytes %lu (%.1f %s)\n", what, c->packets, c->bytes, value, units[unit]);
}

static void print_device(const struct ip_device *d)
{
	struct counters rx, tx;
	const char *comma = "";
	printf("%s: flags=%u<", d->name, d->flags & 0xffff);
	for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++)
		if (d->flags & FLAGS[i].flag)
			printf("%s%s", comma, FLAGS[i].name), comma = ",";
	printf(">  mtu %d\n", d->mtu);
	for (size_t i = 0; i < d->n_addresses; i++) {
		const struct ip_address *a = &d->addresses[i];
		if (a->v6) {
			printf("        inet6 %s  prefixlen %d  scopeid %s\n", a->text, a->prefix, !strcmp(a->scope, "host") ? "0x10<host>" : !strcmp(a->scope, "link") ? "0x20<link>" : "0x0<global>");
			continue;
		}
		struct in_addr mask = { .s_addr = a->prefix ? htonl(0xffffffffu << (32 - a->prefix)) : 0 }, address;
		printf("        inet %s  netmask %s", a->text, inet_ntoa(mask));
		inet_pton(AF_INET, a->text, &address);
		address.s_addr |= ~mask.s_addr;
		if (d->flags & IFF_BROADCAST)
			printf("  broadcast %s", inet_ntoa(address));
		putchar('\n');
	}
	if (d->flags & IFF_LOOPBACK)
		printf("        loop  txqueuelen %d  (Local Loopback)\n", d->queue);
	else
		printf("        ether %s  txqueuelen %d  (Ethernet)\n", d->address, d->queue);
	read_counters(d->name, &rx, &tx);
	print_bytes("RX", &rx);
	printf("        RX errors %lu  dropped %lu  overruns %lu  frame %lu\n", rx.errors, rx.dropped, rx.overruns, rx.frame);
	print_bytes("TX", &tx);
	printf("        TX errors %lu  dropped %lu overruns %lu  carrier 0  collisions 0\n\n", tx.errors, tx.dropped, tx.overruns);
}

static int show(bool all)
{
	struct ip_device devices[64];
	size_t n = ip_devices(devices, 64);
	for (size_t i = 0; i < n; i++)
		if (all || devices[i].flags & IFF_UP)
			print_device(&devices[i]);
	return 0;
}

static int set_address(int fd, struct ifreq *request, unsigned long what, const char *text, const char *name)
{
	struct sockaddr_in *inet = (struct sockaddr_in *)&request->ifr_addr;
	memset(inet, 0, sizeof *inet);
	inet->sin_family = AF_INET;
	if (inet_pton(AF_INET, text, &inet->sin_addr) != 1) {
		fprintf(stderr, "%s: Host name lookup failure\nifconfig: `--help' gives usage information.\n", text);
		exit(1);
	}
	if (ioctl(fd, what, request) == 0)
		return 0;
	fprintf(stderr, "%s: %s\n", name, strerror(errno));
	return 255;
}

static int set_flags(int fd, struct ifreq *request, short on, short off)
{
	if (ioctl(fd, SIOCGIFFLAGS, request) < 0) {
		fprintf(stderr, "%s: ERROR while getting interface flags: %s\n", request->ifr_name, strerror(errno));
		return 255;
	}
	request->ifr_flags = (request->ifr_flags | on) & ~off;
	if (ioctl(fd, SIOCSIFFLAGS, request) == 0)
		return 0;
	fprintf(stderr, "SIOCSIFFLAGS: %s\n", strerror(errno));
	return 255;
}

/* The flag that a word, maybe with a minus, switches; 0: none. */
static int switched(const char *word)
{
	word += *word == '-';
	return !strcmp(word, "promisc") ? IFF_PROMISC : !strcmp(word, "allmulti") ? IFF_ALLMULTI : !strcmp(word, "multicast") ? IFF_MULTICAST : 0;
}

int main(int argc, char *argv[])
{
	int i = 1, status = 0;
	bool all = false;
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "-a"))
			all = true;
		else if (strcmp(argv[i], "-s") && strcmp(argv[i], "-v")) {
			fprintf(stderr, "ifconfig: option `%s' not recognised.\nifconfig: `--help' gives usage information.\n", argv[i]);
			return 1;
		}
	}
	if (i >= argc)
		return show(all);
	const char *name = argv[i++];
	if (i >= argc) {
		struct ip_device device;
		if (!ip_device(name, &device)) {
			fprintf(stderr, "%s: error fetching interface information: Device not found\n", name);
			return 1;
		}
		print_device(&device);
		return 0;
	}
	struct ifreq request = { .ifr_name = "" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
	for (; i < argc; i++) {
		if (!strcmp(argv[i], "up") || !strcmp(argv[i], "down")) {
			status |= argv[i][0] == 'u' ? set_flags(fd, &request, IFF_UP | IFF_RUNNING, 0) : set_flags(fd, &request, 0, IFF_UP);
		} else if (switched(argv[i])) {
			short flag = (short)switched(argv[i]);

			status |= argv[i][0] == '-' ? set_flags(fd, &request, 0, flag) : set_flags(fd, &request, flag, 0);
		} else if (!strcmp(argv[i], "arp") || !strcmp(argv[i], "-arp")) {
			status |= argv[i][0] == '-' ? set_flags(fd, &request, IFF_NOARP, 0) : set_flags(fd, &request, 0, IFF_NOARP);
		} else if (!strcmp(argv[i], "netmask") && i + 1 < argc) {
			status |= set_address(fd, &request, SIOCSIFNETMASK, argv[++i], "SIOCSIFNETMASK");
		} else if (!strcmp(argv[i], "broadcast") && i + 1 < argc) {
			i++;
		} else if (!strcmp(argv[i], "mtu") && i + 1 < argc) {
			request.ifr_mtu = atoi(argv[++i]);
			if (ioctl(fd, SIOCSIFMTU, &request) < 0) {
				fprintf(stderr, "SIOCSIFMTU: %s\n", strerror(errno));
				status = 255;
			}
		} else {
			char address[64];
			snprintf(address, sizeof address, "%s", argv[i]);
			char *slash = strchr(address, '/');
			if (slash)
				*slash = 0;
			status |= set_address(fd, &request, SIOCSIFADDR, address, "SIOCSIFADDR");
			if (slash && status == 0) {
				struct in_addr mask = { .s_addr = atoi(slash + 1) ? htonl(0xffffffffu << (32 - atoi(slash + 1))) : 0 };
				status |= set_address(fd, &request, SIOCSIFNETMASK, inet_ntoa(mask), "SIOCSIFNETMASK");
			}
			/* an address brings the interface up */
			status |= set_flags(fd, &request, IFF_UP | IFF_RUNNING, 0);
		}
	}
	close(fd);
	return status;
}
