/* my own unshare(1) */
/* run: {"args": ["-u", "--", "sh", "-c", "hostname new; hostname"]} */
/* run: {"args": ["-u", "sh", "-c", "hostname"]} */
/* run: {"args": ["--fork", "--pid", "--user", "--map-root", "--", "sh", "-c", "echo $$ $(id -u)"]} */
/* run: {"args": ["--pid=x"]} */
/* run: {"args": ["--nonsense"]} */
/* run: {"args": ["-h"]} */
#define _GNU_SOURCE
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdbool.h>
#include <string.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

static const struct option longopts[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "mount", no_argument, NULL, 'm' },
	{ "uts", no_argument, NULL, 'u' },
	{ "pid", no_argument, NULL, 'p' },
	{ "user", no_argument, NULL, 'U' },
	{ "fork", no_argument, NULL, 'f' },
	{ "map-root", no_argument, NULL, 'r' },
	{ NULL, 0, NULL, 0 }
};

static void __attribute__((__noreturn__)) usage(int status)
{
	FILE *out = status == EXIT_SUCCESS ? stdout : stderr;
	fputs("\nUsage:\n", out);
	fprintf(out, " %s [options] [<program> [<argument>...]]\n", program_invocation_short_name);
	fputs("\nOptions:\n", out);
	for (const struct option *o = longopts; o->name; o++)
		fprintf(out, " -%c, --%s\n", o->val, o->name);
	exit(status);
}

static int set_file(const char *file, const char *fmt, unsigned id)
{
	char buf[64];
	int fd = open(file, O_WRONLY), n = snprintf(buf, sizeof buf, fmt, id);
	if (fd < 0 || write(fd, buf, n) != n) {
		fprintf(stderr, "write failed %s: %m\n", file);
		exit(1);
	}
	return close(fd);
}

int main(int argc, char *argv[])
{
	int c, flags = 0;
	bool forkit = false, maproot = false;
	uid_t uid = geteuid();
	gid_t gid = getegid();

	while ((c = getopt_long(argc, argv, "hmupUfr", longopts, NULL)) != -1) {
		switch (c) {
		case 'f': forkit = true; break;
		case 'h': usage(EXIT_SUCCESS);
		case 'm': flags |= CLONE_NEWNS; break;
		case 'u': flags |= CLONE_NEWUTS; break;
		case 'p': flags |= CLONE_NEWPID; break;
		case 'U': flags |= CLONE_NEWUSER; break;
		case 'r': maproot = true; break;
		default: usage(EXIT_FAILURE);
		}
	}
	if (unshare(flags) == -1) {
		fprintf(stderr, "%s: unshare failed: %m\n", program_invocation_short_name);
		return EXIT_FAILURE;
	}
	if (maproot) {
		set_file("/proc/self/uid_map", "0 %u 1", uid);
		set_file("/proc/self/setgroups", "deny", 0);
		set_file("/proc/self/gid_map", "0 %u 1", gid);
	}
	if (forkit) {
		int status;
		pid_t pid = fork();
		switch (pid) {
		case -1:
			perror("fork failed");
			return EXIT_FAILURE;
		case 0:
			break;
		default:
			if (waitpid(pid, &status, 0) == -1)
				perror("waitpid failed");
			if (WIFEXITED(status))
				return WEXITSTATUS(status);
			else if (WIFSIGNALED(status))
				kill(getpid(), WTERMSIG(status));
		}
	}
	if (optind < argc) {
		execvp(argv[optind], argv + optind);
		fprintf(stderr, "failed to execute %s: %m\n", argv[optind]);
		return 127;
	}
	printf("nothing to run\n");
	return 0;
}
