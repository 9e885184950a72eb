/* ss(8) of iproute2 6.1: sockets, as NETLINK_SOCK_DIAG tells them. Uses lib/sock_owner.c. */
#define _GNU_SOURCE
#include "lib/sock_owner.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netdb.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NETID, STATE, RECVQ, SENDQ, LOCAL, LOCAL_PORT, PEER, PEER_PORT, PROCESS, COLUMNS };
static const char *const headings[COLUMNS] = { "Netid", "State", "Recv-Q", "Send-Q", "Local Address:", "Port", "Peer Address:", "Port", "Process" };
static const char *const between[COLUMNS] = { "", " ", " ", " ", " ", "", " ", "", "" };
static struct line { char *cell[COLUMNS]; struct line *next; } *lines, **last_line = &lines;
/* Kinds of sockets: what -t, -u … choose. */
enum { RAW = 1, UDP = 2, TCP = 4, UNIX_STREAM = 8, UNIX_DGRAM = 16, UNIX_SEQPACKET = 32, INET = 7, UNIX = 56 };
enum { ESTABLISHED = 1, CLOSED = 7, LISTENING = 10, ALL_STATES = 0xffe, CONNECTED = ALL_STATES & ~(1 << LISTENING | 1 << CLOSED | 1 << 6 | 1 << 3) };
static const char *const states[] = { "UNKNOWN", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING" };
static const char *const long_states[] = {
	"", "established", "syn-sent", "syn-recv", "fin-wait-1", "fin-wait-2", "time-wait", "closed", "close-wait", "last-ack", "listening", "closing",
};
static int kinds, families, state_bits, default_bits, numeric, processes, sport = -1, dport = -1;
static struct sock_owner *owners;

static void usage(FILE *to)
{
	fputs("Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n   -h, --help          this message\n   -V, --version       output version information\n"
	      "   -n, --numeric       don't resolve service names\n   -a, --all           display all sockets\n   -l, --listening     display listening sockets\n"
	      "   -p, --processes     show process using socket\n   -N, --net           switch to the specified network namespace name\n\n"
	      "   -4, --ipv4          display only IP version 4 sockets\n   -6, --ipv6          display only IP version 6 sockets\n   -t, --tcp           display only TCP sockets\n"
	      "   -u, --udp           display only UDP sockets\n   -w, --raw           display only RAW sockets\n   -x, --unix          display only Unix domain sockets\n"
	      "   -f, --family=FAMILY display sockets of type FAMILY\n   -H, --no-header     Suppress header line\n   -O, --oneline       socket's data printed on a single line\n\n"
	      "   -A, --query=QUERY, --socket=QUERY\n", to);
	exit(to == stderr ? 255 : 0);
}

static void not_simulated(const char *what)
{
	fprintf(stderr, "ss: %s: not simulated\n", what);
	exit(1);
}

static struct line *add_line(void)
{
	struct line *made = calloc(1, sizeof *made);
	int c;

	for (c = 0; c < COLUMNS; c++)
		made->cell[c] = "";
	*last_line = made;
	last_line = &made->next;
	return made;
}

static char *text(const char *format, ...)
{
	char *made;
	va_list list;

	va_start(list, format);
	if (vasprintf(&made, format, list) < 0)
		exit(1);
	va_end(list);
	return made;
}

static void enter(const char *name)
{
	int fd = open(text("/run/netns/%s", name), O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		fprintf(stderr, "Cannot open network namespace \"%s\": %s\n", name, strerror(errno));
		exit(1);
	}
	if (setns(fd, CLONE_NEWNET) != 0) {
		fprintf(stderr, "setting the network namespace \"%s\" failed: %s\n", name, strerror(errno));
		exit(1);
	}
	close(fd);
}

static char *users(unsigned long inode)
{
	char *all = NULL;
	struct sock_owner *o;

	for (o = owners; o && inode; o = o->next)
		if (o->inode == inode)
			all = text("(\"%s\",pid=%d,fd=%d)%s%s", o->name, o->pid, o->fd, all ? "," : "", all ? all : "");
	return all ? text(" users:(%s)", all) : "";
}

static char *port_text(int port, const char *protocol)
{
	struct servent *service = numeric || !port ? NULL : getservbyport(htons((unsigned short)port), protocol);

	return port ? service ? strdup(service->s_name) : text("%d", port) : "*";
}

static void inet_line(const struct inet_diag_msg *m, const char *netid)
{
	char here[64], there[64];
	int v6 = m->idiag_family == AF_INET6, local_port = ntohs(m->id.idiag_sport), peer_port = ntohs(m->id.idiag_dport);
	const char *any, *protocol = strcmp(netid, "tcp") ? "udp" : "tcp";
	struct line *line;

	if ((sport >= 0 && local_port != sport) || (dport >= 0 && peer_port != dport))
		return;
	line = add_line();
	inet_ntop(m->idiag_family, m->id.idiag_src, here, sizeof here);
	inet_ntop(m->idiag_family, m->id.idiag_dst, there, sizeof there);
	any = v6 && !strcmp(here, "::") ? "*" : NULL;
	line->cell[NETID] = (char *)netid;
	line->cell[STATE] = (char *)states[m->idiag_state < 12 ? m->idiag_state : 0];
	line->cell[RECVQ] = text("%-6u", m->idiag_rqueue);
	line->cell[SENDQ] = text("%-6u", m->idiag_wqueue);
	line->cell[LOCAL] = any ? "*:" : text(v6 ? "[%s]:" : "%s:", here);
	line->cell[LOCAL_PORT] = port_text(local_port, protocol);
	line->cell[PEER] = any ? "*:" : text(v6 ? "[%s]:" : "%s:", there);
	line->cell[PEER_PORT] = port_text(peer_port, protocol);
	if (processes)
		line->cell[PROCESS] = users(m->idiag_inode);
}

static void unix_line(const struct unix_diag_msg *m, int length)
{
	static const char *const types[] = { "", "u_str", "u_dgr", "u_raw", "", "u_seq" };
	struct rtattr *a = (struct rtattr *)(m + 1);
	struct line *line;
	char name[128] = "*", peer[16] = "0", *at;

	if (!(kinds & (m->udiag_type == SOCK_STREAM ? UNIX_STREAM : m->udiag_type == SOCK_DGRAM ? UNIX_DGRAM : UNIX_SEQPACKET)) || sport >= 0 || dport >= 0)
		return;
	line = add_line();
	line->cell[NETID] = (char *)types[m->udiag_type];
	line->cell[STATE] = (char *)states[m->udiag_state];
	line->cell[RECVQ] = line->cell[SENDQ] = "0";
	for (length -= (int)sizeof *m; RTA_OK(a, length); a = RTA_NEXT(a, length)) {
		if (a->rta_type == UNIX_DIAG_NAME) {
			int abstract = *(char *)RTA_DATA(a) == '\0';

			memcpy(name, RTA_DATA(a), RTA_PAYLOAD(a) < sizeof name ? RTA_PAYLOAD(a) : sizeof name - 1);
			/* An abstract name begins with a zero. */
			for (at = name; abstract && at < name + RTA_PAYLOAD(a) && at < name + sizeof name - 1; at++)
				*at = *at ? *at : '@';
			name[RTA_PAYLOAD(a) < sizeof name ? RTA_PAYLOAD(a) : sizeof name - 1] = '\0';
		} else if (a->rta_type == UNIX_DIAG_PEER) {
			snprintf(peer, sizeof peer, "%u", *(__u32 *)RTA_DATA(a));
		} else if (a->rta_type == UNIX_DIAG_RQLEN) {
			line->cell[RECVQ] = text("%-6u", ((struct unix_diag_rqlen *)RTA_DATA(a))->udiag_rqueue);
			line->cell[SENDQ] = text("%-6u", ((struct unix_diag_rqlen *)RTA_DATA(a))->udiag_wqueue);
		}
	}
	line->cell[LOCAL] = text("%s ", name);
	line->cell[LOCAL_PORT] = text("%u", m->udiag_ino);
	line->cell[PEER] = "* ";
	line->cell[PEER_PORT] = strdup(peer);
	if (processes)
		line->cell[PROCESS] = users(m->udiag_ino);
}

/* Asks for all sockets of a family and, of the internet's, a protocol. */
static void dump(int family, int protocol, const char *netid)
{
	struct { struct nlmsghdr n; union { struct inet_diag_req_v2 inet; struct unix_diag_req local; }; } request;
	static char buffer[32768];
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG), left;
	struct nlmsghdr *h;

	memset(&request, 0, sizeof request);
	request.n = (struct nlmsghdr){ .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = 123456 };
	if (family == AF_UNIX) {
		request.n.nlmsg_len = NLMSG_LENGTH(sizeof request.local);
		request.local = (struct unix_diag_req){ .sdiag_family = AF_UNIX, .udiag_states = (unsigned)state_bits, .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN };
	} else {
		request.n.nlmsg_len = NLMSG_LENGTH(sizeof request.inet);
		request.inet = (struct inet_diag_req_v2){ .sdiag_family = (__u8)family, .sdiag_protocol = (__u8)protocol, .idiag_states = (unsigned)state_bits };
	}
	if (fd < 0 || send(fd, &request, request.n.nlmsg_len, 0) < 0) {
		perror("ss: cannot ask for sockets");
		exit(1);
	}
	for (;;) {
		left = (int)recv(fd, buffer, sizeof buffer, 0);
		if (left <= 0)
			break;
		for (h = (struct nlmsghdr *)buffer; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
			if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) {
				close(fd);
				return;
			}
			if (family == AF_UNIX)
				unix_line(NLMSG_DATA(h), (int)(h->nlmsg_len - NLMSG_LENGTH(0)));
			else
				inet_line(NLMSG_DATA(h), netid);
		}
	}
	close(fd);
}

