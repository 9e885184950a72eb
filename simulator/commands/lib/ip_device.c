/* ip: what interfaces there are. */
#define _GNU_SOURCE
#include "ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ip_is(const char *word, const char *full)
{
	return *word && !strncmp(word, full, strlen(word));
}

int ip_not_simulated(const char *what)
{
	fprintf(stderr, "ip: not simulated: %s\n", what);
	return 2;
}

struct list { struct ip_device *devices; size_t n, room; };

static void mac(const struct rtattr *from, char out[32])
{
	const unsigned char *bytes = RTA_DATA(from);

	for (int i = 0; i < RTA_PAYLOAD(from) && i < 8; i++)
		sprintf(out + i * 3, i + 1 < RTA_PAYLOAD(from) ? "%02x:" : "%02x", bytes[i]);
}

static void link_of(struct nlmsghdr *header, void *context)
{
	static const char *const STATES[] = { "unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up" };
	struct ifinfomsg *info = NLMSG_DATA(header);
	struct list *list = context;
	struct ip_device *d;
	int left = IFLA_PAYLOAD(header);

	if (header->nlmsg_type != RTM_NEWLINK || list->n >= list->room)
		return;
	d = &list->devices[list->n++];
	memset(d, 0, sizeof *d);
	d->index = info->ifi_index;
	d->netnsid = -1;
	d->type = info->ifi_type;
	d->flags = info->ifi_flags;
	strcpy(d->state, "unknown");
	for (struct rtattr *a = IFLA_RTA(info); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		unsigned value = 0;

		memcpy(&value, RTA_DATA(a), RTA_PAYLOAD(a) < 4 ? RTA_PAYLOAD(a) : 4);
		switch (a->rta_type) {
		case IFLA_IFNAME: snprintf(d->name, sizeof d->name, "%s", (char *)RTA_DATA(a)); break;
		case IFLA_MTU: d->mtu = value; break;
		case IFLA_LINK: d->link = value; break;
		case IFLA_LINK_NETNSID: d->netnsid = value; break;
		case IFLA_MASTER: d->master = value; break;
		case IFLA_TXQLEN: d->queue = value; break;
		case IFLA_GROUP: d->group = value; break;
		case IFLA_IFALIAS: snprintf(d->alias, sizeof d->alias, "%s", (char *)RTA_DATA(a)); break;
		case IFLA_QDISC: snprintf(d->qdisc, sizeof d->qdisc, "%s", (char *)RTA_DATA(a)); break;
		case IFLA_ADDRESS: mac(a, d->address); break;
		case IFLA_BROADCAST: mac(a, d->broadcast); break;
		case IFLA_OPERSTATE:
			if (value < sizeof STATES / sizeof *STATES)
				strcpy(d->state, STATES[value]);
			break;
		case IFLA_LINKINFO: {
			struct rtattr *kind = RTA_DATA(a);

			if (kind->rta_type == IFLA_INFO_KIND)
				snprintf(d->kind, sizeof d->kind, "%s", (char *)RTA_DATA(kind));
			break;
		}
		default: break;
		}
	}
}

static const char *scope_name(int scope)
{
	static char number[16];

	switch (scope) {
	case RT_SCOPE_UNIVERSE: return "global";
	case RT_SCOPE_SITE: return "site";
	case RT_SCOPE_LINK: return "link";
	case RT_SCOPE_HOST: return "host";
	default: snprintf(number, sizeof number, "%d", scope); return number;
	}
}

static void address_of(struct nlmsghdr *header, void *context)
{
	struct ifaddrmsg *info = NLMSG_DATA(header);
	struct list *list = context;
	struct ip_device *d = NULL;
	struct ip_address *to;
	int left = IFA_PAYLOAD(header);

	for (size_t i = 0; i < list->n; i++)
		if (list->devices[i].index == (int)info->ifa_index)
			d = &list->devices[i];
	if (header->nlmsg_type != RTM_NEWADDR || !d || d->n_addresses >= sizeof d->addresses / sizeof *d->addresses)
		return;
	to = &d->addresses[d->n_addresses++];
	to->v6 = info->ifa_family == AF_INET6;
	to->prefix = info->ifa_prefixlen;
	to->scope = scope_name(info->ifa_scope);
	to->tentative = info->ifa_flags & IFA_F_TENTATIVE;
	to->secondary = info->ifa_flags & IFA_F_SECONDARY;
	for (struct rtattr *a = IFA_RTA(info); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type == IFA_LOCAL || (a->rta_type == IFA_ADDRESS && !*to->text))
			inet_ntop(info->ifa_family, RTA_DATA(a), to->text, sizeof to->text);
		else if (a->rta_type == IFA_BROADCAST)
			inet_ntop(info->ifa_family, RTA_DATA(a), to->broadcast, sizeof to->broadcast);
	}
}

static int by_index(const void *a, const void *b)
{
	return ((const struct ip_device *)a)->index - ((const struct ip_device *)b)->index;
}

size_t ip_devices(struct ip_device *out, size_t room)
{
	struct list list = { out, 0, room };

	ip_dump(RTM_GETLINK, AF_UNSPEC, link_of, &list);
	qsort(out, list.n, sizeof *out, by_index);
	ip_dump(RTM_GETADDR, AF_UNSPEC, address_of, &list);
	return list.n;
}

bool ip_device(const char *name, struct ip_device *out)
{
	static struct ip_device all[64];
	size_t n = ip_devices(all, 64);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].name, name)) {
			*out = all[i];
			return true;
		}
	return false;
}
