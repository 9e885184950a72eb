/* pgrep and pkill of procps 4.0.2: processes by name and other attributes. */
#define _GNU_SOURCE
#include "pgrep.h"
#include "signal_names.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process { int pid, ppid, pgrp, session, tty; unsigned uid, euid, gid; unsigned long long start; char state, name[64]; char *command; };
struct list { long values[32]; int count; };
static const char *program;
static struct list parents, groups, sessions, uids, euids, gids;

static void usage(int kills, FILE *to)
{
	fprintf(to, "\nUsage:\n %s [options] <pattern>\n\nOptions:\n", program);
	fputs(kills ? " -<sig>, --signal <sig>    signal to send (either number or name)\n -e, --echo                display what is killed\n"
		    : " -d, --delimiter <string>  specify output delimiter\n -l, --list-name           list PID and process name\n -a, --list-full           list PID and full command line\n"
		      " -v, --inverse             negates the matching\n", to);
	fputs(" -c, --count               count of matching processes\n -f, --full                use full process name to match\n"
	      " -g, --pgroup <PGID,...>   match listed process group IDs\n -G, --group <GID,...>     match real group IDs\n"
	      " -i, --ignore-case         match case insensitively\n -n, --newest              select most recently started\n"
	      " -o, --oldest              select least recently started\n -P, --parent <PPID,...>   match only child processes of the given parent\n"
	      " -s, --session <SID,...>   match session IDs\n -u, --euid <ID,...>       match by effective IDs\n -U, --uid <ID,...>        match by real IDs\n"
	      " -x, --exact               match exactly with the command name\n --ns <PID>                match the processes that belong to the same\n"
	      "                           namespace as <pid>\n\n -h, --help     display this help and exit\n -V, --version  output version information and exit\n\n", to);
	fprintf(to, "For more details see %s(1).\n", program);
	exit(to == stderr ? 2 : 0);
}

static int read_process(int pid, struct process *p)
{
	char path[64], line[1024], *open_paren, *close_paren;
	FILE *file;
	size_t got;

	memset(p, 0, sizeof *p);
	p->pid = pid;
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	got = fread(line, 1, sizeof line - 1, file);
	fclose(file);
	line[got] = '\0';
	open_paren = strchr(line, '(');
	close_paren = strrchr(line, ')');
	if (!open_paren || !close_paren)
		return 0;
	snprintf(p->name, sizeof p->name, "%.*s", (int)(close_paren - open_paren - 1), open_paren + 1);
	sscanf(close_paren + 2, "%c %d %d %d %d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &p->state, &p->ppid, &p->pgrp, &p->session, &p->tty, &p->start);
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file)) {
		if (strncmp(line, "Uid:", 4) == 0)
			sscanf(line + 4, "%u %u", &p->uid, &p->euid);
		if (strncmp(line, "Gid:", 4) == 0)
			sscanf(line + 4, "%u", &p->gid);
	}
	if (file)
		fclose(file);
	snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
	file = fopen(path, "r");
	got = file ? fread(line, 1, sizeof line - 1, file) : 0;
	if (file)
		fclose(file);
	line[got] = '\0';
	while (got > 0 && !line[got - 1])
		got--;
	if (got > 0) {
		size_t i;

		p->command = malloc(got + 1);
		memcpy(p->command, line, got);
		p->command[got] = '\0';
		for (i = 0; i < got; i++)
			if (!p->command[i])
				p->command[i] = ' ';
	} else {
		p->command = strdup(p->name);
	}
	return 1;
}

static long id_of(const char *text, char kind)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end != text && !*end)
		return value;
	if (kind == 'u') {
		const struct passwd *user = getpwnam(text);

		if (user)
			return user->pw_uid;
		fprintf(stderr, "%s: invalid user name: %s\n", program, text);
	} else if (kind == 'g') {
		const struct group *group = getgrnam(text);

		if (group)
			return group->gr_gid;
		fprintf(stderr, "%s: invalid group name: %s\n", program, text);
	} else {
		fprintf(stderr, "%s: not a number: %s\n", program, text);
	}
	exit(2);
}

