#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

static int child(void *unused)
{
	(void)unused;
	puts("child runs");
	return 0;
}

int main(void)
{
	/* EINVAL: these flags contradict each other. Ask for new UTS and ipc namespaces in one call. */
	int pid = clone(child, stack + sizeof stack, CLONE_FS | CLONE_NEWNS | CLONE_NEWUTS | SIGCHLD, NULL);

	if (pid == -1) {
		perror("clone");
		return 1;
	}
	waitpid(pid, NULL, 0);
	return 0;
}
