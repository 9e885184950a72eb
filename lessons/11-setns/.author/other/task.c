#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *who)
{
	struct utsname u;

	uname(&u);
	printf("%s: %s\n", who, u.nodename);
}

int main(void)
{
	int ready[2], end[2], fd;
	char path[64], byte = 0;
	pid_t box;

	pipe(ready);
	pipe(end);
	box = fork();
	if (box == 0) {
		/* the "container" */
		unshare(CLONE_NEWUTS);
		sethostname("box", 3);
		write(ready[1], &byte, 1);
		read(end[0], &byte, 1);
		return 0;
	}
	read(ready[0], &byte, 1);
	snprintf(path, sizeof path, "/proc/%d/ns/uts", box);
	fd = open(path, O_RDONLY);
	if (fd == -1 || setns(fd, 0) == -1) {
		perror("setns");
		return 1;
	}
	close(fd);
	show("inside");
	write(end[1], &byte, 1);
	wait(NULL);
	show("after its end");
	return 0;
}
