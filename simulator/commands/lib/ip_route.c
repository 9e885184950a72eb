/* ip route: the main table. */
#define _GNU_SOURCE
#include "ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const char *protocol_name(int protocol)
{
	static char number[16];

	switch (protocol) {
	case RTPROT_KERNEL: return "kernel";
	case RTPROT_STATIC: return "static";
	case RTPROT_DHCP: return "dhcp";
	case RTPROT_REDIRECT: return "redirect";
	default: snprintf(number, sizeof number, "%d", protocol); return number;
	}
}

static int family = AF_INET;

static const char *dotted(const void *bytes)
{
	static char text[4][INET6_ADDRSTRLEN];
	static int turn;

	turn = (turn + 1) & 3;
	return inet_ntop(family, bytes, text[turn], INET6_ADDRSTRLEN);
}

struct filter { const char *device; bool only_default; };
/* Routes of other tables than the main one say so. */
static bool all_tables;

/* `get`: the answer to a question about one address, which shows other things. */
static void print(struct nlmsghdr *header, bool get, const struct filter *filter)
{
	struct rtmsg *route = NLMSG_DATA(header);
	const void *dst = NULL, *via = NULL, *source = NULL;
	unsigned metric = 0, out = 0, uid = 0;
	int left = RTM_PAYLOAD(header), pref = -1;
	bool priority = false;
	char device[IFNAMSIZ] = "";

	for (struct rtattr *a = RTM_RTA(route); RTA_OK(a, left); a = RTA_NEXT(a, left))
		switch (a->rta_type) {
		case RTA_DST: dst = RTA_DATA(a); break;
		case RTA_GATEWAY: via = RTA_DATA(a); break;
		case RTA_PREFSRC: source = RTA_DATA(a); break;
		case RTA_PRIORITY: metric = *(unsigned *)RTA_DATA(a), priority = true; break;
		case RTA_PREF: pref = *(unsigned char *)RTA_DATA(a); break;
		case RTA_OIF: out = *(unsigned *)RTA_DATA(a); break;
		case RTA_UID: uid = *(unsigned *)RTA_DATA(a); break;
		default: break;
		}
	family = route->rtm_family;
	if_indextoname(out, device);
	if (filter && ((filter->device && strcmp(filter->device, device)) || (filter->only_default && route->rtm_dst_len)))
		return;
	if (route->rtm_type == RTN_LOCAL)
		printf("local ");
	else if (route->rtm_type == RTN_BROADCAST)
		printf("broadcast ");
	else if (route->rtm_type == RTN_MULTICAST)
		printf("multicast ");
	if (!dst)
		printf("default ");
	else if (route->rtm_dst_len == (family == AF_INET6 ? 128 : 32))
		printf("%s ", dotted(dst));
	else
		printf("%s/%d ", dotted(dst), route->rtm_dst_len);
	if (via)
		printf("via %s ", dotted(via));
	/* what was asked for is not said again */
	if (!filter || !filter->device)
		printf("dev %s ", device);
	if (all_tables && route->rtm_table == RT_TABLE_LOCAL)
		printf("table local ");
	if (!get && route->rtm_protocol != RTPROT_BOOT)
		printf("proto %s ", protocol_name(route->rtm_protocol));
	if (!get && route->rtm_scope != RT_SCOPE_UNIVERSE)
		printf("scope %s ", route->rtm_scope == RT_SCOPE_LINK ? "link" : "host");
	if (source)
		printf("src %s ", dotted(source));
	if (priority)
		printf("metric %u ", metric);
	if (route->rtm_flags & RTNH_F_LINKDOWN)
		printf("linkdown ");
	if (pref >= 0)
		printf("pref %s", pref == 0 ? "medium" : pref == 1 ? "high" : "low");
	if (get)
		printf("uid %u \n    cache %s", uid, route->rtm_type == RTN_LOCAL ? "<local> " : "");
	putchar('\n');
}

struct showing { struct filter filter; int table; };

static void print_one(struct nlmsghdr *header, void *context)
{
	struct rtmsg *route = NLMSG_DATA(header);
	struct showing *showing = context;

	if (header->nlmsg_type == RTM_NEWROUTE && (showing->table == 0 || route->rtm_table == showing->table))
		print(header, false, &showing->filter);
}

static int show(const struct ip_options *o, int argc, char *argv[])
{
	struct showing showing = { { NULL, false }, RT_TABLE_MAIN };

	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "dev") && i + 1 < argc)
			showing.filter.device = argv[++i];
		else if (!strcmp(argv[i], "table") && i + 1 < argc)
			i++, showing.table = !strcmp(argv[i], "local") ? RT_TABLE_LOCAL : !strcmp(argv[i], "all") ? 0 : !strcmp(argv[i], "main") ? RT_TABLE_MAIN : atoi(argv[i]);
		else if (!strcmp(argv[i], "default"))
			showing.filter.only_default = true;
	}
	if (showing.filter.device && !ip_index(showing.filter.device))
		return 1;
	all_tables = showing.table == 0;
	if (o->family != 6)
		ip_dump(RTM_GETROUTE, AF_INET, print_one, &showing);
	if (o->family == 6 || (o->family == 0 && all_tables))
		ip_dump(RTM_GETROUTE, AF_INET6, print_one, &showing);
	return 0;
}

