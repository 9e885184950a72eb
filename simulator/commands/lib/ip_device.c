#define _GNU_SOURCE
#include "ip.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

bool ip_is(const char *word, const char *full)
{
	return *word && !strncmp(word, full, strlen(word));
}

int ip_not_simulated(const char *what)
{
	fprintf(stderr, "ip: not simulated: %s (it needs netlink)\n", what);
	return 2;
}

int ip_refused(void)
{
	fprintf(stderr, "RTNETLINK answers: %s\n", strerror(errno));
	return 2;
}

/* A file of the interface's directory, without its newline; false: not there. */
static bool attribute(const char *device, const char *name, char *out, size_t size)
{
	char path[128];
	snprintf(path, sizeof path, "/sys/class/net/%s/%s", device, name);
	FILE *file = fopen(path, "r");
	bool read = file && fgets(out, size, file);
	if (file)
		fclose(file);
	if (read)
		out[strcspn(out, "\n")] = 0;
	return read;
}

static long number(const char *device, const char *name, long otherwise)
{
	char text[64];
	return attribute(device, name, text, sizeof text) ? strtol(text, NULL, 0) : otherwise;
}

static int prefix_of(struct in_addr mask)
{
	unsigned bits = ntohl(mask.s_addr);
	int n = 0;
	for (; n < 32 && bits >> (31 - n) & 1; n++)
		;
	return n;
}

static void addresses4(int socket, struct ip_device *device)
{
	char room[64 * sizeof(struct ifreq)];
	struct ifconf conf = { .ifc_len = sizeof room, .ifc_buf = room };
	if (ioctl(socket, SIOCGIFCONF, &conf) < 0)
		return;
	for (int i = 0; i < conf.ifc_len / (int)sizeof(struct ifreq) && device->n_addresses < 16; i++) {
		struct ifreq request = conf.ifc_req[i];
		if (strcmp(request.ifr_name, device->name))
			continue;
		struct ip_address *one = &device->addresses[device->n_addresses++];
		struct in_addr address = ((struct sockaddr_in *)&request.ifr_addr)->sin_addr;
		inet_ntop(AF_INET, &address, one->text, sizeof one->text);
		one->v6 = false;
		one->prefix = 32;
		if (ioctl(socket, SIOCGIFNETMASK, &request) == 0)
			one->prefix = prefix_of(((struct sockaddr_in *)&request.ifr_netmask)->sin_addr);
		unsigned host = ntohl(address.s_addr);
		one->scope = host >> 24 == 127 ? "host" : host >> 16 == 0xa9fe ? "link" : "global";
	}
}

static void addresses6(struct ip_device *device)
{
	char line[256], hex[40], name[IFNAMSIZ];
	unsigned index, prefix, scope, flags;
	FILE *file = fopen("/proc/net/if_inet6", "r");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "%32s %x %x %x %x %15s", hex, &index, &prefix, &scope, &flags, name) != 6 || strcmp(name, device->name) || device->n_addresses >= 16)
			continue;
		struct in6_addr address;
		for (int i = 0; i < 16; i++) {
			char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };
			address.s6_addr[i] = strtoul(two, NULL, 16);
		}
		struct ip_address *one = &device->addresses[device->n_addresses++];
		inet_ntop(AF_INET6, &address, one->text, sizeof one->text);
		one->v6 = true;
		one->prefix = prefix;
		one->scope = scope == 0x10 ? "host" : scope == 0x20 ? "link" : "global";
	}
	if (file)
		fclose(file);
}

bool ip_device(const char *name, struct ip_device *out)
{
	struct ifreq request = { .ifr_name = "" };
	if (strlen(name) >= IFNAMSIZ)
		return false;
	strcpy(request.ifr_name, name);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || ioctl(fd, SIOCGIFINDEX, &request) < 0) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	memset(out, 0, sizeof *out);
	strcpy(out->name, name);
	out->index = request.ifr_ifindex;
	if (ioctl(fd, SIOCGIFFLAGS, &request) == 0)
		out->flags = (unsigned short)request.ifr_flags;
	/* the kernel tells more flags there than fit into the request */
	out->flags |= number(name, "flags", 0) & ~0xffffL;
	if (ioctl(fd, SIOCGIFMTU, &request) == 0)
		out->mtu = request.ifr_mtu;
	out->type = number(name, "type", out->flags & IFF_LOOPBACK ? 772 : 1);
	out->link = number(name, "iflink", out->index);
	out->queue = number(name, "tx_queue_len", 1000);
	/* what is down is down, whatever an interface of that name in the namespace that /sys shows is */
	if (!(out->flags & IFF_UP))
		strcpy(out->state, "down");
	else if (!attribute(name, "operstate", out->state, sizeof out->state))
		strcpy(out->state, "unknown");
	if (!attribute(name, "address", out->address, sizeof out->address))
		strcpy(out->address, "00:00:00:00:00:00");
	if (!attribute(name, "broadcast", out->broadcast, sizeof out->broadcast))
		strcpy(out->broadcast, out->flags & IFF_LOOPBACK ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff");
	addresses4(fd, out);
	addresses6(out);
	close(fd);
	return true;
}

static int by_index(const void *a, const void *b)
{
	return ((const struct ip_device *)a)->index - ((const struct ip_device *)b)->index;
}

size_t ip_devices(struct ip_device *out, size_t room)
{
	char line[512];
	size_t n = 0;
	/* /proc/net is the caller's own net namespace; /sys may have been mounted in another */
	FILE *file = fopen("/proc/net/dev", "r");
	if (!file) {
		fprintf(stderr, "Cannot open /proc/net/dev: %s\n", strerror(errno));
		exit(2);
	}
	while (n < room && fgets(line, sizeof line, file)) {
		char *end = strchr(line, ':'), *name = line + strspn(line, " ");
		if (!end || strchr(line, '|'))
			continue;
		*end = 0;
		if (ip_device(name, &out[n]))
			n++;
	}
	fclose(file);
	qsort(out, n, sizeof *out, by_index);
	return n;
}
