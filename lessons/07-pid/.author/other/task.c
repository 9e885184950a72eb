#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

static int inside(void *unused)
{
	(void)unused;
	printf("inside: pid %d, parent %d\n", getpid(), getppid());
	return 0;
}

int main(void)
{
	if (clone(inside, stack + sizeof stack, CLONE_NEWPID | SIGCHLD, NULL) == -1)
		return 1;
	wait(NULL);
	puts("outside: still my old number");
	return 0;
}