static void protocol(int kind, int number, const char *netid)
{
	if (kinds & kind && families & 4)
		dump(AF_INET, number, netid);
	if (kinds & kind && families & 8)
		dump(AF_INET6, number, netid);
}

/* Columns as wide as their widest cell; on a terminal what is left of the line is shared out, and lines that are too long are broken between columns. */
static void print(int heading)
{
	int widths[COLUMNS] = { 0 }, spaces[COLUMNS] = { 0 }, breaks[COLUMNS] = { 0 }, hidden[COLUMNS] = { 0 }, c, d, first = 1, length = 0, used = 0, begin = 0, screen = 80;
	struct winsize window;
	struct line *line;

	hidden[NETID] = !(kinds & (kinds - 1));
	hidden[STATE] = !(state_bits & (state_bits - 1));
	for (c = 0; c < COLUMNS; c++) {
		widths[c] = heading ? (int)strlen(headings[c]) : 0;
		for (line = lines; line; line = line->next)
			/* The last line's processes do not count: it is measured before they are written. */
			if ((int)strlen(line->cell[c]) > widths[c] && (c != PROCESS || line->next))
				widths[c] = (int)strlen(line->cell[c]);
		if (hidden[c])
			widths[c] = 0;
		if (widths[c] && !first)
			spaces[c] = (int)strlen(between[c]);
		first &= !widths[c];
	}
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
		screen = window.ws_col;
		for (c = 0; c < COLUMNS; c++) {
			int last = 1, rest, share;

			if (!widths[c])
				continue;
			used++;
			length += widths[c] + spaces[c];
			for (d = c + 1; d < COLUMNS; d++)
				last &= !widths[d];
			if (!last && length < screen)
				continue;
			if (length > screen && used > 1) {
				length -= widths[c] + spaces[c];
				for (c--; !widths[c]; c--)
					;
				used--;
			}
			rest = length < screen ? screen - length : 0;
			share = rest / used;
			rest %= used;
			for (d = c; d >= begin; d--)
				if (widths[d]) {
					widths[d] += share + (rest > 0);
					rest -= rest > 0;
				}
			breaks[c] = !last;
			begin = c + 1;
			length = used = 0;
		}
	}
	for (line = NULL; ; line = line ? line->next : lines) {
		if (!line && !heading) {
			if (!lines)
				return;
			line = lines;
			heading = 1;
		}
		for (c = 0; c < COLUMNS; c++) {
			const char *cell = line ? line->cell[c] : headings[c];

			if (widths[c])
				printf("%*s%*s%s", spaces[c], "", c == LOCAL || c == PEER ? widths[c] : -widths[c], cell, breaks[c] ? "\n" : "");
		}
		putchar('\n');
		if (line ? !line->next : !lines)
			return;
	}
}

