#define _GNU_SOURCE
#include "ip.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOWER_UP 0x10000
static const struct { unsigned flag; const char *name; } FLAGS[] = {
	{ IFF_LOOPBACK, "LOOPBACK" }, { IFF_BROADCAST, "BROADCAST" }, { IFF_POINTOPOINT, "POINTOPOINT" }, { IFF_MULTICAST, "MULTICAST" }, { IFF_NOARP, "NOARP" }, { IFF_ALLMULTI, "ALLMULTI" },
	{ IFF_PROMISC, "PROMISC" }, { IFF_MASTER, "MASTER" }, { IFF_SLAVE, "SLAVE" }, { IFF_DEBUG, "DEBUG" }, { IFF_DYNAMIC, "DYNAMIC" }, { IFF_UP, "UP" },
};

/* What is shown: interfaces are told of by name where they are in this namespace. */
static struct ip_device devices[64];
static size_t n_devices;

static const struct ip_device *numbered(int index)
{
	for (size_t i = 0; i < n_devices; i++)
		if (devices[i].index == index)
			return &devices[i];
	return NULL;
}

static bool other_end_down(const struct ip_device *d)
{
	const struct ip_device *other = d->link && d->netnsid < 0 ? numbered(d->link) : NULL;

	return other && !(other->flags & IFF_UP);
}

/* Each in quotes for JSON. */
static void print_flags(const struct ip_device *d, bool json)
{
	const char *comma = "", *quote = json ? "\"" : "";
	if (d->flags & IFF_UP && !(d->flags & IFF_RUNNING))
		printf("%s%sNO-CARRIER%s", comma, quote, quote), comma = ",";
	for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++)
		if (d->flags & FLAGS[i].flag)
			printf("%s%s%s%s", comma, quote, FLAGS[i].name, quote), comma = ",";
	if (d->flags & LOWER_UP)
		printf("%s%sLOWER_UP%s", comma, quote, quote), comma = ",";
	if (other_end_down(d))
		printf("%s%sM-DOWN%s", comma, quote, quote);
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
	const struct ip_device *other = d->netnsid < 0 ? numbered(d->link) : NULL;

	if (d->link && other)
		snprintf(out, size, "%s@%s", d->name, other->name);
	else if (d->link)
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
	if (*a->broadcast)
		printf("brd %s ", a->broadcast);
	printf("scope %s %s%s%s%s       valid_lft forever preferred_lft forever\n", a->scope, a->secondary ? "secondary " : "", a->tentative ? "tentative " : "", a->v6 ? "" : d->name, end);
}

/* Counters of what came in and went out. */
static void print_statistics(const struct ip_device *d, const char *end)
{
	char line[256], *at;
	unsigned long long c[12] = { 0 };
	FILE *file = fopen("/proc/net/dev", "r");

	while (file && fgets(line, sizeof line, file)) {
		at = line + strspn(line, " ");
		if (!strncmp(at, d->name, strlen(d->name)) && at[strlen(d->name)] == ':')
			sscanf(strchr(line, ':') + 1, "%llu %llu %llu %llu %*u %*u %*u %llu %llu %llu %llu %llu %*u %llu %llu", c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7, c + 8, c + 9, c + 10);
	}
	if (file)
		fclose(file);
	printf("%s    RX:  bytes packets errors dropped  missed   mcast           %s    %10llu %7llu %6llu %7llu %7d %7llu ", end, end, c[0], c[1], c[2], c[3], 0, c[4]);
	printf("%s    TX:  bytes packets errors dropped carrier collsns           %s    %10llu %7llu %6llu %7llu %7llu %7llu ", end, end, c[5], c[6], c[7], c[8], c[10], c[9]);
}

