/* chrt(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct { int number; const char *name; } policies[] = {
	{ 0, "OTHER" }, { 1, "FIFO" }, { 2, "RR" }, { 3, "BATCH" }, { 5, "IDLE" }, { 6, "DEADLINE" },
};

static void print(pid_t pid, const char *when)
{
	int policy = sched_getscheduler(pid), i;
	struct sched_param param;

	if (policy < 0)
		err(EXIT_FAILURE, "failed to get pid %d's policy", (int)pid);
	for (i = 0; i < 5 && policies[i].number != (policy & 7); i++)
		;
	printf("pid %d's %s scheduling policy: SCHED_%s\n", (int)pid, when, policies[i].name);
	if (sched_getparam(pid, &param) != 0)
		err(EXIT_FAILURE, "failed to get pid %d's attributes", (int)pid);
	printf("pid %d's %s scheduling priority: %d\n", (int)pid, when, param.sched_priority);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all-tasks", 0, NULL, 'a' }, { "batch", 0, NULL, 'b' }, { "deadline", 0, NULL, 'd' }, { "fifo", 0, NULL, 'f' }, { "idle", 0, NULL, 'i' }, { "pid", 0, NULL, 'p' },
		{ "help", 0, NULL, 'h' }, { "max", 0, NULL, 'm' }, { "other", 0, NULL, 'o' }, { "rr", 0, NULL, 'r' }, { "reset-on-fork", 0, NULL, 'R' }, { "verbose", 0, NULL, 'v' },
		{ "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, policy = SCHED_RR, by_pid = 0, verbose = 0, inherits = 1, i;
	struct sched_param param;
	pid_t pid = 0;

	while ((option = getopt_long(argc, argv, "+abdfimoprRvVh", longs, NULL)) != -1) {
		switch (option) {
		case 'b': policy = SCHED_BATCH; break;
		case 'd': errx(EXIT_FAILURE, "SCHED_DEADLINE: not simulated");
		case 'f': policy = SCHED_FIFO; break;
		case 'i': policy = SCHED_IDLE; break;
		case 'o': policy = SCHED_OTHER; break;
		case 'r': policy = SCHED_RR; break;
		case 'R': inherits = 0; break;
		case 'a': break;
		case 'v': verbose = 1; break;
		case 'p': by_pid = 1; break;
		case 'm':
			for (i = 0; i < 6; i++)
				printf("SCHED_%s min/max priority\t: %d/%d\n", policies[i].name, sched_get_priority_min(policies[i].number), sched_get_priority_max(policies[i].number));
			return 0;
		case 'V': ul_version();
		case 'h': ul_help(" chrt [options] <priority> <command> [<arg>...]\n chrt [options] --pid <priority> <pid>\n chrt [options] -p <pid>\n");
		default: ul_try_help();
		}
	}
	if (argc - optind < (by_pid ? 1 : 2)) {
		warnx("bad usage");
		ul_try_help();
	}
	if (by_pid) {
		pid = (pid_t)ul_number(argv[argc - 1], "invalid PID argument");
		if (argc - optind == 1 || verbose) {
			print(pid, "current");
			if (argc - optind == 1)
				return 0;
		}
	}
	param.sched_priority = (int)ul_number(argv[optind], "invalid priority argument");
	if (param.sched_priority < sched_get_priority_min(policy) || param.sched_priority > sched_get_priority_max(policy))
		errx(EXIT_FAILURE, "unsupported priority value for the policy: %d: see --max for valid range", param.sched_priority);
	if (sched_setscheduler(pid, policy | (inherits ? 0 : SCHED_RESET_ON_FORK), &param) != 0)
		err(EXIT_FAILURE, "failed to set pid %d's policy", (int)pid);
	if (verbose)
		print(by_pid ? pid : getpid(), "new");
	if (by_pid)
		return 0;
	ul_exec(argv + optind + 1);
}