static bool prefix_of(const char *text, struct ip_request *request)
{
	char address[64], *slash, *end;
	unsigned char bytes[4];
	long length = 32;

	if (!strcmp(text, "default") || !strcmp(text, "0/0") || !strcmp(text, "any") || !strcmp(text, "all")) {
		request->route.rtm_dst_len = 0;
		return true;
	}
	snprintf(address, sizeof address, "%s", text);
	slash = strchr(address, '/');
	if (slash) {
		*slash = 0;
		length = strtol(slash + 1, &end, 10);
		if (!slash[1] || *end || length < 0 || length > 32)
			return false;
	}
	if (inet_pton(AF_INET, address, bytes) != 1)
		return false;
	request->route.rtm_dst_len = length;
	ip_attribute(&request->n, RTA_DST, bytes, 4);
	return true;
}

static int change(int type, int flags, int argc, char *argv[])
{
	struct ip_request request = ip_request(type, flags, sizeof(struct rtmsg));
	bool gateway = false, scoped = false;
	const char *device = NULL;
	unsigned char bytes[4];

	request.route.rtm_family = AF_INET;
	request.route.rtm_table = RT_TABLE_MAIN;
	request.route.rtm_scope = RT_SCOPE_NOWHERE;
	if (type == RTM_NEWROUTE) {
		request.route.rtm_protocol = RTPROT_BOOT;
		request.route.rtm_type = RTN_UNICAST;
		request.route.rtm_scope = RT_SCOPE_UNIVERSE;
	}
	for (int i = 0; i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;

		if ((!strcmp(argv[i], "via") || !strcmp(argv[i], "src")) && next) {
			if (inet_pton(AF_INET, next, bytes) != 1) {
				fprintf(stderr, "Error: any valid address is expected rather than \"%s\".\n", next);
				return 1;
			}
			gateway |= argv[i][0] == 'v';
			ip_attribute(&request.n, argv[i][0] == 'v' ? RTA_GATEWAY : RTA_PREFSRC, bytes, 4);
			i++;
		} else if (!strcmp(argv[i], "dev") && next) {
			device = argv[++i];
		} else if ((!strcmp(argv[i], "metric") || !strcmp(argv[i], "priority") || !strcmp(argv[i], "preference")) && next) {
			ip_number(&request.n, RTA_PRIORITY, strtoul(argv[++i], NULL, 0));
		} else if ((!strcmp(argv[i], "proto") || !strcmp(argv[i], "protocol")) && next) {
			i++;
			request.route.rtm_protocol = !strcmp(argv[i], "static") ? RTPROT_STATIC : !strcmp(argv[i], "kernel") ? RTPROT_KERNEL : atoi(argv[i]);
		} else if (!strcmp(argv[i], "scope") && next) {
			i++;
			scoped = true;
			request.route.rtm_scope = !strcmp(argv[i], "link") ? RT_SCOPE_LINK : !strcmp(argv[i], "host") ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
		} else if ((!strcmp(argv[i], "table") || !strcmp(argv[i], "mtu")) && next) {
			i++;
		} else if (strcmp(argv[i], "to") && strcmp(argv[i], "onlink") && strcmp(argv[i], "unicast") && !prefix_of(argv[i], &request)) {
			fprintf(stderr, "Error: any valid prefix is expected rather than \"%s\".\n", argv[i]);
			return 1;
		}
	}
	if (type == RTM_NEWROUTE && !gateway && !scoped)
		request.route.rtm_scope = RT_SCOPE_LINK;
	if (device) {
		int index = ip_index(device);

		if (!index)
			return 1;
		ip_number(&request.n, RTA_OIF, index);
	}
	return ip_talk(&request, NULL, 0);
}

static int get(int argc, char *argv[])
{
	struct ip_request request = ip_request(RTM_GETROUTE, 0, sizeof(struct rtmsg));
	char answer[4096];
	int status;

	request.route.rtm_family = AF_INET;
	if (argc < 1 || !prefix_of(!strcmp(argv[0], "to") && argc > 1 ? argv[1] : argv[0], &request)) {
		fprintf(stderr, argc < 1 ? "need at least a destination address\n" : "Error: any valid prefix is expected rather than \"%s\".\n", argc ? argv[0] : "");
		return 1;
	}
	request.route.rtm_dst_len = 32;
	status = ip_talk(&request, answer, sizeof answer);
	if (status == 0)
		print((struct nlmsghdr *)answer, true, NULL);
	return status;
}

int ip_route(const struct ip_options *o, int argc, char *argv[])
{
	if (argc == 0 || ip_is(argv[0], "show") || ip_is(argv[0], "list") || ip_is(argv[0], "lst"))
		return show(o, argc ? argc - 1 : 0, argv + 1);
	if (ip_is(argv[0], "add"))
		return change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, argc - 1, argv + 1);
	if (ip_is(argv[0], "change") || !strcmp(argv[0], "chg"))
		return change(RTM_NEWROUTE, NLM_F_REPLACE, argc - 1, argv + 1);
	if (ip_is(argv[0], "replace"))
		return change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, argc - 1, argv + 1);
	if (ip_is(argv[0], "append"))
		return change(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND, argc - 1, argv + 1);
	if (ip_is(argv[0], "delete"))
		return change(RTM_DELROUTE, 0, argc - 1, argv + 1);
	if (ip_is(argv[0], "get"))
		return get(argc - 1, argv + 1);
	if (ip_is(argv[0], "flush"))
		return ip_not_simulated("ip route flush");
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip route help\".\n", argv[0]);
	return 255;
}
