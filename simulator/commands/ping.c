/* ping(8) of iputils: ICMP echo over a ping socket, or a raw one. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct echo { unsigned char type, code; unsigned short sum, id, sequence; unsigned char data[1024]; };
static volatile sig_atomic_t stopped;

static void on_interrupt(int number)
{
	(void)number;
	stopped = 1;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static unsigned short checksum(const void *data, size_t length)
{
	const unsigned char *at = data;
	unsigned sum = 0;

	for (; length > 1; length -= 2, at += 2)
		sum += (unsigned)at[0] << 8 | at[1];
	if (length)
		sum += (unsigned)at[0] << 8;
	while (sum >> 16)
		sum = (sum & 0xFFFF) + (sum >> 16);
	return htons((unsigned short)~sum);
}

/* A name of /etc/hosts, or an address. */
static int resolve(const char *name, struct in_addr *to)
{
	char line[512], *address, *word;
	FILE *file;

	if (inet_aton(name, to))
		return 1;
	file = fopen("/etc/hosts", "r");
	while (file && fgets(line, sizeof line, file)) {
		line[strcspn(line, "#\n")] = '\0';
		address = strtok(line, " \t");
		while (address && (word = strtok(NULL, " \t")) != NULL)
			if (strcmp(word, name) == 0 && inet_aton(address, to)) {
				fclose(file);
				return 1;
			}
	}
	if (file)
		fclose(file);
	return 0;
}

static const char *milliseconds(double value)
{
	static char text[32];

	if (value >= 100)
		snprintf(text, sizeof text, "%.0f", value);
	else if (value >= 10)
		snprintf(text, sizeof text, "%.1f", value);
	else if (value >= 1)
		snprintf(text, sizeof text, "%.2f", value);
	else
		snprintf(text, sizeof text, "%.3f", value);
	return text;
}

int main(int argc, char **argv)
{
	int option, count = -1, quiet = 0, size = 56, fd, probe, raw = 0, sent = 0, received = 0, sequence;
	double interval = 1, wait_for = 10, deadline = 0, began, least = 1e9, most = 0, sum = 0, squares = 0;
	struct sockaddr_in to;
	const char *host;

	while ((option = getopt(argc, argv, "46bc:fhi:nqs:t:vw:W:I:V")) != -1) {
		switch (option) {
		case 'c':
			count = atoi(optarg);
			if (count < 1) {
				fprintf(stderr, "ping: invalid argument: '%s': out of range: 1 <= value <= 9223372036854775807\n", optarg);
				return 1;
			}
			break;
		case 'i': interval = atof(optarg); break;
		case 'q': quiet = 1; break;
		case 's': size = atoi(optarg) < 1000 ? atoi(optarg) : 1000; break;
		case 'w': deadline = atof(optarg) * 1000; break;
		case 'W': wait_for = atof(optarg); break;
		case '4': case '6': case 'b': case 'f': case 'n': case 't': case 'v': case 'I': break;
		case 'V': puts("ping from iputils 20221126"); return 0;
		default:
			fputs("\nUsage\n  ping [options] <destination>\n\nFor more details see ping(8).\n", stderr);
			return option == 'h' ? 1 : 2;
		}
	}
	if (optind == argc) {
		fputs("ping: usage error: Destination address required\n", stderr);
		return 1;
	}
	host = argv[optind];
	memset(&to, 0, sizeof to);
	to.sin_family = AF_INET;
	if (!resolve(host, &to.sin_addr)) {
		fprintf(stderr, "ping: %s: Name or service not known\n", host);
		return 2;
	}
	fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	if (fd < 0) {
		fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
		raw = 1;
	}
	if (fd < 0) {
		fprintf(stderr, "ping: socktype: SOCK_RAW\nping: socket: %s\n", strerror(errno));
		if (errno == EPERM)
			fputs("ping: => missing cap_net_raw+p capability or setuid?\n", stderr);
		return 2;
	}
	probe = socket(AF_INET, SOCK_DGRAM, 0);
	to.sin_port = htons(1025);
	if (probe >= 0 && connect(probe, (struct sockaddr *)&to, sizeof to) < 0) {
		fprintf(stderr, "ping: connect: %s\n", strerror(errno));
		return 2;
	}
	to.sin_port = 0;
	if (probe >= 0)
		close(probe);
	signal(SIGINT, on_interrupt);
	printf("PING %s (%s) %d(%d) bytes of data.\n", host, inet_ntoa(to.sin_addr), size, size + 28);
	began = now();
	for (sequence = 1; !stopped && (count < 0 || sequence <= count); sequence++) {
		struct echo out, in;
		struct pollfd poll_fd = { fd, POLLIN, 0 };
		double start = now(), limit;
		int i, got_it = 0;

		if (deadline > 0 && start - began >= deadline)
			break;
		memset(&out, 0, sizeof out);
		out.type = 8;
		out.id = htons((unsigned short)getpid());
		out.sequence = htons((unsigned short)sequence);
		for (i = 0; i < size; i++)
			out.data[i] = (unsigned char)i;
		out.sum = checksum(&out, 8 + (size_t)size);
		if (sendto(fd, &out, 8 + (size_t)size, 0, (struct sockaddr *)&to, sizeof to) < 0)
			fprintf(stderr, "ping: sendmsg: %s\n", strerror(errno));
		sent++;
		limit = start + (count > 0 && sequence == count ? wait_for : interval) * 1000;
		while (!stopped && !got_it && now() < limit) {
			unsigned char packet[1500], *at = packet;
			struct sockaddr_in from;
			socklen_t length = sizeof from;
			ssize_t got;
			int left = (int)(limit - now()) + 1, ttl = 64;
			double took;

			if (poll(&poll_fd, 1, left) <= 0)
				break;
			got = recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr *)&from, &length);
			took = now() - start;
			if (got < 0)
				break;
			if (raw) {
				ttl = packet[8];
				at += (packet[0] & 15) * 4;
				got -= at - packet;
			}
			if (got < 8)
				continue;
			memcpy(&in, at, got < (ssize_t)sizeof in ? (size_t)got : sizeof in);
			if (in.type != 0 || in.sequence != out.sequence || (raw && in.id != out.id))
				continue;
			got_it = 1;
			received++;
			sum += took;
			squares += took * took;
			least = took < least ? took : least;
			most = took > most ? took : most;
			if (!quiet)
				printf("%d bytes from %s: icmp_seq=%d ttl=%d time=%s ms\n", (int)got, inet_ntoa(from.sin_addr), sequence, ttl, milliseconds(took));
			fflush(stdout);
		}
		if (got_it && (count < 0 || sequence < count) && !stopped && now() < limit)
			usleep((useconds_t)((limit - now()) * 1000));
	}
	printf("\n--- %s ping statistics ---\n", host);
	printf("%d packets transmitted, %d received, %g%% packet loss, time %dms\n", sent, received, sent ? (double)(sent - received) * 100 / sent : 0, (int)(now() - began));
	if (received) {
		double mean = sum / received, variance = squares / received - mean * mean, root = variance > 0 ? variance : 0, guess = root > 1 ? root : 1;
		int i;

		for (i = 0; i < 40 && root > 0; i++)
			guess = (guess + root / guess) / 2;
		printf("rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms\n", least, mean, most, root > 0 ? guess : 0);
	} else {
		putchar('\n');
	}
	return received ? 0 : 1;
}
