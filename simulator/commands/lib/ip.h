/* ip: interfaces, addresses and routes of the net namespace, asked and changed by NETLINK_ROUTE. */
#ifndef IP_H
#define IP_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>

/* `broadcast` is empty when there is none. */
struct ip_address { bool v6, secondary, tentative; char text[64], broadcast[32]; int prefix; const char *scope; };

struct ip_device {
	char name[IFNAMSIZ], address[32], broadcast[32], state[16], qdisc[16], kind[16];
	/* `link`: the other end or what it is on, 0 when there is none; `netnsid`: where that is, -1 in this namespace; `master`: the bridge, 0 for none. */
	int index, link, netnsid, master, mtu, type, queue;
	unsigned flags, group;
	char alias[256];
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
/* The name of the namespace that is told of by that number here. */
bool ip_netns_by_id(int id, char *out, size_t size);
/* A word that may be shortened: `a`, `ad` … for `address`. */
bool ip_is(const char *word, const char *full);
/* What cannot be done without netlink: a message and the status of a failure. */
int ip_not_simulated(const char *what);

/* A request that attributes are added to; `n.nlmsg_len` says how long it is. */
struct ip_request { struct nlmsghdr n; union { struct ifinfomsg link; struct ifaddrmsg address; struct rtmsg route; struct rtgenmsg any; }; char room[1024]; };
/* A request of that type, with the fixed part of its messages. */
struct ip_request ip_request(int type, int flags, size_t fixed);
void ip_attribute(struct nlmsghdr *n, int type, const void *data, size_t length);
void ip_text(struct nlmsghdr *n, int type, const char *text);
void ip_number(struct nlmsghdr *n, int type, unsigned value);
struct rtattr *ip_nest(struct nlmsghdr *n, int type);
void ip_nest_end(struct nlmsghdr *n, struct rtattr *nest);
/* Sends it; 0, or 2 after the message that says why not. `answer`, if not NULL, takes what comes instead of an acknowledgement. */
int ip_talk(struct ip_request *request, char *answer, size_t room);
/* Every message of a dump. */
void ip_dump(int type, int family, void (*each)(struct nlmsghdr *, void *), void *context);
/* The number of an interface, or 0 after a message that there is none. */
int ip_index(const char *name);

/* `bridge link`: the ports of bridges, or the one of that name; false: there is no such interface. */
bool ip_show_ports(const char *name, bool json);
int ip_show(const struct ip_options *options, int argc, char *argv[], bool addresses);

#endif
