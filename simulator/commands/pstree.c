/* pstree(1) of psmisc 23.6. Uses lib/ps_process.c. */
#define _GNU_SOURCE
#include "lib/ps.h"

#include <dirent.h>
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMESPACES = 7, DEEPEST = 100 };
static const char *const types[NAMESPACES] = { "cgroup", "ipc", "mnt", "net", "pid", "user", "uts" };
struct node { struct ps_process p; char comm[80]; int thread, high, counted; ino_t ns[NAMESPACES]; struct node *parent, *children, *next; char *argv; size_t argv_size; };
static struct node *nodes[4096];
static size_t count;
static const struct symbols { const char *empty, *branch, *vertical, *last, *single, *first; } ascii = { "  ", "|-", "| ", "`-", "---", "-+-" }, unicode = { "  ", "├─", "│ ", "└─", "───", "─┬─" };
static const struct symbols *symbols = &ascii;
static int args, pids, groups, uids, changes, compact = 1, by_pid, no_threads, high, width = 132, at, sort_ns = -1;
static int widths[DEEPEST], more[DEEPEST], cut;

static void usage(void)
{
	fputs("Usage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]\n              [ -A | -G | -U ] [ PID | USER ]\n   or: pstree -V\n\nDisplay a tree of processes.\n\n", stderr);
	exit(1);
}

/* What does not fit is not there, and a plus sign says so. */
static void out(const char *text, int columns)
{
	if (!cut && at + columns <= width)
		fputs(text, stdout);
	else if (!cut) {
		if (at < width) {
			char piece[512];

			/* Only plain text is cut in the middle. */
			if ((int)strlen(text) == columns)
				snprintf(piece, sizeof piece, "%.*s", width - at - 1, text), fputs(piece, stdout);
			putchar('+');
		}
		cut = 1;
	}
	at += columns;
}

static void word(const char *text) { out(text, (int)strlen(text)); }

static void symbol(const char *text)
{
	const char *c;
	int columns = 0;

	for (c = text; *c; c++)
		columns += (*c & 0xc0) != 0x80;
	out(text, columns);
}

static void end_line(void)
{
	putchar('\n');
	at = cut = 0;
}

static struct node *find(pid_t pid)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (nodes[i]->p.pid == pid && !nodes[i]->thread)
			return nodes[i];
	return NULL;
}

static struct node *add(pid_t pid, pid_t tid)
{
	struct node *made = calloc(1, sizeof *made);
	char path[64];
	struct stat st;
	FILE *file;
	int i;

	if (count == sizeof nodes / sizeof *nodes || !ps_read(pid, tid, &made->p)) {
		free(made);
		return NULL;
	}
	made->thread = tid != 0;
	snprintf(made->comm, sizeof made->comm, tid ? "{%s}" : "%s", made->p.comm);
	for (i = 0; i < NAMESPACES; i++) {
		snprintf(path, sizeof path, "/proc/%d/ns/%s", pid, types[i]);
		made->ns[i] = stat(path, &st) == 0 ? st.st_ino : 0;
	}
	snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
	if (!tid && (file = fopen(path, "r"))) {
		made->argv = malloc(8192);
		made->argv_size = fread(made->argv, 1, 8191, file);
		made->argv[made->argv_size] = '\0';
		fclose(file);
	}
	return nodes[count++] = made;
}

static void hang(struct node *child, struct node *parent)
{
	struct node **to = &parent->children;

	child->parent = parent;
	for (; *to; to = &(*to)->next) {
		int by = by_pid ? (*to)->p.pid - child->p.pid : strcmp((*to)->comm, child->comm);

		if (by > 0 || (by == 0 && (*to)->p.euid > child->p.euid))
			break;
	}
	child->next = *to;
	*to = child;
}