static void choose(int kind, int family, int bits)
{
	kinds |= kind;
	families |= family;
	default_bits |= bits;
}

static void family(const char *name)
{
	if (!strcmp(name, "inet"))
		choose(0, 4, CONNECTED);
	else if (!strcmp(name, "inet6"))
		choose(0, 8, CONNECTED);
	else if (!strcmp(name, "unix"))
		choose(UNIX, 0, CONNECTED);
	else
		not_simulated(name);
}

static void query(char *list)
{
	static const struct { const char *name; int kind, bits; } known[] = {
		{ "all", INET | UNIX, CONNECTED }, { "inet", INET, CONNECTED }, { "tcp", TCP, CONNECTED }, { "udp", UDP, 1 << ESTABLISHED }, { "raw", RAW, 1 << ESTABLISHED }, { "unix", UNIX, CONNECTED },
		{ "unix_stream", UNIX_STREAM, CONNECTED }, { "unix_dgram", UNIX_DGRAM, CONNECTED }, { "unix_seqpacket", UNIX_SEQPACKET, CONNECTED },
	};
	char *word;
	size_t i;

	for (word = strtok(list, ","); word; word = strtok(NULL, ",")) {
		for (i = 0; i < sizeof known / sizeof *known && strcmp(known[i].name, word); i++)
			;
		if (i == sizeof known / sizeof *known)
			not_simulated(word);
		choose(known[i].kind, 0, known[i].bits);
	}
}

