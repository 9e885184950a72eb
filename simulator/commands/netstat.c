/* netstat(8) of net-tools 2.10: what /proc/net tells. Uses lib/sock_owner.c. */
#define _GNU_SOURCE
#include "lib/sock_owner.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <net/if.h>
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TCP = 1, UDP = 2, RAW = 4, UNIX = 8 };
static int kinds, families, all, listening, programs, extended, numeric, refused;
static struct sock_owner *owners;

static void usage(FILE *to)
{
	fputs("usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n       netstat [-vWnNcaeol] [<Socket> ...]\n"
	      "       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }\n\n        -r, --route              display routing table\n"
	      "        -i, --interfaces         display interface table\n\n        -n, --numeric            don't resolve names\n"
	      "        -e, --extend             display other/more information\n        -p, --programs           display PID/Program name for sockets\n\n"
	      "        -l, --listening          display listening server sockets\n        -a, --all                display all sockets (default: connected)\n\n"
	      "  <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}\n           {-x|--unix} --ax25 --ipx --netrom\n"
	      "  <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet\n", to);
	exit(to == stderr ? 3 : 0);
}

static void not_simulated(const char *what)
{
	fprintf(stderr, "netstat: %s: not simulated\n", what);
	exit(1);
}

static const char *program(unsigned long inode)
{
	static char text[96];
	struct sock_owner *o;

	for (o = owners; o && o->inode != inode; o = o->next)
		;
	if (!o || !inode)
		return "-";
	snprintf(text, sizeof text, "%d/%s", o->pid, o->name);
	text[19] = '\0';
	return text;
}

/* From words of eight digits, each of them in this machine's order, and a port. */
static int end_text(const char *hex, unsigned port, const char *protocol, char *out, size_t size)
{
	unsigned words[4] = { 0 };
	int v6 = strlen(hex) > 8, i, any = 1;
	char address[64], name[64], number[32];
	struct servent *service = numeric || !port ? NULL : getservbyport(htons((unsigned short)port), protocol);

	for (i = 0; i < (v6 ? 4 : 1); i++) {
		sscanf(hex + 8 * i, "%8x", &words[i]);
		any &= words[i] == 0;
	}
	inet_ntop(v6 ? AF_INET6 : AF_INET, words, address, sizeof address);
	if (!numeric && any && v6)
		strcpy(address, "[::]");
	if (!numeric && !any && !v6) {
		struct sockaddr_in to = { .sin_family = AF_INET };

		to.sin_addr.s_addr = words[0];
		if (getnameinfo((struct sockaddr *)&to, sizeof to, name, sizeof name, NULL, 0, NI_NAMEREQD) == 0)
			snprintf(address, sizeof address, "%s", name);
	}
	if (service)
		snprintf(number, sizeof number, "%s", service->s_name);
	else
		snprintf(number, sizeof number, port ? "%u" : "*", port);
	snprintf(out, size, "%.*s:%s", (int)(22 - strlen(number)), address, number);
	return any;
}

static void inet(const char *name)
{
	static const char *const states[] = {
		"", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
	};
	char path[32], line[512], here[64], there[64], from[40], to[40], state_name[16];
	unsigned port, peer, state, uid;
	unsigned long sent, received, inode;
	FILE *file;

	snprintf(path, sizeof path, "/proc/net/%s", name);
	file = fopen(path, "r");
	if (!file)
		return;
	for (fgets(line, sizeof line, file); fgets(line, sizeof line, file);) {
		if (sscanf(line, "%*s %32[0-9A-F]:%x %32[0-9A-F]:%x %x %lx:%lx %*x:%*x %*x %u %*d %lu", here, &port, there, &peer, &state, &sent, &received, &uid, &inode) != 9)
			continue;
		if (!all && (listening ? peer != 0 : peer == 0))
			continue;
		end_text(here, port, *name == 't' ? "tcp" : "udp", from, sizeof from);
		end_text(there, peer, *name == 't' ? "tcp" : "udp", to, sizeof to);
		snprintf(state_name, sizeof state_name, "%s", *name == 't' || (*name == 'u' && state != 7) ? states[state < 12 ? state : 0] : "");
		if (*name == 'r')
			snprintf(state_name, sizeof state_name, "%u", state);
		printf("%-4s  %6ld %6ld %-23s %-23s %-11s", name, received, sent, from, to, state_name);
		if (extended) {
			struct passwd *user = numeric ? NULL : getpwuid(uid);

			if (user)
				printf(" %-10s %-10lu", user->pw_name, inode);
			else
				printf(" %-10u %-10lu", uid, inode);
		}
		if (programs)
			printf(" %-20s", program(inode));
		putchar('\n');
	}
	fclose(file);
}

