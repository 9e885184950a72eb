#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	unshare(CLONE_NEWPID);
	if (fork() == 0)
		return 0; /* number 1 ends at once */
	wait(NULL);
	if (fork() == -1)
		perror("fork");
	return 0;
}