static void read_processes(void)
{
	DIR *proc = opendir("/proc"), *tasks;
	struct dirent *entry, *task;
	size_t i, processes;

	if (!proc) {
		perror("/proc");
		exit(1);
	}
	while ((entry = readdir(proc)))
		if (atoi(entry->d_name) > 0)
			add(atoi(entry->d_name), 0);
	closedir(proc);
	processes = count;
	for (i = 0; i < processes; i++) {
		struct node *parent = nodes[i]->p.ppid ? find(nodes[i]->p.ppid) : NULL;
		char path[64];

		if (parent)
			hang(nodes[i], parent);
		snprintf(path, sizeof path, "/proc/%d/task", nodes[i]->p.pid);
		if (no_threads || !(tasks = opendir(path)))
			continue;
		while ((task = readdir(tasks))) {
			pid_t tid = atoi(task->d_name);
			struct node *thread = tid > 0 && tid != nodes[i]->p.pid ? add(nodes[i]->p.pid, tid) : NULL;

			if (thread) {
				thread->p.pid = tid;
				hang(thread, nodes[i]);
			}
		}
		closedir(tasks);
	}
}

static int equal(const struct node *a, const struct node *b)
{
	const struct node *x = a->children, *y = b->children;

	if (strcmp(a->comm, b->comm) || (a->high != b->high) || (pids && a->p.pid != b->p.pid) || (groups && a->p.pgrp != b->p.pgrp) || (uids && a->p.euid != b->p.euid))
		return 0;
	for (; x && y; x = x->next, y = y->next)
		if (!equal(x, y))
			return 0;
	return !x && !y;
}

static int visible(const struct node *n)
{
	return sort_ns < 0 || n->parent == NULL || n->ns[sort_ns] == n->parent->ns[sort_ns];
}

static void dump(struct node *n, int level, int repeat, int leaf, int last, uid_t before, int closing)
{
	int i, start, extra = 0, info = 0;
	char text[256];
	struct node *child, *other, *later;

	if (level >= DEEPEST - 1)
		return;
	for (i = 0; leaf && i < level; i++) {
		snprintf(text, sizeof text, "%*s", widths[i] + 1, "");
		word(text);
		symbol(i == level - 1 ? last ? symbols->last : symbols->branch : more[i + 1] ? symbols->vertical : symbols->empty);
	}
	if (repeat > 1) {
		extra = snprintf(text, sizeof text, "%d*[", repeat);
		word(text);
	}
	start = at;
	if (n->high)
		fputs("\033[1m", stdout);
	word(n->comm);
	if (n->high)
		fputs("\033[0m", stdout);
	for (i = 0; i < 3; i++) {
		struct passwd *user = i == 2 && uids && n->p.euid != before ? getpwuid(n->p.euid) : NULL;

		if (i == 0 ? !pids : i == 1 ? !groups : !uids || n->p.euid == before)
			continue;
		if (i == 2 && user)
			snprintf(text, sizeof text, "%c%s", info || args ? ',' : '(', user->pw_name);
		else
			snprintf(text, sizeof text, "%c%u", info || args ? ',' : '(', i == 0 ? (unsigned)n->p.pid : i == 1 ? (unsigned)n->p.pgrp : n->p.euid);
		word(text);
		info = 1;
	}
	for (i = 0; changes && i < NAMESPACES; i++)
		if (n->parent && n->ns[i] && n->parent->ns[i] && n->ns[i] != n->parent->ns[i]) {
			snprintf(text, sizeof text, "%c%s", info || args ? ',' : '(', types[i]);
			word(text);
			info = 1;
		}
	if (info && !args)
		word(")");
	if (args) {
		size_t from = n->argv ? strlen(n->argv) + 1 : 0;

		while (n->argv && from < n->argv_size) {
			int length = (int)strlen(n->argv + from), at_end = from + (size_t)length + 1 >= n->argv_size;

			if (at + length > width - (at_end ? 0 : 4)) {
				word("...");
				break;
			}
			word(" ");
			word(n->argv + from);
			from += (size_t)length + 1;
		}
	}
	for (child = n->children; child && (child->counted || !visible(child)); child = child->next)
		;
	if (args || !child) {
		for (i = args ? 0 : closing; i > 0; i--)
			word("]");
		end_line();
	}
	more[level] = !last;
	widths[level] = args ? 1 : at - start + extra;
	for (i = 1; child; child = later, i = 0) {
		int same = 1;

		for (other = child->next; other && compact && !args; other = other->next)
			if (!other->counted && visible(other) && equal(child, other))
				other->counted = 1, same++;
		for (later = child->next; later && (later->counted || !visible(later)); later = later->next)
			;
		if (i && !args)
			symbol(later ? symbols->first : symbols->single);
		dump(child, level + 1, same, args || !i, !later, n->p.euid, closing + (same > 1));
	}
}

