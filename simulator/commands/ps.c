/* ps(1) of procps: processes, as /proc tells of them. Uses lib/ps_*.c. */
#define _GNU_SOURCE
#include "lib/ps_wanted.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ps_process *list;
static size_t n_list;

static void add_process(pid_t pid, pid_t tid)
{
	struct ps_process one;
	if (!ps_read(pid, tid, &one))
		return;
	list = realloc(list, (n_list + 1) * sizeof *list);
	list[n_list++] = one;
}

static int by_number(const void *a, const void *b)
{
	const struct ps_process *x = a, *y = b;
	return x->pid != y->pid ? x->pid - y->pid : x->tid - y->tid;
}

static void scan(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	while (proc && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		pid_t pid = atoi(entry->d_name);
		char path[64];
		snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
		DIR *tasks = ps_wanted.threads ? opendir(path) : NULL;
		struct dirent *task;
		if (!tasks)
			add_process(pid, 0);
		while (tasks && (task = readdir(tasks)))
			if (isdigit((unsigned char)task->d_name[0]))
				add_process(pid, atoi(task->d_name));
		if (tasks)
			closedir(tasks);
	}
	if (proc)
		closedir(proc);
	qsort(list, n_list, sizeof *list, by_number);
}

static int by_keys(const void *a, const void *b)
{
	for (size_t i = 0; i < ps_n_keys; i++) {
		char x[4096], y[4096];
		ps_keys[i].column->show(a, x, sizeof x);
		ps_keys[i].column->show(b, y, sizeof y);
		int order = ps_keys[i].column->right && isdigit((unsigned char)*x) ? (atof(x) > atof(y)) - (atof(x) < atof(y)) : strcmp(x, y);
		if (order)
			return ps_keys[i].down ? -order : order;
	}
	return by_number(a, b);
}

static void tree(pid_t parent, int level, const bool *more, int columns)
{
	for (size_t i = 0; i < n_list; i++) {
		struct ps_process *p = &list[i];
		if (p->ppid != parent || p->shown)
			continue;
		p->shown = true;
		/* the children of init stand as if they had no parent, where branches are drawn */
		p->level = ps_forest == 'f' && parent == 1 ? 0 : level < 63 ? level : 63;
		memcpy(p->more, more, sizeof p->more);
		for (size_t k = i + 1; k < n_list; k++)
			if (list[k].ppid == parent && p->level < 64)
				p->more[p->level] = true;
		ps_print_row(p, columns);
		bool below[64];
		memcpy(below, p->more, sizeof below);
		if (p->level + 1 < 64)
			below[p->level + 1] = false;
		tree(p->pid, p->level + 1, below, columns);
	}
}

static bool has_parent(const struct ps_process *p)
{
	for (size_t i = 0; i < n_list; i++)
		if (list[i].pid == p->ppid && &list[i] != p)
			return true;
	return false;
}

static void machine(void)
{
	char line[256];
	double seconds = 0;
	FILE *file = fopen("/proc/uptime", "r");
	if (file && fscanf(file, "%lf", &seconds) == 1)
		ps_uptime = seconds;
	if (file)
		fclose(file);
	file = fopen("/proc/stat", "r");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "btime %ld", &ps_boot);
	if (file)
		fclose(file);
	file = fopen("/proc/meminfo", "r");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "MemTotal: %lu", &ps_memory_kb);
	if (file)
		fclose(file);
	file = fopen("/proc/sys/kernel/pid_max", "r");
	if (file && fgets(line, sizeof line, file))
		ps_pid_width = strcspn(line, "\n");
	if (file)
		fclose(file);
	ps_hertz = sysconf(_SC_CLK_TCK);
}

int main(int argc, char *argv[])
{
	struct stat st;
	if (stat("/proc/self/stat", &st) != 0) {
		fprintf(stderr, "Error, do this: mount -t proc proc /proc\n");
		return 47;
	}
	/* by number, as the original asks: a /proc of another pid namespace has somebody else there, or nobody */
	if (!ps_read(getpid(), 0, &ps_self)) {
		fprintf(stderr, "fatal library error, lookup self\n");
		return EXIT_FAILURE;
	}
	machine();
	ps_options(argc, argv);
	ps_usual_columns();
	scan();
	int columns = 0;
	struct winsize size;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	size_t kept = 0;
	for (size_t i = 0; i < n_list; i++)
		if (ps_chosen(&list[i]))
			list[kept++] = list[i];
	n_list = kept;
	if (ps_n_keys)
		qsort(list, n_list, sizeof *list, by_keys);
	if (ps_wanted.headings && ps_any_heading())
		ps_print_row(NULL, columns);
	if (ps_forest) {
		bool more[64] = { false };
		for (size_t i = 0; i < n_list; i++) {
			struct ps_process *p = &list[i];
			if (p->shown || has_parent(p))
				continue;
			p->shown = true;
			ps_print_row(p, columns);
			tree(p->pid, 1, more, columns);
		}
	} else {
		for (size_t i = 0; i < n_list; i++)
			ps_print_row(&list[i], columns);
	}
	return n_list ? EXIT_SUCCESS : EXIT_FAILURE;
}
