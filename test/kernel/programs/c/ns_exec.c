/* ns_exec: join a namespace by file, exec a command */
/* run: {"before": ["unshare -r --uts sh -c 'hostname inner; exec sleep 500'"], "args": ["@P", "uts", "hostname"]} */
/* run: {"args": ["1", "bogus", "true"]} */
/* run: {"args": ["1", "ipc", "true"]} */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>
#include <stdlib.h>
#include <stdio.h>
#include <err.h>

int main(int argc, char *argv[])
{
	char path[128];
	int fd;

	if (argc < 4)
		errx(1, "usage: %s pid type cmd args...", argv[0]);
	snprintf(path, sizeof(path), "/proc/%s/ns/user", argv[1]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		warn("open %s", path);
	else if (setns(fd, CLONE_NEWUSER) == -1)
		warn("setns user");
	snprintf(path, sizeof(path), "/proc/%s/ns/%s", argv[1], argv[2]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		err(EXIT_FAILURE, "open");
	if (setns(fd, 0) == -1)
		err(EXIT_FAILURE, "setns-%s", argv[2]);
	execvp(argv[3], &argv[3]);
	err(EXIT_FAILURE, "execvp");
}