static void print_device(const struct ip_options *o, const struct ip_device *d, bool addresses, bool named)
{
	/* IPv6's own list of interfaces knows less; one that is asked for by name is looked up in the other list. */
	bool whole = o->family != 6 || named;

	const char *end = o->one_line ? "\\" : "\n";
	char name[48];
	name_of(d, name, sizeof name);
	if (!(o->one_line && addresses)) {
		printf("%d: %s: <", d->index, name);
		print_flags(d, false);
		printf("> mtu %d ", d->mtu);
		if (whole)
			printf("qdisc %s ", d->qdisc);
		if (d->master && numbered(d->master))
			printf("master %s ", numbered(d->master)->name);
		printf("state %s ", upper(d->state));
		if (!addresses)
			printf("mode DEFAULT ");
		if (whole)
			printf(d->group ? "group %u " : "group default ", d->group);
		printf("qlen %d", d->queue);
		if (o->family == 0) {
			printf("%s    link/%s %s brd %s", end, link_type(d), d->address, d->broadcast);
			if (d->netnsid >= 0) {
				char known[256];

				if (ip_netns_by_id(d->netnsid, known, sizeof known))
					printf(" link-netns %s", known);
				else
					printf(" link-netnsid %d", d->netnsid);
			}
			if (o->statistics)
				print_statistics(d, end);
		}
		if (*d->alias && !addresses)
			printf("%s    alias %s", end, d->alias);
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
	printf("],\"mtu\":%d,\"qdisc\":\"%s\",\"operstate\":\"%s\",", d->mtu, d->qdisc, upper(d->state));
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

int ip_show(const struct ip_options *o, int argc, char *argv[], bool addresses)
{
	bool only_up = false, first = true;
	const char *wanted = NULL, *master = NULL, *kind = NULL;
	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "dev") && i + 1 < argc)
			wanted = argv[++i];
		else if (!strcmp(argv[i], "up"))
			only_up = true;
		else if (!strcmp(argv[i], "master") && i + 1 < argc)
			master = argv[++i];
		else if (!strcmp(argv[i], "type") && i + 1 < argc)
			kind = argv[++i];
		else if ((!strcmp(argv[i], "scope") || !strcmp(argv[i], "label")) && i + 1 < argc)
			i++;
		else
			wanted = argv[i];
	}
	n_devices = ip_devices(devices, 64);
	bool found = !wanted;
	for (size_t i = 0; i < n_devices; i++)
		found |= wanted && !strcmp(devices[i].name, wanted);
	if (!found) {
		fprintf(stderr, "Device \"%s\" does not exist.\n", wanted);
		return 1;
	}
	int bridge = master ? ip_index(master) : 0;
	if (master && !bridge)
		return 1;
	if (o->json)
		putchar('[');
	for (size_t i = 0; i < n_devices; i++) {
		if ((wanted && strcmp(devices[i].name, wanted)) || (master && devices[i].master != bridge) || (kind && strcmp(devices[i].kind, kind)))
			continue;
		if (only_up && !(devices[i].flags & IFF_UP))
			continue;
		if (addresses && o->family && !has_family(&devices[i], o->family))
			continue;
		if (o->json)
			json_device(&devices[i], addresses, first);
		else if (o->brief)
			print_brief(o, &devices[i], addresses);
		else
			print_device(o, &devices[i], addresses, wanted != NULL);
		first = false;
	}
	if (o->json)
		printf("]\n");
	return 0;
}

bool ip_show_ports(const char *name, bool json)
{
	bool first = true;

	n_devices = ip_devices(devices, 64);
	if (json)
		putchar('[');
	for (size_t i = 0; i < n_devices; i++) {
		const struct ip_device *d = &devices[i], *master = d->master ? numbered(d->master) : NULL, *other = d->netnsid < 0 ? numbered(d->link) : NULL;
		char full[48];
		const char *state;

		if (!master || (name && strcmp(d->name, name)))
			continue;
		/* Without the spanning tree protocol a port of a bridge that is up forwards as soon as it has a carrier. */
		state = master->flags & IFF_UP && d->flags & LOWER_UP ? "forwarding" : "disabled";
		name_of(d, full, sizeof full);
		if (json && other)
			printf("%s{\"ifindex\":%d,\"link\":\"%s\",\"ifname\":\"%s\",\"flags\":[", first ? "" : ",", d->index, other->name, d->name);
		else if (json)
			printf("%s{\"ifindex\":%d,\"ifname\":\"%s\",\"flags\":[", first ? "" : ",", d->index, d->name);
		else
			printf("%d: %s: <", d->index, full);
		print_flags(d, json);
		printf(json ? "],\"mtu\":%d,\"master\":\"%s\",\"state\":\"%s\",\"priority\":32,\"cost\":2}" : "> mtu %d master %s state %s priority 32 cost 2 \n", d->mtu, master->name, state);
		first = false;
	}
	if (json)
		puts("]");
	for (size_t i = 0; name && i < n_devices; i++)
		if (!strcmp(devices[i].name, name))
			return true;
	return !name;
}
