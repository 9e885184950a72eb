/* choom(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];
static pid_t pid;

static int read_score(const char *name, const char *what)
{
	FILE *file;
	int value;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%d", &value) != 1)
		err(EXIT_FAILURE, "failed to read OOM score%s value", what);
	fclose(file);
	return value;
}

static void set_score(int value)
{
	char text[16];

	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)pid);
	snprintf(text, sizeof text, "%d", value);
	if (!ul_write(path, text))
		err(EXIT_FAILURE, "failed to set score adjust value");
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "adjust", 1, NULL, 'n' }, { "pid", 1, NULL, 'p' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 } };
	int option, value = 0, given = 0;
	char *end;

	while ((option = getopt_long(argc, argv, "hn:p:V", longs, NULL)) != -1) {
		switch (option) {
		case 'p': pid = (pid_t)ul_number(optarg, "invalid PID argument"); break;
		case 'n':
			value = (int)strtol(optarg, &end, 10);
			if (*end || end == optarg)
				errx(EXIT_FAILURE, "invalid adjust argument: '%s'", optarg);
			given = 1;
			break;
		case 'V': ul_version();
		case 'h': ul_help(" choom [options] -p pid\n choom [options] -n number -p pid\n choom [options] -n number [--] command [args...]]\n");
		default: ul_try_help();
		}
	}
	if ((optind < argc && pid) || (optind < argc && !given)) {
		warnx(pid ? "invalid argument: %s" : "no OOM score adjust value specified", argv[optind]);
		ul_try_help();
	}
	if (!pid && optind == argc) {
		warnx("no PID or COMMAND specified");
		ul_try_help();
	}
	if (!given) {
		printf("pid %d's current OOM score: %d\n", (int)pid, read_score("oom_score", ""));
		printf("pid %d's current OOM score adjust value: %d\n", (int)pid, read_score("oom_score_adj", " adjust"));
		return 0;
	}
	if (pid) {
		int before = read_score("oom_score_adj", " adjust");

		set_score(value);
		printf("pid %d's OOM score adjust value changed from %d to %d\n", (int)pid, before, value);
		return 0;
	}
	pid = getpid();
	set_score(value);
	ul_exec(argv + optind);
}
