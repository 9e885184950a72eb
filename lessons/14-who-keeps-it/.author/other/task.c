#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct utsname u;
	int ready[2], done[2], fd;
	char path[64], byte = 0;
	pid_t pid;

	/* a descriptor, opened while the child still lives */
	pipe(ready);
	pipe(done);
	pid = fork();
	if (pid == 0) {
		unshare(CLONE_NEWUTS);
		sethostname("kept", 4);
		write(ready[1], &byte, 1);
		read(done[0], &byte, 1);
		return 0;
	}
	read(ready[0], &byte, 1);
	snprintf(path, sizeof path, "/proc/%d/ns/uts", pid);
	fd = open(path, O_RDONLY);
	write(done[1], &byte, 1);
	wait(NULL);
	if (setns(fd, CLONE_NEWUTS) == -1)
		return 1;
	uname(&u);
	printf("found again: %s\n", u.nodename);
	return 0;
}
