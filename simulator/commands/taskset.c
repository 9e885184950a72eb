/* taskset(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void list_text(const cpu_set_t *set, char *text)
{
	int cpu, end;

	*text = '\0';
	for (cpu = 0; cpu < CPU_SETSIZE; cpu = end) {
		end = cpu + 1;
		if (!CPU_ISSET(cpu, set))
			continue;
		while (end < CPU_SETSIZE && CPU_ISSET(end, set))
			end++;
		if (*text)
			strcat(text, ",");
		sprintf(text + strlen(text), end - cpu > 2 ? "%d-%d" : end - cpu == 2 ? "%d,%d" : "%d", cpu, end - 1);
	}
}

static void mask_text(const cpu_set_t *set, char *text)
{
	unsigned long long mask = 0;
	int cpu;

	for (cpu = 0; cpu < 64; cpu++)
		if (CPU_ISSET(cpu, set))
			mask |= 1ull << cpu;
	sprintf(text, "%llx", mask);
}

static int parse_list(const char *text, cpu_set_t *set)
{
	CPU_ZERO(set);
	while (*text) {
		char *end;
		long from = strtol(text, &end, 10), to = from, step = 1;

		if (end == text)
			return 0;
		if (*end == '-')
			to = strtol(end + 1, &end, 10);
		if (*end == ':')
			step = strtol(end + 1, &end, 10);
		for (; from <= to && from < CPU_SETSIZE; from += step)
			CPU_SET((size_t)from, set);
		if (*end && *end != ',')
			return 0;
		text = *end ? end + 1 : end;
	}
	return 1;
}

static int parse_mask(const char *text, cpu_set_t *set)
{
	char *end;
	unsigned long long mask = strtoull(text, &end, 16);
	size_t cpu;

	CPU_ZERO(set);
	for (cpu = 0; cpu < 64; cpu++)
		if (mask >> cpu & 1)
			CPU_SET(cpu, set);
	return end != text && !*end;
}

static void print(pid_t pid, int list, int after)
{
	cpu_set_t set;
	char text[1024];

	if (sched_getaffinity(pid, sizeof set, &set) != 0)
		err(EXIT_FAILURE, "failed to get pid %d's affinity", (int)pid);
	if (list)
		list_text(&set, text);
	else
		mask_text(&set, text);
	printf("pid %d's %s affinity %s: %s\n", (int)pid, after ? "new" : "current", list ? "list" : "mask", text);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all-tasks", 0, NULL, 'a' }, { "pid", 0, NULL, 'p' }, { "cpu-list", 0, NULL, 'c' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, by_pid = 0, list = 0;
	cpu_set_t set;
	pid_t pid = 0;

	while ((option = getopt_long(argc, argv, "+apchV", longs, NULL)) != -1) {
		switch (option) {
		case 'a': break;
		case 'p': by_pid = 1; break;
		case 'c': list = 1; break;
		case 'V': ul_version();
		case 'h': ul_help(" taskset [options] [mask | cpu-list] [pid|cmd [args...]]\n");
		default: ul_try_help();
		}
	}
	if ((!by_pid && argc - optind < 2) || (by_pid && (argc - optind < 1 || argc - optind > 2))) {
		warnx("bad usage");
		ul_try_help();
	}
	if (by_pid) {
		pid = (pid_t)ul_number(argv[argc - 1], "invalid PID argument");
		print(pid, list, 0);
		if (argc - optind == 1)
			return 0;
	}
	if (!(list ? parse_list(argv[optind], &set) : parse_mask(argv[optind], &set)))
		errx(EXIT_FAILURE, list ? "failed to parse CPU list: %s" : "failed to parse CPU mask: %s", argv[optind]);
	if (sched_setaffinity(pid, sizeof set, &set) != 0)
		err(EXIT_FAILURE, "failed to set pid %d's affinity", (int)pid);
	if (by_pid) {
		print(pid, list, 1);
		return 0;
	}
	ul_exec(argv + optind + 1);
}
