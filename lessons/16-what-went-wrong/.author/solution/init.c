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
	int status;
	pid_t pid;

	unshare(CLONE_NEWPID);
	pid = fork();
	if (pid == 0)
		for (;;)
			pause();
	/* number 1 of a namespace has no default action for most signals */
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	puts(WIFSIGNALED(status) ? "ended by a signal" : "ended");
	return 0;
}