static int state_of(const char *name)
{
	int i;

	for (i = 1; i < 12; i++)
		if (!strcasecmp(name, long_states[i]))
			return 1 << i;
	if (!strcasecmp(name, "all"))
		return ALL_STATES;
	if (!strcasecmp(name, "connected"))
		return ALL_STATES & ~(1 << CLOSED | 1 << LISTENING);
	fprintf(stderr, "ss: wrong state name: %s\n", name);
	exit(255);
}

/* A filter's words, however they were put into arguments; parentheses stand by themselves. */
static char **words(char **given)
{
	char **all = calloc(256, sizeof *all), *at;
	int n = 0;

	for (; *given; given++)
		for (at = *given; *at && n < 255; ) {
			size_t length = *at == '(' || *at == ')' ? 1 : strcspn(at, " \t()");

			if (length)
				all[n++] = strndup(at, length);
			at += length ? length : 1;
		}
	return all;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "numeric", 0, NULL, 'n' }, { "resolve", 0, NULL, 'r' }, { "all", 0, NULL, 'a' }, { "listening", 0, NULL, 'l' }, { "processes", 0, NULL, 'p' }, { "tcp", 0, NULL, 't' },
		{ "udp", 0, NULL, 'u' }, { "raw", 0, NULL, 'w' }, { "unix", 0, NULL, 'x' }, { "ipv4", 0, NULL, '4' }, { "ipv6", 0, NULL, '6' }, { "family", 1, NULL, 'f' }, { "query", 1, NULL, 'A' },
		{ "socket", 1, NULL, 'A' }, { "no-header", 0, NULL, 'H' }, { "oneline", 0, NULL, 'O' }, { "net", 1, NULL, 'N' }, { "options", 0, NULL, 'o' }, { "help", 0, NULL, 'h' },
		{ "version", 0, NULL, 'V' }, { "summary", 0, NULL, 's' }, { "extended", 0, NULL, 'e' }, { "info", 0, NULL, 'i' }, { "memory", 0, NULL, 'm' }, { "kill", 0, NULL, 'K' },
		{ "events", 0, NULL, 'E' }, { NULL, 0, NULL, 0 },
	};
	int option, heading = 1, filtered = 0;
	char name[4] = "-?";

	while ((option = getopt_long(argc, argv, "nralptuwx46f:A:HON:ohVseimKE", longs, NULL)) != -1) {
		switch (option) {
		case 'n': numeric = 1; break;
		case 'r': case 'o': case 'O': break;
		case 'a': state_bits = ALL_STATES; break;
		case 'l': state_bits = 1 << LISTENING | 1 << CLOSED; break;
		case 'p': processes = 1; break;
		case 't': choose(TCP, 0, CONNECTED); break;
		case 'u': choose(UDP, 0, 1 << ESTABLISHED); break;
		case 'w': choose(RAW, 0, 1 << ESTABLISHED); break;
		case 'x': choose(UNIX, 0, CONNECTED); break;
		case '4': family("inet"); break;
		case '6': family("inet6"); break;
		case 'f': family(optarg); break;
		case 'A': query(optarg); break;
		case 'H': heading = 0; break;
		case 'N': enter(optarg); break;
		case 'V':
			puts("ss utility, iproute2-6.1.0");
			return 0;
		case 'h': usage(stdout);
		case '?': usage(stderr);
		default:
			name[1] = (char)option;
			not_simulated(name);
		}
	}
	for (argv = words(argv + optind); *argv; argv++) {
		int *port = !strcmp(*argv, "sport") ? &sport : !strcmp(*argv, "dport") ? &dport : NULL;

		if (!strcmp(*argv, "state") && argv[1]) {
			state_bits = (filtered ? state_bits : 0) | state_of(*++argv);
			filtered = 1;
		} else if (port && argv[1] && (!strcmp(argv[1], "=") || !strcmp(argv[1], "==") || !strcmp(argv[1], "eq")) && argv[2]) {
			const char *number = strrchr(argv[2], ':');
			struct servent *service = getservbyname(number ? number + 1 : argv[2], NULL);

			*port = service ? ntohs((unsigned short)service->s_port) : atoi(number ? number + 1 : argv[2]);
			argv += 2;
		} else if (strcmp(*argv, "and") && strcmp(*argv, "(") && strcmp(*argv, ")")) {
			not_simulated(*argv);
		}
	}
	if (!kinds)
		kinds = families ? INET : INET | UNIX;
	if (!families)
		families = 12;
	if (!state_bits)
		state_bits = default_bits ? default_bits : CONNECTED;
	if (processes)
		owners = sock_owners(0, NULL);
	if (kinds & UNIX)
		dump(AF_UNIX, 0, "");
	protocol(RAW, 255, "raw");
	protocol(UDP, IPPROTO_UDP, "udp");
	protocol(TCP, IPPROTO_TCP, "tcp");
	print(heading);
	return 0;
}
