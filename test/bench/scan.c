/*
 * The least a program can do to read what the identity scan of the helper reads: every process's links in /proc/PID/ns and its
 * stat file. The bench holds the helper's scan against it.
 *
 *   scan     prints how many there are
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const links[] = { "cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts", "pid_for_children", "time_for_children" };

struct found { int pid; char comm[64]; char state; int ppid; unsigned long long start; unsigned long ns[10]; };

/* `12 (a) b) S 1 …`: the name ends at the last parenthesis; the start time is field 22. */
static void parse_stat(char *text, struct found *to)
{
	char *open = strchr(text, '('), *close = strrchr(text, ')');
	if (!open || !close)
		return;
	*close = '\0';
	snprintf(to->comm, sizeof(to->comm), "%s", open + 1);
	to->state = close[2];
	char *at = close + 4;
	to->ppid = (int)strtol(at, &at, 10);
	for (int field = 5; field <= 21 && at; field++)
		at = strchr(at + 1, ' ');
	if (at)
		to->start = strtoull(at, NULL, 10);
}

/* Reads everything once; returns the number of processes. */
static size_t scan(void)
{
	DIR *proc = opendir("/proc");
	if (!proc)
		exit(1);
	const int at = dirfd(proc);
	size_t room = 1024, processes = 0;
	struct found *all = malloc(room * sizeof(*all));
	for (struct dirent *entry; (entry = readdir(proc));) {
		char path[64], text[1024];
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (processes == room)
			all = realloc(all, (room *= 2) * sizeof(*all));
		struct found *to = &all[processes];
		memset(to, 0, sizeof(*to));
		to->pid = atoi(entry->d_name);
		for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
			snprintf(path, sizeof(path), "%d/ns/%s", to->pid, links[i]);
			const ssize_t length = readlinkat(at, path, text, sizeof(text) - 1);
			if (length <= 0)
				continue;
			text[length] = '\0';
			const char *number = strchr(text, '[');
			if (number)
				to->ns[i] = strtoul(number + 1, NULL, 10);
		}
		snprintf(path, sizeof(path), "%d/stat", to->pid);
		const int fd = openat(at, path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		const ssize_t length = read(fd, text, sizeof(text) - 1);
		close(fd);
		if (length <= 0)
			continue;
		text[length] = '\0';
		parse_stat(text, to);
		processes++;
	}
	closedir(proc);
	free(all);
	return processes;
}

int main(void)
{
	printf("%zu processes\n", scan());
	return 0;
}
