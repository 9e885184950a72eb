/* ip link: making, changing and removing interfaces. */
#define _GNU_SOURCE
#include "ip.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/veth.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void wrong(const char *argument, const char *why)
{
	fprintf(stderr, "Error: argument \"%s\" is wrong: %s\n", argument, why);
	exit(255);
}

static const char *value(int argc, char *argv[], int *at)
{
	if (*at + 1 >= argc) {
		fprintf(stderr, "Command line is not complete. Try option \"help\"\n");
		exit(255);
	}
	return argv[++*at];
}

static void name(struct nlmsghdr *n, const char *text)
{
	if (!*text || strlen(text) >= IFNAMSIZ || strpbrk(text, "/ \t\n"))
		wrong(text, "\"name\" not a valid ifname");
	ip_text(n, IFLA_IFNAME, text);
}

/* By the name that ip netns gave it, or by a process. */
static void netns(struct nlmsghdr *n, const char *text)
{
	char path[300], *end;
	long pid;
	int fd;

	snprintf(path, sizeof path, strchr(text, '/') ? "%s" : "/run/netns/%s", text);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		ip_number(n, IFLA_NET_NS_FD, fd);
		return;
	}
	pid = strtol(text, &end, 0);
	if (!*text || *end)
		wrong(text, "Invalid \"netns\" value\n");
	ip_number(n, IFLA_NET_NS_PID, pid);
}

static void hardware_address(struct nlmsghdr *n, const char *text)
{
	unsigned char bytes[6];
	unsigned b[6];

	if (sscanf(text, "%x:%x:%x:%x:%x:%x", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5]) != 6) {
		fprintf(stderr, "\"%s\" is invalid lladdr.\n", text);
		exit(255);
	}
	for (int i = 0; i < 6; i++)
		bytes[i] = b[i];
	ip_attribute(n, IFLA_ADDRESS, bytes, 6);
}

static unsigned number(const char *text, const char *what)
{
	char *end;
	unsigned long n = strtoul(text, &end, 0);
	char why[64];

	if (!*text || *end) {
		snprintf(why, sizeof why, "Invalid \"%s\" value\n", what);
		wrong(text, why);
	}
	return n;
}

/* `on` or `off`; of `arp` the flag says that there is none. */
static void switched(struct ifinfomsg *info, unsigned flag, const char *word, const char *how, int reversed)
{
	if (strcmp(how, "on") && strcmp(how, "off")) {
		fprintf(stderr, "Error: argument of \"%s\" must be \"on\" or \"off\", not \"%s\"\n", word, how);
		exit(1);
	}
	info->ifi_change |= flag;
	info->ifi_flags = (how[1] == 'n') != reversed ? info->ifi_flags | flag : info->ifi_flags & ~flag;
}

/* Words that may follow both a new interface and one that is there: how many of them; 0: not one of these. */
static int property(struct ip_request *request, struct ifinfomsg *info, int argc, char *argv[], int i)
{
	int at = i;

	if (!strcmp(argv[i], "up") || !strcmp(argv[i], "down")) {
		info->ifi_change |= IFF_UP;
		info->ifi_flags = argv[i][0] == 'u' ? info->ifi_flags | IFF_UP : info->ifi_flags & ~IFF_UP;
	} else if (!strcmp(argv[i], "mtu")) {
		ip_number(&request->n, IFLA_MTU, number(value(argc, argv, &at), "mtu"));
	} else if (ip_is(argv[i], "address")) {
		hardware_address(&request->n, value(argc, argv, &at));
	} else if (!strcmp(argv[i], "netns")) {
		netns(&request->n, value(argc, argv, &at));
	} else if (ip_is(argv[i], "master")) {
		int index = ip_index(value(argc, argv, &at));

		if (!index)
			exit(255);
		ip_number(&request->n, IFLA_MASTER, index);
	} else if (!strcmp(argv[i], "nomaster")) {
		ip_number(&request->n, IFLA_MASTER, 0);
	} else if (!strcmp(argv[i], "txqueuelen") || !strcmp(argv[i], "txqlen") || !strcmp(argv[i], "qlen")) {
		ip_number(&request->n, IFLA_TXQLEN, number(value(argc, argv, &at), "txqueuelen"));
	} else if (ip_is(argv[i], "alias")) {
		ip_text(&request->n, IFLA_IFALIAS, value(argc, argv, &at));
	} else if (!strcmp(argv[i], "group")) {
		const char *group = value(argc, argv, &at);

		ip_number(&request->n, IFLA_GROUP, strcmp(group, "default") ? number(group, "group") : 0);
	} else if (!strcmp(argv[i], "promisc")) {
		switched(info, IFF_PROMISC, argv[i], value(argc, argv, &at), 0);
	} else if (!strcmp(argv[i], "arp")) {
		switched(info, IFF_NOARP, argv[i], value(argc, argv, &at), 1);
	} else if (!strcmp(argv[i], "multicast")) {
		switched(info, IFF_MULTICAST, argv[i], value(argc, argv, &at), 0);
	} else if (!strcmp(argv[i], "allmulticast")) {
		switched(info, IFF_ALLMULTI, argv[i], value(argc, argv, &at), 0);
	} else if (!strcmp(argv[i], "numtxqueues") || !strcmp(argv[i], "numrxqueues")) {
		exit(ip_not_simulated(argv[i]));
	} else {
		return 0;
	}
	return at - i + 1;
}

