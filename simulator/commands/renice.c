/* renice(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char *const kinds[] = { "process ID", "process group ID", "user ID" };

static int priority(int which, id_t who, int *value)
{
	errno = 0;
	*value = getpriority(which, who);
	if (*value == -1 && errno) {
		warn("failed to get priority for %u (%s)", who, kinds[which]);
		return 0;
	}
	return 1;
}

static int renice(int which, id_t who, int value)
{
	int before, after;

	if (!priority(which, who, &before))
		return 0;
	if (setpriority(which, who, value) < 0) {
		warn("failed to set priority for %u (%s)", who, kinds[which]);
		return 0;
	}
	if (!priority(which, who, &after))
		return 0;
	printf("%u (%s) old priority %d, new priority %d\n", who, kinds[which], before, after);
	return 1;
}

static int is(const char *word, const char *letter, const char *name)
{
	return !strcmp(word, letter) || !strcmp(word, name);
}

int main(int argc, char **argv)
{
	int which = PRIO_PROCESS, value, failed = 0;
	char *end;

	argv++;
	argc--;
	if (argc == 1) {
		if (is(*argv, "-h", "--help"))
			ul_help(" renice [-n] <priority> [-p|--pid] <pid>...\n renice [-n] <priority>  -g|--pgrp <pgid>...\n renice [-n] <priority>  -u|--user <user>...\n");
		if (is(*argv, "-V", "--version"))
			ul_version();
	}
	if (*argv && (is(*argv, "-n", "--priority"))) {
		argv++;
		argc--;
	}
	if (argc < 2) {
		warnx("not enough arguments");
		ul_try_help();
	}
	value = (int)strtol(*argv, &end, 10);
	if (*end || end == *argv) {
		warnx("invalid priority '%s'", *argv);
		ul_try_help();
	}
	for (argv++; *argv; argv++) {
		uid_t who;

		if (is(*argv, "-g", "--pgrp"))
			which = PRIO_PGRP;
		else if (is(*argv, "-u", "--user"))
			which = PRIO_USER;
		else if (is(*argv, "-p", "--pid"))
			which = PRIO_PROCESS;
		else if (which == PRIO_USER && !ul_uid(*argv, &who))
			warnx("unknown user %s", *argv), failed = 1;
		else {
			if (which != PRIO_USER) {
				who = (uid_t)strtol(*argv, &end, 10);
				if (end == *argv || *end || (int)who < 0) {
					warnx("bad %s value: %s", kinds[which], *argv);
					failed = 1;
					continue;
				}
			}
			failed |= !renice(which, who, value);
		}
	}
	return failed;
}
