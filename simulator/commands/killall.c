/* killall(1) of psmisc 23.6: signals to processes by name. Uses lib/ps_process.c, lib/signal_names.c, lib/regex*.c. */
#define _GNU_SOURCE
#include "lib/ps.h"
#include "lib/signal_names.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <pwd.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMM = 15 };
static int exact, fold, group, ask, quiet, pattern, verbose, waits, number = SIGTERM;

static void usage(const char *wrong)
{
	if (wrong)
		fprintf(stderr, "%s\n", wrong);
	fputs("Usage: killall [OPTION]... [--] NAME...\n       killall -l, --list\n       killall -V, --version\n\n"
	      "  -e,--exact          require exact match for very long names\n  -I,--ignore-case    case insensitive process name match\n"
	      "  -g,--process-group  kill process group instead of process\n  -y,--younger-than   kill processes younger than TIME\n"
	      "  -o,--older-than     kill processes older than TIME\n  -i,--interactive    ask for confirmation before killing\n"
	      "  -l,--list           list all known signal names\n  -q,--quiet          don't print complaints\n"
	      "  -r,--regexp         interpret NAME as an extended regular expression\n  -s,--signal SIGNAL  send this signal instead of SIGTERM\n"
	      "  -u,--user USER      kill only process(es) running as USER\n  -v,--verbose        report if the signal was successfully sent\n"
	      "  -V,--version        display version information\n  -w,--wait           wait for processes to die\n"
	      "  -n,--ns PID         match processes that belong to the same namespaces\n                      as PID\n"
	      "  -Z,--context REGEXP kill only process(es) having context\n                      (must precede other arguments)\n\n", stderr);
	exit(1);
}

static int signal_of(const char *name)
{
	int found = signal_number(name);

	if (found < 0) {
		fprintf(stderr, "%s: unknown signal; killall -l lists signals.\n", name);
		exit(1);
	}
	return found;
}

static void list(void)
{
	int i, column = 0;

	for (i = 1; i < 32; i++) {
		const char *name = i == SIGIO ? "POLL" : signal_name(i);

		if (column + (int)strlen(name) + 1 > 80)
			putchar('\n'), column = 0;
		column += printf("%s%s", column ? " " : "", name);
	}
	putchar('\n');
	exit(0);
}

/* A name with a slash is a file: its processes have it as their program. */
static int is(const struct ps_process *p, const char *name, const regex_t *compiled, const struct stat *file)
{
	char path[64];
	struct stat st;

	if (file) {
		snprintf(path, sizeof path, "/proc/%d/exe", p->pid);
		return stat(path, &st) == 0 && st.st_dev == file->st_dev && st.st_ino == file->st_ino;
	}
	if (compiled)
		return regexec(compiled, p->comm, 0, NULL, 0) == 0;
	if (strlen(name) >= COMM && strlen(p->comm) == COMM) {
		/* The kernel cuts names: the rest may stand in the command line. */
		const char *base = strrchr(p->args, '/'), *word = base && base < p->args + strcspn(p->args, " ") ? base + 1 : p->args;
		size_t length = strcspn(word, " ");

		if (length == strlen(name))
			return (fold ? strncasecmp : strncmp)(word, name, length) == 0;
		if (exact)
			return 0;
		return (fold ? strncasecmp : strncmp)(p->comm, name, COMM) == 0;
	}
	return (fold ? strcasecmp : strcmp)(p->comm, name) == 0;
}