/* Behind `type veth`: the other end. */
static void peer(struct ip_request *request, int argc, char *argv[], int i)
{
	struct rtattr *data = ip_nest(&request->n, IFLA_INFO_DATA), *end = ip_nest(&request->n, VETH_INFO_PEER);
	struct ifinfomsg *info = (struct ifinfomsg *)((char *)&request->n + NLMSG_ALIGN(request->n.nlmsg_len));

	memset(info, 0, sizeof *info);
	request->n.nlmsg_len += sizeof *info;
	for (int used; i < argc; i += used) {
		used = property(request, info, argc, argv, i);
		if (used)
			continue;
		if (ip_is(argv[i], "name") || !strcmp(argv[i], "dev")) {
			int at = i;

			name(&request->n, value(argc, argv, &at));
			used = 2;
		} else {
			name(&request->n, argv[i]);
			used = 1;
		}
	}
	ip_nest_end(&request->n, end);
	ip_nest_end(&request->n, data);
}

/* `[dev] NAME` at the beginning; the words behind it begin at *next. Ends with a message when there is none. */
static const char *device_name(int argc, char *argv[], int *next)
{
	*next = argc > 0 && !strcmp(argv[0], "dev") ? 1 : 0;
	if (*next >= argc) {
		fprintf(stderr, "Not enough information: \"dev\" argument is required.\n");
		exit(255);
	}
	return argv[(*next)++];
}

static int add(int argc, char *argv[])
{
	struct ip_request request = ip_request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof(struct ifinfomsg));
	const char *kind = NULL;
	int i = 0;

	for (int used; i < argc && !kind; i += used) {
		int at = i;

		used = property(&request, &request.link, argc, argv, i);
		if (used)
			continue;
		if (ip_is(argv[i], "type")) {
			kind = value(argc, argv, &at);
			used = 2;
		} else if (ip_is(argv[i], "name") || !strcmp(argv[i], "dev")) {
			name(&request.n, value(argc, argv, &at));
			used = 2;
		} else if (ip_is(argv[i], "link")) {
			int index = ip_index(value(argc, argv, &at));

			if (!index)
				return 1;
			ip_number(&request.n, IFLA_LINK, index);
			used = 2;
		} else {
			name(&request.n, argv[i]);
			used = 1;
		}
	}
	if (!kind) {
		fprintf(stderr, "Not enough information: \"type\" argument is required\n");
		return 1;
	}
	struct rtattr *info = ip_nest(&request.n, IFLA_LINKINFO);
	ip_attribute(&request.n, IFLA_INFO_KIND, kind, strlen(kind));
	if (!strcmp(kind, "veth") && i < argc && !strcmp(argv[i], "peer"))
		peer(&request, argc, argv, i + 1);
	else if (i < argc && strcmp(kind, "bridge"))
		return ip_not_simulated(argv[i]);
	ip_nest_end(&request.n, info);
	return ip_talk(&request, NULL, 0);
}

static int set(int argc, char *argv[])
{
	struct ip_request request = ip_request(RTM_NEWLINK, 0, sizeof(struct ifinfomsg));
	int i;
	const char *device = device_name(argc, argv, &i);

	for (int used; i < argc; i += used) {
		int at = i;

		used = property(&request, &request.link, argc, argv, i);
		if (used)
			continue;
		if (ip_is(argv[i], "name")) {
			name(&request.n, value(argc, argv, &at));
			used = 2;
		} else {
			return ip_not_simulated(argv[i]);
		}
	}
	if (!(request.link.ifi_index = ip_index(device)))
		return 1;
	return ip_talk(&request, NULL, 0);
}

static int delete(int argc, char *argv[])
{
	struct ip_request request = ip_request(RTM_DELLINK, 0, sizeof(struct ifinfomsg));
	int i;

	if (!(request.link.ifi_index = ip_index(device_name(argc, argv, &i))))
		return 1;
	return ip_talk(&request, NULL, 0);
}

int ip_link(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return ip_show(o, argc ? argc - 1 : 0, argv + 1, false);
	if (ip_is(argv[0], "set") || ip_is(argv[0], "change"))
		return set(argc - 1, argv + 1);
	if (ip_is(argv[0], "add"))
		return add(argc - 1, argv + 1);
	if (ip_is(argv[0], "delete"))
		return delete(argc - 1, argv + 1);
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip link help\".\n", argv[0]);
	return 255;
}
