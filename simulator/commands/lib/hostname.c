/* hostname(1) of Debian's hostname, which is domainname, nisdomainname and dnsdomainname, too, by the name that it is called by. */
#define _GNU_SOURCE
#include "hostname.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

static const char *name;

static void fail(const char *what)
{
	if (what)
		fprintf(stderr, "%s: %s\n", name, what);
	exit(1);
}

static void set_name(const char *to, int domain)
{
	char copy[256];
	size_t length;

	snprintf(copy, sizeof copy, "%s", to);
	length = strlen(copy);
	while (length > 0 && (copy[length - 1] == '\n' || copy[length - 1] == ' '))
		copy[--length] = '\0';
	if ((domain ? setdomainname(copy, length) : sethostname(copy, length)) == 0)
		return;
	if (errno == EPERM)
		fail(domain ? "you must be root to change the domain name" : "you must be root to change the host name");
	if (errno == EINVAL)
		fail("name too long");
	/* Of any other errno Debian's says nothing, not even in its status. */
}

static void from_file(const char *path, int domain)
{
	FILE *file = fopen(path, "r");
	char line[256];

	if (!file)
		fail("can't open file");
	while (fgets(line, sizeof line, file))
		if (line[0] != '#' && line[0] != '\n') {
			set_name(line, domain);
			break;
		}
	fclose(file);
}

/* The first line of /etc/hosts that has the name: its canonical name, or its addresses. */
static int from_hosts(const char *host, char *canonical, char *address, size_t size)
{
	FILE *file = fopen("/etc/hosts", "r");
	char line[512], *word, *first, *second;

	if (!file)
		return 0;
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "#\n")] = '\0';
		first = strtok(line, " \t");
		second = first ? strtok(NULL, " \t") : NULL;
		for (word = second; word; word = strtok(NULL, " \t"))
			if (strcasecmp(word, host) == 0) {
				snprintf(canonical, size, "%s", second);
				snprintf(address, size, "%s", first);
				fclose(file);
				return 1;
			}
	}
	fclose(file);
	return 0;
}

/* Of the interfaces that are up, but for loopback. */
static void all_addresses(void)
{
	struct ifreq list[32];
	struct ifconf ask = { .ifc_len = sizeof list, .ifc_req = list };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), i, count;
	char text[INET_ADDRSTRLEN];

	if (fd < 0 || ioctl(fd, SIOCGIFCONF, &ask) != 0)
		fail(strerror(errno));
	count = ask.ifc_len / (int)sizeof *list;
	for (i = 0; i < count; i++) {
		struct ifreq flags = list[i];
		const struct sockaddr_in *address = (const struct sockaddr_in *)&list[i].ifr_addr;

		if (ioctl(fd, SIOCGIFFLAGS, &flags) != 0 || !(flags.ifr_flags & IFF_UP) || flags.ifr_flags & IFF_LOOPBACK)
			continue;
		if (inet_ntop(AF_INET, &address->sin_addr, text, sizeof text))
			printf("%s ", text);
	}
	putchar('\n');
	close(fd);
}

static void usage(FILE *to)
{
	fputs("Usage: hostname [-b] {hostname|-F file}         set host name (from file)\n"
	      "       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name\n"
	      "       hostname                                 display host name\n\n"
	      "       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)\n"
	      "       {yp,nis,}domainname                      display NIS domain name\n\n"
	      "       dnsdomainname                            display dns domain name\n\n"
	      "       hostname -V|--version|-h|--help          print info and exit\n", to);
}

int hostname_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "alias", 0, NULL, 'a' }, { "all-fqdns", 0, NULL, 'A' }, { "boot", 0, NULL, 'b' }, { "domain", 0, NULL, 'd' }, { "fqdn", 0, NULL, 'f' },
		{ "long", 0, NULL, 'f' }, { "file", 1, NULL, 'F' }, { "ip-address", 0, NULL, 'i' }, { "all-ip-addresses", 0, NULL, 'I' },
		{ "short", 0, NULL, 's' }, { "yp", 0, NULL, 'y' }, { "nis", 0, NULL, 'y' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	char host[256] = "", canonical[256], address[256], *dot;
	const char *file = NULL;
	int option, show = 0, domain;

	name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	domain = strcmp(name, "domainname") == 0 || strcmp(name, "nisdomainname") == 0 || strcmp(name, "ypdomainname") == 0;
	if (strcmp(name, "dnsdomainname") == 0)
		show = 'd';
	while ((option = getopt_long(argc, argv, "aAdfbF:h?iIsVy", longs, NULL)) != -1) {
		switch (option) {
		case 'F': file = optarg; break;
		case 'b': break;
		case 'y': domain = 1; break;
		case 'h': usage(stdout); return 0;
		case 'V': puts("hostname 3.23"); return 0;
		case '?': usage(stderr); return 1;
		default: show = option;
		}
	}
	if (file) {
		from_file(file, domain);
		return 0;
	}
	if (optind < argc) {
		if (argc - optind > 1) {
			usage(stderr);
			return 1;
		}
		set_name(argv[optind], domain);
		return 0;
	}
	if (domain) {
		if (getdomainname(host, sizeof host) != 0)
			fail(strerror(errno));
		puts(host);
		return 0;
	}
	if (gethostname(host, sizeof host) != 0)
		fail(strerror(errno));
	switch (show) {
	case 0: break;
	case 's': host[strcspn(host, ".")] = '\0'; break;
	case 'a':
		puts("");
		return 0;
	case 'I':
		all_addresses();
		return 0;
	default:
		if (!from_hosts(host, canonical, address, sizeof canonical)) {
			if (show == 'A') {
				puts("");
				return 0;
			}
			fail("Name or service not known");
		}
		if (show == 'i') {
			printf("%s\n", address);
			return 0;
		}
		if (show == 'd') {
			dot = strchr(canonical, '.');
			if (dot)
				puts(dot + 1);
			return 0;
		}
		puts(canonical);
		return 0;
	}
	puts(host);
	return 0;
}
