#include "sock_owner.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void name_of(int pid, int command, char *name, size_t size)
{
	char path[64], text[256];
	FILE *file;
	size_t got;

	snprintf(path, sizeof path, command ? "/proc/%d/cmdline" : "/proc/%d/comm", pid);
	file = fopen(path, "r");
	got = file ? fread(text, 1, sizeof text - 1, file) : 0;
	if (file)
		fclose(file);
	text[got] = '\0';
	text[strcspn(text, command ? "" : "\n")] = '\0';
	snprintf(name, size, "%s", command && *text == '/' ? strrchr(text, '/') + 1 : text);
}

struct sock_owner *sock_owners(int command, int *refused)
{
	struct sock_owner *first = NULL, **last = &first;
	DIR *proc = opendir("/proc"), *fds;
	struct dirent *process, *fd;
	char path[300], target[64];

	while (proc && (process = readdir(proc))) {
		int pid = atoi(process->d_name);

		if (pid <= 0)
			continue;
		snprintf(path, sizeof path, "/proc/%d/fd", pid);
		fds = opendir(path);
		if (!fds && errno == EACCES && refused)
			*refused = 1;
		while (fds && (fd = readdir(fds))) {
			unsigned long inode;
			ssize_t length;

			snprintf(path, sizeof path, "/proc/%d/fd/%s", pid, fd->d_name);
			length = readlink(path, target, sizeof target - 1);
			if (length < 0)
				continue;
			target[length] = '\0';
			if (sscanf(target, "socket:[%lu]", &inode) != 1)
				continue;
			*last = calloc(1, sizeof **last);
			(*last)->inode = inode;
			(*last)->pid = pid;
			(*last)->fd = atoi(fd->d_name);
			name_of(pid, command, (*last)->name, sizeof (*last)->name);
			last = &(*last)->next;
		}
		if (fds)
			closedir(fds);
	}
	if (proc)
		closedir(proc);
	return first;
}
