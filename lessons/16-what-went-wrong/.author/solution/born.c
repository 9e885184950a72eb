#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	unshare(CLONE_NEWPID);
	if (fork() == 0) {
		printf("pid %d\n", getpid());
		return 0;
	}
	wait(NULL);
	return 0;
}