static const char *which(void)
{
	return all ? "servers and established" : listening ? "only servers" : "w/o servers";
}

static void unix_sockets(void)
{
	static const char *const types[] = { "UNKNOWN", "STREAM", "DGRAM", "RAW", "RDM", "SEQPACKET" };
	char line[512], flags_text[24], path[256];
	unsigned count, flags, type, state;
	unsigned long inode;
	FILE *file = fopen("/proc/net/unix", "r");

	printf("Active UNIX domain sockets (%s)\nProto RefCnt Flags       Type       State         I-Node   %sPath\n", which(), programs ? "PID/Program name     " : "");
	for (file ? fgets(line, sizeof line, file) : NULL; file && fgets(line, sizeof line, file);) {
		const char *shown = "";

		*path = '\0';
		if (sscanf(line, "%*[^:]: %x %*x %x %x %x %lu %255s", &count, &flags, &type, &state, &inode, path) < 5)
			continue;
		if (!all && (flags & 0x10000 ? !listening : listening))
			continue;
		shown = state == 1 ? flags & 0x10000 ? "LISTENING" : "" : state == 2 ? "CONNECTING" : state == 3 ? "CONNECTED" : state == 4 ? "DISCONNECTING" : "FREE";
		snprintf(flags_text, sizeof flags_text, flags & 0x10000 ? "[ ACC ]" : "[ ]");
		printf("unix  %-6u %-11s %-10s %-13s %-8lu ", count, flags_text, types[type < 6 ? type : 0], shown, inode);
		if (programs)
			printf("%-20s ", program(inode));
		puts(path);
	}
	if (file)
		fclose(file);
}