static void dump_users(struct node *n, uid_t uid)
{
	struct node *child;

	if (n->p.euid == uid) {
		dump(n, 0, 1, 1, 1, uid, 0);
		return;
	}
	for (child = n->children; child; child = child->next)
		dump_users(child, uid);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "arguments", 0, NULL, 'a' }, { "ascii", 0, NULL, 'A' }, { "compact-not", 0, NULL, 'c' }, { "show-pgids", 0, NULL, 'g' }, { "highlight-all", 0, NULL, 'h' },
		{ "highlight-pid", 1, NULL, 'H' }, { "long", 0, NULL, 'l' }, { "numeric-sort", 0, NULL, 'n' }, { "ns-sort", 1, NULL, 'N' }, { "show-pids", 0, NULL, 'p' },
		{ "show-parents", 0, NULL, 's' }, { "ns-changes", 0, NULL, 'S' }, { "thread-names", 0, NULL, 't' }, { "hide-threads", 0, NULL, 'T' }, { "uid-changes", 0, NULL, 'u' },
		{ "unicode", 0, NULL, 'U' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, long_lines = 0, parents = 0, style = 0;
	struct passwd *user = NULL;
	struct node *root, *n;
	struct winsize window;
	pid_t pid = 1;
	size_t i, j;

	setlocale(LC_ALL, "");
	while ((option = getopt_long(argc, argv, "aAcgGhH:lnN:pstSTuUVZ", longs, NULL)) != -1) {
		switch (option) {
		case 'a': args = 1; break;
		case 'A': style = 'A'; break;
		case 'c': compact = 0; break;
		case 'g': groups = 1; break;
		case 'h': high = getpid(); break;
		case 'H': high = atoi(optarg); break;
		case 'l': long_lines = 1; break;
		case 'n': by_pid = 1; break;
		case 'N':
			for (sort_ns = 0; sort_ns < NAMESPACES && strcmp(types[sort_ns], optarg); sort_ns++)
				;
			if (sort_ns == NAMESPACES)
				usage();
			break;
		case 'p': pids = 1; compact = 0; break;
		case 's': parents = 1; break;
		case 'S': changes = 1; break;
		case 't': break;
		case 'T': no_threads = 1; break;
		case 'u': uids = 1; break;
		case 'U': style = 'U'; break;
		case 'V':
			fputs("pstree (PSmisc) 23.6\n", stderr);
			return 0;
		case 'G': case 'Z':
			fprintf(stderr, "pstree: -%c: not simulated\n", option);
			return 1;
		default: usage();
		}
	}
	if (argc - optind > 1)
		usage();
	if (optind < argc) {
		char *end;

		pid = (pid_t)strtol(argv[optind], &end, 10);
		if (*end || end == argv[optind]) {
			user = getpwnam(argv[optind]);
			if (!user) {
				fprintf(stderr, "No such user name: %s\n", argv[optind]);
				return 1;
			}
			pid = 1;
		}
	}
	if (style == 'U' || (style == 0 && isatty(1) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0))
		symbols = &unicode;
	if (ioctl(1, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
		width = window.ws_col;
	if (long_lines)
		width = 1 << 20;
	read_processes();
	for (n = high ? find(high) : NULL; n; n = n->parent)
		n->high = 1;
	root = find(pid);
	if (sort_ns >= 0) {
		for (i = 0; i < count; i++) {
			for (j = 0; j < i && nodes[j]->ns[sort_ns] != nodes[i]->ns[sort_ns]; j++)
				;
			if (j < i || nodes[i]->ns[sort_ns] == 0)
				continue;
			printf("[%llu]\n", (unsigned long long)nodes[i]->ns[sort_ns]);
			for (j = 0; j < count; j++)
				if (nodes[j]->ns[sort_ns] == nodes[i]->ns[sort_ns] && (!nodes[j]->parent || nodes[j]->parent->ns[sort_ns] != nodes[j]->ns[sort_ns]))
					dump(nodes[j], 0, 1, 1, 1, 0, 0);
		}
	} else if (!root) {
		return 0;
	} else if (user) {
		dump_users(root, user->pw_uid);
	} else {
		for (n = root; parents && n->parent; n = n->parent) {
			n->parent->children = n;
			n->next = NULL;
		}
		dump(parents ? n : root, 0, 1, 1, 1, 0, 0);
	}
	return 0;
}