static int agreed(const struct ps_process *p)
{
	int first, c;

	printf("%s %s(%d) ? (y/N) ", number == SIGTERM ? "Kill" : "Signal", p->comm, p->pid);
	fflush(stdout);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	if (first == EOF)
		putchar('\n');
	return first == 'y' || first == 'Y';
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "exact", 0, NULL, 'e' }, { "ignore-case", 0, NULL, 'I' }, { "process-group", 0, NULL, 'g' }, { "interactive", 0, NULL, 'i' }, { "list", 0, NULL, 'l' }, { "quiet", 0, NULL, 'q' },
		{ "regexp", 0, NULL, 'r' }, { "signal", 1, NULL, 's' }, { "user", 1, NULL, 'u' }, { "verbose", 0, NULL, 'v' }, { "version", 0, NULL, 'V' }, { "wait", 0, NULL, 'w' },
		{ "ns", 1, NULL, 'n' }, { NULL, 0, NULL, 0 },
	};
	static pid_t sent[512];
	struct passwd *user = NULL;
	const char *same = NULL;
	int option, i, status = 0, all_found = 1;
	size_t n_sent = 0, j;

	if (argc > 1 && argv[1][0] == '-' && argv[1][1] && argv[1][1] != '-' && (argv[1][1] < 'a' || argv[1][1] > 'z') && !strchr("IV", argv[1][1] == 'I' && argv[1][2] ? ' ' : argv[1][1])) {
		number = signal_of(argv[1] + 1);
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	opterr = 0;
	while ((option = getopt_long_only(argc, argv, "egy:o:ilqrs:u:vwVIn:Z:", longs, NULL)) != -1) {
		switch (option) {
		case 'e': exact = 1; break;
		case 'I': fold = 1; break;
		case 'g': group = 1; break;
		case 'i': ask = 1; break;
		case 'l': list();
		case 'q': quiet = 1; break;
		case 'r': pattern = 1; break;
		case 's': number = signal_of(optarg); break;
		case 'v': verbose = 1; break;
		case 'w': waits = 1; break;
		case 'n': same = optarg; break;
		case 'u':
			user = getpwnam(optarg);
			if (!user) {
				fprintf(stderr, "Cannot find user %s\n", optarg);
				exit(1);
			}
			break;
		case 'V':
			fputs("killall (PSmisc) 23.6\n", stderr);
			exit(0);
		case 'y': case 'o': case 'Z':
			fprintf(stderr, "killall: -%c: not simulated\n", option);
			exit(1);
		default: usage(NULL);
		}
	}
	if (optind == argc && !user)
		usage(NULL);
	for (i = optind; i < argc || (i == optind && user); i++) {
		const char *name = i < argc ? argv[i] : NULL;
		DIR *proc = opendir("/proc");
		struct dirent *entry;
		struct stat file;
		regex_t compiled;
		int found = 0, by_file = name && strchr(name, '/') && stat(name, &file) == 0;

		if (name && pattern && regcomp(&compiled, name, REG_EXTENDED | REG_NOSUB | (fold ? REG_ICASE : 0)) != 0) {
			fprintf(stderr, "killall: Bad regular expression: %s\n", name);
			exit(1);
		}
		while (proc && (entry = readdir(proc))) {
			pid_t pid = atoi(entry->d_name), to;
			struct ps_process p = { 0 };
			char path[64];
			struct stat mine, theirs;

			if (pid <= 0 || pid == getpid() || !ps_read(pid, 0, &p))
				continue;
			if ((name && !is(&p, name, pattern ? &compiled : NULL, by_file ? &file : NULL)) || (user && p.uid != user->pw_uid))
				continue;
			if (same) {
				snprintf(path, sizeof path, "/proc/%s/ns/pid", same);
				if (stat(path, &mine) != 0)
					continue;
				snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
				if (stat(path, &theirs) != 0 || mine.st_ino != theirs.st_ino)
					continue;
			}
			if (ask && !agreed(&p))
				continue;
			to = group ? -p.pgrp : pid;
			for (j = 0; j < n_sent && sent[j] != to; j++)
				;
			if (j < n_sent) {
				found = 1;
				continue;
			}
			if (kill(to, number) == 0) {
				if (verbose)
					fprintf(stderr, "Killed %s(%s%d) with signal %d\n", p.comm, group ? "pgid " : "", group ? p.pgrp : pid, number);
				found = 1;
				if (n_sent < sizeof sent / sizeof *sent)
					sent[n_sent++] = to;
			} else if (errno != ESRCH || ask) {
				fprintf(stderr, "%s(%d): %s\n", p.comm, pid, strerror(errno));
				found |= errno != ESRCH ? 2 : 0;
			}
		}
		if (proc)
			closedir(proc);
		if (!found && !quiet && name)
			fprintf(stderr, "%s: no process found\n", name);
		all_found &= found & 1;
	}
	status = !all_found;
	while (waits && n_sent > 0) {
		for (j = 0; j < n_sent; j++)
			if (kill(sent[j], 0) != 0)
				sent[j--] = sent[--n_sent];
		if (n_sent > 0)
			usleep(100000);
	}
	return status;
}
