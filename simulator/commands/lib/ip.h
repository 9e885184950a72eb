/* ip: interfaces of the net namespace, read without netlink: from /sys/class/net, /proc/net and the ioctls of a socket. */
#ifndef IP_H
#define IP_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>

struct ip_address { bool v6; char text[64]; int prefix; const char *scope; };

struct ip_device {
	char name[IFNAMSIZ], address[32], broadcast[32], state[16];
	int index, link, mtu, type, queue;
	unsigned flags;
	struct ip_address addresses[16];
	size_t n_addresses;
};

struct ip_options {
	/* 0: both; 4 or 6. */
	int family;
	bool one_line, brief, json, details, statistics, numeric;
	/* `ip -n NAME`. */
	const char *netns;
};

/* All interfaces by number. Ends with a message when they cannot be read. */
size_t ip_devices(struct ip_device *out, size_t room);
bool ip_device(const char *name, struct ip_device *out);

int ip_link(const struct ip_options *options, int argc, char *argv[]);
int ip_addr(const struct ip_options *options, int argc, char *argv[]);
int ip_route(const struct ip_options *options, int argc, char *argv[]);
int ip_netns(const struct ip_options *options, int argc, char *argv[]);
/* Enters a namespace by the name that `ip netns add` gave it; ends with a message when there is none. */
void ip_enter(const char *name);
/* A word that may be shortened: `a`, `ad` … for `address`. */
bool ip_is(const char *word, const char *full);
/* What cannot be done without netlink: a message and the status of a failure. */
int ip_not_simulated(const char *what);
/* What the kernel answered to a change. */
int ip_refused(void);

#endif