static void add(struct list *list, const char *text, char kind)
{
	char *copy = strdup(text), *part;

	for (part = strtok(copy, ","); part && list->count < 32; part = strtok(NULL, ","))
		list->values[list->count++] = id_of(part, kind);
	free(copy);
}

static int is_in(const struct list *list, long value)
{
	int i;

	for (i = 0; i < list->count; i++)
		if (list->values[i] == value)
			return 1;
	return list->count == 0;
}

static int same_namespaces(int pid, int other)
{
	static const char *const names[] = { "ipc", "mnt", "net", "pid", "user", "uts" };
	char path[64], a[64], b[64];
	ssize_t length;
	size_t i;

	for (i = 0; i < 6; i++) {
		snprintf(path, sizeof path, "/proc/%d/ns/%s", pid, names[i]);
		length = readlink(path, a, sizeof a - 1);
		if (length < 0)
			return 0;
		a[length] = '\0';
		snprintf(path, sizeof path, "/proc/%d/ns/%s", other, names[i]);
		length = readlink(path, b, sizeof b - 1);
		if (length < 0)
			return 0;
		b[length] = '\0';
		if (strcmp(a, b) != 0)
			return 0;
	}
	return 1;
}

int pgrep_main(int argc, char **argv, int kills)
{
	static const struct option longs[] = {
		{ "signal", 1, NULL, 1 }, { "count", 0, NULL, 'c' }, { "delimiter", 1, NULL, 'd' }, { "list-name", 0, NULL, 'l' }, { "list-full", 0, NULL, 'a' },
		{ "full", 0, NULL, 'f' }, { "pgroup", 1, NULL, 'g' }, { "group", 1, NULL, 'G' }, { "ignore-case", 0, NULL, 'i' }, { "newest", 0, NULL, 'n' },
		{ "oldest", 0, NULL, 'o' }, { "parent", 1, NULL, 'P' }, { "session", 1, NULL, 's' }, { "euid", 1, NULL, 'u' }, { "uid", 1, NULL, 'U' },
		{ "inverse", 0, NULL, 'v' }, { "exact", 0, NULL, 'x' }, { "echo", 0, NULL, 'e' }, { "ns", 1, NULL, 2 }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option, number = SIGTERM, count_only = 0, names = 0, full_list = 0, full = 0, icase = 0, newest = 0, oldest = 0, invert = 0, exact = 0, echo = 0, criteria = 0, ns = 0;
	const char *delimiter = "\n";
	struct process *found = NULL;
	int found_count = 0, i, status = 1;
	struct dirent *entry;
	DIR *directory;
	regex_t regex;
	int pids[4096], pid_count = 0;

	program = kills ? "pkill" : "pgrep";
	if (kills && argc > 1 && argv[1][0] == '-' && argv[1][1] && signal_number(argv[1] + 1) > 0) {
		number = signal_number(argv[1] + 1);
		memmove(argv + 1, argv + 2, (size_t)(argc - 1) * sizeof *argv);
		argc--;
	}
	while ((option = getopt_long(argc, argv, kills ? "ecfg:G:inoP:s:u:U:xhV" : "acd:flg:G:inoP:s:u:U:vxhV", longs, NULL)) != -1) {
		switch (option) {
		case 1: number = signal_number(optarg); if (number < 0) usage(kills, stderr); break;
		case 2: ns = atoi(optarg); criteria = 1; break;
		case 'a': full_list = 1; break;
		case 'c': count_only = 1; break;
		case 'd': delimiter = optarg; break;
		case 'e': echo = 1; break;
		case 'f': full = 1; break;
		case 'g': add(&groups, optarg, 0); criteria = 1; break;
		case 'G': add(&gids, optarg, 'g'); criteria = 1; break;
		case 'i': icase = 1; break;
		case 'l': names = 1; break;
		case 'n': newest = criteria = 1; break;
		case 'o': oldest = criteria = 1; break;
		case 'P': add(&parents, optarg, 0); criteria = 1; break;
		case 's': add(&sessions, optarg, 0); criteria = 1; break;
		case 'u': add(&euids, optarg, 'u'); criteria = 1; break;
		case 'U': add(&uids, optarg, 'u'); criteria = 1; break;
		case 'v': invert = 1; break;
		case 'x': exact = 1; break;
		case 'V': printf("%s from procps-ng 4.0.2\n", program); return 0;
		case 'h': usage(kills, stdout); break;
		default: usage(kills, stderr);
		}
	}
	if (argc - optind > 1) {
		fprintf(stderr, "%s: only one pattern can be provided\nTry `%s --help' for more information.\n", program, program);
		return 2;
	}
	if (argc == optind && !criteria) {
		fprintf(stderr, "%s: no matching criteria specified\nTry `%s --help' for more information.\n", program, program);
		return 2;
	}
	if (optind < argc) {
		char *pattern = malloc(strlen(argv[optind]) + 8), message[128];
		int error;

		sprintf(pattern, exact ? "^(%s)$" : "%s", argv[optind]);
		error = regcomp(&regex, pattern, REG_EXTENDED | (icase ? REG_ICASE : 0));
		if (error) {
			regerror(error, &regex, message, sizeof message);
			fprintf(stderr, "%s: %s\n", program, message);
			return 2;
		}
	}
	directory = opendir("/proc");
	while (directory && (entry = readdir(directory)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]) && pid_count < 4096)
			pids[pid_count++] = atoi(entry->d_name);
	if (directory)
		closedir(directory);
	for (i = 0; i < pid_count; i++) {
		struct process p;
		int matches;

		if (pids[i] == getpid() || !read_process(pids[i], &p))
			continue;
		matches = is_in(&parents, p.ppid) && is_in(&groups, p.pgrp) && is_in(&sessions, p.session) && is_in(&uids, (long)p.uid) && is_in(&euids, (long)p.euid) &&
			  is_in(&gids, (long)p.gid) && (!ns || same_namespaces(p.pid, ns)) && (optind == argc || regexec(&regex, full ? p.command : p.name, 0, NULL, 0) == 0);
		if (matches == invert)
			continue;
		if ((newest || oldest) && found_count > 0) {
			if (newest ? p.start > found[0].start || (p.start == found[0].start && p.pid > found[0].pid) : p.start < found[0].start || (p.start == found[0].start && p.pid < found[0].pid))
				found[0] = p;
			continue;
		}
		found = realloc(found, (size_t)(found_count + 1) * sizeof *found);
		found[found_count++] = p;
	}
	if (kills) {
		int killed = 0;

		for (i = 0; i < found_count; i++) {
			if (kill(found[i].pid, number) == 0) {
				if (echo)
					printf("%s killed (pid %d)\n", found[i].name, found[i].pid);
				killed++;
				continue;
			}
			if (errno != ESRCH)
				fprintf(stderr, "%s: killing pid %d failed: %s\n", program, found[i].pid, strerror(errno));
		}
		if (count_only)
			printf("%d\n", found_count);
		return killed ? 0 : 1;
	}
	if (count_only) {
		printf("%d\n", found_count);
		return found_count == 0;
	}
	for (i = 0; i < found_count; i++) {
		if (full_list)
			printf("%d %s", found[i].pid, found[i].command);
		else if (names)
			printf("%d %s", found[i].pid, full ? found[i].command : found[i].name);
		else
			printf("%d", found[i].pid);
		fputs(i + 1 < found_count ? delimiter : "\n", stdout);
		status = 0;
	}
	return status;
}
