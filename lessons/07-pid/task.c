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
	/* Why is this not number 1? Print it from where it is. */
	printf("inside: pid %d, parent %d\n", getpid(), getppid());
	printf("outside: still %s\n", getpid() == 1 ? "number 1" : "my old number");
	return 0;
}
