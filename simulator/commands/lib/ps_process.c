#define _GNU_SOURCE
#include "ps.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

long ps_boot, ps_uptime, ps_hertz = 100;
uint64_t ps_memory_kb = 1;

static ssize_t slurp(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	if (fd < 0)
		return -1;
	for (ssize_t got; n < size - 1 && (got = read(fd, text + n, size - 1 - n)) > 0;)
		n += got;
	close(fd);
	text[n] = 0;
	return n;
}

/* Control characters would move the cursor of whoever looks. */
static void harmless(char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			*text = '?';
}

static void read_ids(const char *directory, struct ps_process *p)
{
	char path[96], text[4096], *at;
	snprintf(path, sizeof path, "%s/status", directory);
	if (slurp(path, text, sizeof text) < 0)
		return;
	if ((at = strstr(text, "\nUid:")))
		sscanf(at + 5, "%u %u %u %u", &p->uid, &p->euid, &p->suid, &p->fsuid);
	if ((at = strstr(text, "\nGid:")))
		sscanf(at + 5, "%u %u", &p->gid, &p->egid);
	if ((at = strstr(text, "\nTgid:")))
		p->tgid = atoi(at + 6);
}

static void read_args(pid_t pid, struct ps_process *p)
{
	char path[64], text[8192];
	snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
	ssize_t n = slurp(path, text, sizeof text);
	while (n > 0 && !text[n - 1])
		n--;
	for (ssize_t i = 0; i < n; i++)
		if (!text[i])
			text[i] = ' ';
	if (n > 0)
		text[n] = 0;
	else
		snprintf(text, sizeof text, "[%s]%s", p->comm, p->state == 'Z' ? " <defunct>" : "");
	harmless(text);
	p->args = strdup(text);
}

bool ps_read(pid_t pid, pid_t tid, struct ps_process *p)
{
	char directory[64], path[96], text[1024];
	memset(p, 0, sizeof *p);
	if (tid)
		snprintf(directory, sizeof directory, "/proc/%d/task/%d", (int)pid, (int)tid);
	else
		snprintf(directory, sizeof directory, "/proc/%d", (int)pid);
	snprintf(path, sizeof path, "%s/stat", directory);
	if (slurp(path, text, sizeof text) <= 0)
		return false;
	char *name = strchr(text, '('), *end = strrchr(text, ')');
	if (!name || !end)
		return false;
	*end = 0;
	snprintf(p->comm, sizeof p->comm, "%s", name + 1);
	harmless(p->comm);
	p->pid = p->tgid = pid;
	p->tid = tid ? tid : pid;
	int tty = 0, fields = sscanf(end + 2, "%c %d %d %d %d %d %lu %lu %*u %lu %*u %lu %lu %*d %*d %d %d %d %*d %lu %lu %ld", &p->state, &p->ppid, &p->pgrp, &p->session, &tty, &p->tpgid,
		&p->flags, &p->minor_faults, &p->major_faults, &p->utime, &p->stime, &p->priority, &p->nice, &p->threads, &p->start, &p->vsize, &p->rss);
	if (fields < 15)
		return false;
	p->tty = tty;
	struct stat st;
	if (stat(directory, &st) == 0) {
		p->uid = p->euid = st.st_uid;
		p->gid = p->egid = st.st_gid;
	}
	read_ids(directory, p);
	read_args(pid, p);
	return true;
}

const char *ps_tty(unsigned device)
{
	static char text[32];
	unsigned ma = major(device), mi = minor(device);
	if (device == 0)
		return "?";
	if (ma >= 136 && ma <= 143)
		snprintf(text, sizeof text, "pts/%u", (ma - 136) * 256 + mi);
	else if (ma == 4)
		snprintf(text, sizeof text, mi < 64 ? "tty%u" : "ttyS%u", mi < 64 ? mi : mi - 64);
	else if (ma == 5 && mi == 1)
		return "console";
	else
		return "?";
	return text;
}

bool ps_tty_number(const char *name, unsigned *device)
{
	static const char *const prefixes[] = { "/dev/", "/dev/tty", "/dev/pts/", "" };
	char path[256];
	struct stat st;
	if (!strcmp(name, "?") || !strcmp(name, "-")) {
		*device = 0;
		return true;
	}
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "%s%s", prefixes[i], name);
		if (stat(path, &st) == 0 && S_ISCHR(st.st_mode)) {
			*device = st.st_rdev;
			return true;
		}
	}
	return false;
}
