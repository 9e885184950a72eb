#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	if (unshare(CLONE_NEWPID) == -1) {
		perror("unshare");
		return 1;
	}
	/* who called unshare stays where it is: the next child is born inside */
	if (fork() == 0) {
		printf("inside: pid %d, parent %d\n", getpid(), getppid());
		return 0;
	}
	wait(NULL);
	printf("outside: still %s\n", getpid() == 1 ? "number 1" : "my old number");
	return 0;
}
