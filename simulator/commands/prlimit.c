/* prlimit(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>

static const struct { const char *name, *option, *text, *unit; int letter, resource; } limits[] = {
	{ "AS", "as", "address space limit", "bytes", 'v', RLIMIT_AS }, { "CORE", "core", "max core file size", "bytes", 'c', RLIMIT_CORE },
	{ "CPU", "cpu", "CPU time", "seconds", 't', RLIMIT_CPU }, { "DATA", "data", "max data size", "bytes", 'd', RLIMIT_DATA },
	{ "FSIZE", "fsize", "max file size", "bytes", 'f', RLIMIT_FSIZE }, { "LOCKS", "locks", "max number of file locks held", "locks", 'x', RLIMIT_LOCKS },
	{ "MEMLOCK", "memlock", "max locked-in-memory address space", "bytes", 'l', RLIMIT_MEMLOCK }, { "MSGQUEUE", "msgqueue", "max bytes in POSIX mqueues", "bytes", 'q', RLIMIT_MSGQUEUE },
	{ "NICE", "nice", "max nice prio allowed to raise", "", 'e', RLIMIT_NICE }, { "NOFILE", "nofile", "max number of open files", "files", 'n', RLIMIT_NOFILE },
	{ "NPROC", "nproc", "max number of processes", "processes", 'u', RLIMIT_NPROC }, { "RSS", "rss", "max resident set size", "bytes", 'm', RLIMIT_RSS },
	{ "RTPRIO", "rtprio", "max real-time priority", "", 'r', RLIMIT_RTPRIO }, { "RTTIME", "rttime", "timeout for real-time tasks", "microsecs", 'y', RLIMIT_RTTIME },
	{ "SIGPENDING", "sigpending", "max number of pending signals", "signals", 'i', RLIMIT_SIGPENDING }, { "STACK", "stack", "max stack size", "bytes", 's', RLIMIT_STACK },
};
enum { LIMITS = sizeof limits / sizeof *limits };

static char *value_text(rlim_t value)
{
	char *text = malloc(32);

	if (value == RLIM_INFINITY)
		strcpy(text, "unlimited");
	else
		snprintf(text, 32, "%llu", (unsigned long long)value);
	return text;
}

static rlim_t parse(const char *text, const char *end, rlim_t missing)
{
	char copy[32];

	if (end == text)
		return missing;
	snprintf(copy, sizeof copy, "%.*s", (int)(end - text), text);
	if (strcmp(copy, "unlimited") == 0 || strcmp(copy, "-1") == 0)
		return RLIM_INFINITY;
	if (copy[strspn(copy, "0123456789")])
		errx(EXIT_FAILURE, "failed to parse limit");
	return strtoull(copy, NULL, 10);
}

int main(int argc, char **argv)
{
	static struct option longs[LIMITS + 10];
	const char *asked[LIMITS] = { NULL }, *names[] = { "RESOURCE", "DESCRIPTION", "SOFT", "HARD", "UNITS" };
	int wanted[LIMITS] = { 0 }, any = 0, option, i, j, headings = 1, raw = 0, widths[5], shown[5] = { 0, 1, 2, 3, 4 }, n_shown = 5, changes = 0;
	char letters[64] = "+p:o:Vh", *cells[LIMITS][5], *word;
	pid_t pid = 0;

	for (i = 0; i < LIMITS; i++) {
		longs[i] = (struct option){ limits[i].option, 2, NULL, limits[i].letter };
		sprintf(letters + strlen(letters), "%c::", limits[i].letter);
	}
	longs[i++] = (struct option){ "pid", 1, NULL, 'p' };
	longs[i++] = (struct option){ "noheadings", 0, NULL, 1 };
	longs[i++] = (struct option){ "raw", 0, NULL, 2 };
	longs[i++] = (struct option){ "output", 1, NULL, 'o' };
	longs[i++] = (struct option){ "help", 0, NULL, 'h' };
	longs[i++] = (struct option){ "version", 0, NULL, 'V' };
	while ((option = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (option == 'p') {
			pid = (pid_t)ul_number(optarg, "invalid PID argument");
			continue;
		}
		if (option == 1 || option == 2) {
			headings &= option != 1;
			raw |= option == 2;
			continue;
		}
		if (option == 'o') {
			for (n_shown = 0, word = strtok(optarg, ","); word; word = strtok(NULL, ",")) {
				for (j = 0; j < 5 && strcasecmp(names[j], word); j++)
					;
				if (j == 5)
					errx(EXIT_FAILURE, "unknown column: %s", word);
				if (n_shown < 5)
					shown[n_shown++] = j;
			}
			continue;
		}
		if (option == 'V')
			ul_version();
		if (option == 'h')
			ul_help(" prlimit [options] [--<resource>=<limit>] [-p PID]\n prlimit [options] [--<resource>=<limit>] COMMAND\n\nShow or change the resource limits of a process.\n");
		if (option == '?')
			ul_try_help();
		for (i = 0; i < LIMITS; i++)
			if (limits[i].letter == option) {
				wanted[i] = any = 1;
				asked[i] = optarg ? optarg + (*optarg == '=') : NULL;
				changes |= optarg != NULL;
			}
	}
	for (i = 0; i < LIMITS; i++) {
		struct rlimit now, to;
		const char *colon;

		if (!asked[i])
			continue;
		if (prlimit(pid, limits[i].resource, NULL, &now) != 0)
			err(EXIT_FAILURE, "failed to get old %s limit", limits[i].name);
		colon = strchr(asked[i], ':');
		to.rlim_cur = parse(asked[i], colon ? colon : asked[i] + strlen(asked[i]), now.rlim_cur);
		to.rlim_max = colon ? parse(colon + 1, colon + 1 + strlen(colon + 1), now.rlim_max) : to.rlim_cur;
		if (to.rlim_cur > to.rlim_max)
			errx(EXIT_FAILURE, "the soft limit %s cannot exceed the hard limit", limits[i].name);
		if (prlimit(pid, limits[i].resource, &to, NULL) != 0)
			err(EXIT_FAILURE, "failed to set the %s resource limit", limits[i].name);
	}
	if (optind < argc)
		ul_exec(argv + optind);
	if (changes)
		return 0;
	for (j = 0; j < 5; j++)
		widths[j] = headings || j == 0 ? (int)strlen(names[j]) : 0;
	for (i = 0; i < LIMITS; i++) {
		struct rlimit now;

		if (any && !wanted[i])
			continue;
		if (prlimit(pid, limits[i].resource, NULL, &now) != 0)
			err(EXIT_FAILURE, "failed to get the %s resource limit", limits[i].name);
		cells[i][0] = (char *)limits[i].name;
		cells[i][1] = (char *)limits[i].text;
		cells[i][2] = value_text(now.rlim_cur);
		cells[i][3] = value_text(now.rlim_max);
		cells[i][4] = (char *)limits[i].unit;
		for (j = 0; j < 5; j++)
			if ((int)strlen(cells[i][j]) > widths[j])
				widths[j] = (int)strlen(cells[i][j]);
	}
	for (i = headings ? -1 : 0; i < LIMITS; i++) {
		if (i >= 0 && any && !wanted[i])
			continue;
		for (j = 0; j < n_shown; j++) {
			int column = shown[j], last = j == n_shown - 1, right = column == 2 || column == 3;

			for (const char *text = raw && i >= 0 ? cells[i][column] : ""; *text; text++)
				printf(*text == ' ' ? "\\x20" : "%c", *text);
			printf("%*s%s", raw || (last && !right) ? 0 : right ? widths[column] : -widths[column], i < 0 ? names[column] : raw ? "" : cells[i][column], last ? "\n" : " ");
		}
	}
	return 0;
}
