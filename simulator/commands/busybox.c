/*
 * busybox(1): one program, many applets. Its shell is in it (lib/sh_*.c); its other applets are the programs of the same name, beside it or on
 * the search path, and where a root has none of them, a program file that is made for the moment.
 */
#define _GNU_SOURCE
#include "lib/sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern char **environ;

static const char *const applets[] = {
	"arp", "ash", "awk", "base64", "basename", "cat", "chgrp", "chmod", "chown", "chroot", "clear", "cmp", "cp", "cut", "date", "dd", "df", "diff", "dirname", "dmesg",
	"du", "echo", "env", "expr", "false", "find", "free", "grep", "groups", "head", "hostname", "id", "ifconfig", "ionice", "ip", "ipcrm", "ipcs", "kill", "less", "ln",
	"ls", "md5sum", "mkdir", "mkfifo", "mknod", "mktemp", "more", "mount", "mountpoint", "mv", "nice", "nohup", "nproc", "nsenter", "od", "pgrep", "pidof", "ping",
	"pivot_root", "pkill", "printenv", "printf", "ps", "pwd", "readlink", "realpath", "rm", "rmdir", "route", "sed", "seq", "setsid", "sh", "sleep", "sort", "stat",
	"stty", "su", "switch_root", "sync", "sysctl", "tail", "taskset", "tee", "test", "time", "timeout", "top", "touch", "tr", "true", "truncate", "tty", "umount", "uname",
	"uniq", "unshare", "uptime", "users", "w", "watch", "wc", "which", "who", "whoami", "xargs", "yes",
};
enum { APPLETS = sizeof applets / sizeof *applets };

static int is_applet(const char *name)
{
	int i;

	for (i = 0; i < APPLETS; i++)
		if (strcmp(applets[i], name) == 0)
			return 1;
	return 0;
}

static void run(const char *name, char **argv)
{
	static const char *const places[] = { "/bin", "/usr/bin", "/usr/sbin" };
	char path[4096], own[4096], *slash;
	ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
	size_t i;
	int fd;

	if (length > 0) {
		own[length] = '\0';
		slash = strrchr(own, '/');
		snprintf(path, sizeof path, "%.*s/%s", (int)(slash - own), own, name);
		execve(path, argv, environ);
	}
	for (i = 0; i < sizeof places / sizeof *places; i++) {
		snprintf(path, sizeof path, "%s/%s", places[i], name);
		execve(path, argv, environ);
	}
	fd = memfd_create(name, MFD_CLOEXEC);
	if (fd >= 0) {
		int size = snprintf(path, sizeof path, "\x7f" "ELF%csimulated command %s\n", 0, name);

		if (write(fd, path, (size_t)size) == size)
			fexecve(fd, argv, environ);
	}
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	int i, column = 0;

	if (*name == '-')
		name++;
	if (strncmp(name, "busybox", 7) == 0) {
		if (argc < 2) {
			puts("BusyBox v1.35.0 (Debian 1:1.35.0-4+b3) multi-call binary.\nBusyBox is copyrighted by many authors between 1998-2015.\n"
			     "Licensed under GPLv2. See source distribution for detailed\ncopyright notices.\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list[-full]\n"
			     "   or: function [arguments]...\n\n\tBusyBox is a multi-call binary that combines many common Unix\n\tutilities into a single executable.  Most people will create a\n"
			     "\tlink to busybox for each function they wish to use and BusyBox\n\twill act like whatever it was invoked as.\n\nCurrently defined functions:");
			for (i = 0; i < APPLETS; i++) {
				int width = (int)strlen(applets[i]) + (i + 1 < APPLETS ? 2 : 0);

				if (column + width > 70) {
					putchar('\n');
					column = 0;
				}
				printf("%s%s%s", column ? "" : "\t", applets[i], i + 1 < APPLETS ? ", " : "\n");
				column += width;
			}
			return 0;
		}
		if (strcmp(argv[1], "--list") == 0) {
			for (i = 0; i < APPLETS; i++)
				puts(applets[i]);
			return 0;
		}
		name = argv[1];
		argv++;
		argc--;
	}
	if (strcmp(name, "sh") == 0 || strcmp(name, "ash") == 0) {
		sh_busybox = 1;
		return sh_main(argc, argv);
	}
	if (is_applet(name))
		run(name, argv);
	fprintf(stderr, "%s: applet not found\n", name);
	return 127;
}
