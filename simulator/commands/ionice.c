/* ionice(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NONE, REALTIME, BEST_EFFORT, IDLE, SHIFT = 13 };
static const char *const classes[] = { "none", "realtime", "best-effort", "idle" };
static int ignore;

static void print(int which, int who)
{
	long value = syscall(SYS_ioprio_get, which, who);

	if (value < 0)
		err(EXIT_FAILURE, "ioprio_get failed");
	if (value >> SHIFT == IDLE)
		printf("idle\n");
	else
		printf("%s: prio %ld\n", value >> SHIFT < 4 ? classes[value >> SHIFT] : "unknown", value & 0x1fff);
}

static void set(int which, int who, long class, unsigned long data)
{
	if (syscall(SYS_ioprio_set, which, who, class << SHIFT | (long)data) < 0 && !ignore)
		err(EXIT_FAILURE, "ioprio_set failed");
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "classdata", 1, NULL, 'n' }, { "class", 1, NULL, 'c' }, { "help", 0, NULL, 'h' }, { "ignore", 0, NULL, 't' }, { "pid", 1, NULL, 'p' }, { "pgid", 1, NULL, 'P' },
		{ "uid", 1, NULL, 'u' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	static const char *const whats[] = { "", "PID", "PGID", "UID" };
	int option, which = 0, chosen = 0;
	unsigned long data = 4, who = 0;
	long class = BEST_EFFORT;

	while ((option = getopt_long(argc, argv, "+n:c:p:P:u:tVh", longs, NULL)) != -1) {
		switch (option) {
		case 'n':
			data = ul_number(optarg, "invalid class data argument");
			chosen |= 1;
			break;
		case 'c':
			for (class = 0; class < 4 && strcasecmp(classes[class], optarg); class++)
				;
			if (class == 4 && *optarg >= '0' && *optarg <= '9')
				class = (long)ul_number(optarg, "invalid class argument");
			else if (class == 4)
				errx(EXIT_FAILURE, "unknown scheduling class: '%s'", optarg);
			chosen |= 2;
			break;
		case 'p': case 'P': case 'u':
			if (which)
				errx(EXIT_FAILURE, "can handle only one of pid, pgid or uid at once");
			which = option == 'p' ? 1 : option == 'P' ? 2 : 3;
			who = ul_number(optarg, which == 1 ? "invalid PID argument" : which == 2 ? "invalid PGID argument" : "invalid UID argument");
			break;
		case 't': ignore = 1; break;
		case 'V': ul_version();
		case 'h': ul_help(" ionice [options] -p <pid>...\n ionice [options] -P <pgid>...\n ionice [options] -u <uid>...\n ionice [options] <command>\n");
		default: ul_try_help();
		}
	}
	if (class == NONE || class == IDLE) {
		if (chosen & 1 && !ignore)
			warnx("ignoring given class data for %s class", classes[class]);
		data = class == NONE ? 0 : 7;
	} else if ((class < 0 || class > IDLE) && !ignore) {
		warnx("unknown prio class %ld", class);
	}
	if (!chosen && !which && optind == argc) {
		print(1, 0);
		return 0;
	}
	if (which) {
		for (; ; optind++) {
			if (chosen)
				set(which, (int)who, class, data);
			else
				print(which, (int)who);
			if (optind == argc)
				return 0;
			who = ul_number(argv[optind], whats[which]);
		}
	}
	if (optind == argc) {
		warnx("bad usage");
		ul_try_help();
	}
	set(1, 0, class, data);
	ul_exec(argv + optind);
}
