#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct utsname u;
	int fd;

	close(creat("/tmp/kept", 0600));
	if (fork() == 0) {
		unshare(CLONE_NEWUTS);
		sethostname("kept", 4);
		/* a bind mount holds it when we are gone */
		if (mount("/proc/self/ns/uts", "/tmp/kept", NULL, MS_BIND, NULL) == -1)
			perror("mount");
		return 0;
	}
	wait(NULL);
	fd = open("/tmp/kept", O_RDONLY);
	if (setns(fd, CLONE_NEWUTS) == -1) {
		perror("setns");
		return 1;
	}
	uname(&u);
	printf("found again: %s\n", u.nodename);
	return 0;
}