static void interfaces(void)
{
	static const struct { unsigned flag; char letter; } letters[] = {
		{ IFF_ALLMULTI, 'A' }, { IFF_BROADCAST, 'B' }, { IFF_DEBUG, 'D' }, { IFF_LOOPBACK, 'L' }, { IFF_MASTER, 'm' }, { IFF_MULTICAST, 'M' }, { IFF_PROMISC, 'P' }, { IFF_NOTRAILERS, 'N' },
		{ IFF_NOARP, 'O' }, { IFF_POINTOPOINT, 'P' }, { IFF_RUNNING, 'R' }, { IFF_SLAVE, 's' }, { IFF_UP, 'U' },
	};
	static char lines[64][256];
	FILE *file = fopen("/proc/net/dev", "r");
	int fd = socket(AF_INET, SOCK_DGRAM, 0), count = 0, i;
	size_t j;

	puts("Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg");
	while (file && count < 64 && fgets(lines[count], sizeof lines[count], file))
		count += strchr(lines[count], ':') != NULL;
	if (file)
		fclose(file);
	qsort(lines, (size_t)count, sizeof *lines, (int (*)(const void *, const void *))strcmp);
	for (i = 0; i < count; i++) {
		unsigned long long c[8];
		char *name = lines[i] + strspn(lines[i], " "), *colon = strchr(lines[i], ':');
		struct ifreq r;
		int flags, mtu;

		*colon = '\0';
		sscanf(colon + 1, "%*u %llu %llu %llu %llu %*u %*u %*u %*u %llu %llu %llu %llu", c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7);
		memset(&r, 0, sizeof r);
		snprintf(r.ifr_name, sizeof r.ifr_name, "%s", name);
		if (ioctl(fd, SIOCGIFFLAGS, &r) != 0)
			continue;
		flags = r.ifr_flags & 0xffff;
		if (!all && !(flags & IFF_UP))
			continue;
		mtu = ioctl(fd, SIOCGIFMTU, &r) == 0 ? r.ifr_mtu : 0;
		printf("%-15s %5d %8llu %6llu %6llu %-6llu %8llu %6llu %6llu %6llu ", name, mtu, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
		for (j = 0; j < sizeof letters / sizeof *letters; j++)
			if ((unsigned)flags & letters[j].flag)
				putchar(letters[j].letter);
		putchar('\n');
	}
}

static void routes(void)
{
	char line[256], name[32], texts[3][INET_ADDRSTRLEN];
	unsigned words[3], flags, window, irtt, mss, i;
	FILE *file = fopen("/proc/net/route", "r");

	puts("Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface");
	for (file ? fgets(line, sizeof line, file) : NULL; file && fgets(line, sizeof line, file);) {
		if (sscanf(line, "%31s %x %x %x %*d %*d %*d %x %u %u %u", name, words, words + 1, &flags, words + 2, &mss, &window, &irtt) != 8)
			continue;
		for (i = 0; i < 3; i++)
			inet_ntop(AF_INET, &words[i], texts[i], sizeof texts[i]);
		if (!numeric && !words[0] && !words[2])
			strcpy(texts[0], "default");
		printf("%-15s %-15s %-15s %s%s%-*s %5u %-5u %6u %s\n", texts[0], texts[1], texts[2], flags & 1 ? "U" : "", flags & 2 ? "G" : "", flags & 2 ? 3 : 4, flags & 4 ? "H" : "", mss, window, irtt, name);
	}
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "tcp", 0, NULL, 't' }, { "udp", 0, NULL, 'u' }, { "raw", 0, NULL, 'w' }, { "unix", 0, NULL, 'x' }, { "listening", 0, NULL, 'l' }, { "all", 0, NULL, 'a' }, { "numeric", 0, NULL, 'n' },
		{ "programs", 0, NULL, 'p' }, { "extend", 0, NULL, 'e' }, { "route", 0, NULL, 'r' }, { "interfaces", 0, NULL, 'i' }, { "inet", 0, NULL, '4' }, { "inet6", 0, NULL, '6' },
		{ "statistics", 0, NULL, 's' }, { "groups", 0, NULL, 'g' }, { "wide", 0, NULL, 'W' }, { "verbose", 0, NULL, 'v' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' },
		{ "continuous", 0, NULL, 'c' }, { "timers", 0, NULL, 'o' }, { NULL, 0, NULL, 0 },
	};
	int option, table = 0;
	char name[4] = "-?";

	while ((option = getopt_long(argc, argv, "tuwxlanNperi46WvhVsgcoMCFZA:", longs, NULL)) != -1) {
		switch (option) {
		case 't': kinds |= TCP; break;
		case 'u': kinds |= UDP; break;
		case 'w': kinds |= RAW; break;
		case 'x': kinds |= UNIX; break;
		case 'l': listening = 1; break;
		case 'a': all = 1; break;
		case 'n': numeric = 1; break;
		case 'p': programs = 1; break;
		case 'e': extended = 1; break;
		case 'r': case 'i': table = option; break;
		case '4': families |= 1; break;
		case '6': families |= 2; break;
		case 'N': case 'W': case 'v': case 'F': break;
		case 'V':
			puts("net-tools 2.10");
			return 0;
		case 'h': usage(stdout); break;
		case '?': usage(stderr); break;
		default:
			name[1] = (char)option;
			not_simulated(name);
		}
	}
	if (table == 'r') {
		routes();
		return 0;
	}
	if (table == 'i') {
		interfaces();
		return 0;
	}
	if (!kinds)
		kinds = families ? TCP | UDP | RAW : TCP | UDP | RAW | UNIX;
	if (!families)
		families = 3;
	if (programs) {
		owners = sock_owners(1, &refused);
		if (refused && geteuid() != 0)
			fputs("(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n", stderr);
	}
	if (kinds & (TCP | UDP | RAW)) {
		printf("Active Internet connections (%s)\nProto Recv-Q Send-Q Local Address           Foreign Address         State      %s%s\n", which(), extended ? " User       Inode     " : "",
			programs ? " PID/Program name    " : "");
		if (kinds & TCP && families & 1)
			inet("tcp");
		if (kinds & TCP && families & 2)
			inet("tcp6");
		if (kinds & UDP && families & 1)
			inet("udp");
		if (kinds & UDP && families & 2)
			inet("udp6");
		if (kinds & RAW && families & 1)
			inet("raw");
	}
	if (kinds & UNIX)
		unix_sockets();
	return 0;
}
