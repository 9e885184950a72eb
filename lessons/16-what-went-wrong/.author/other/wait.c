#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

static int child(void *unused)
{
	return unused == NULL ? 7 : 0;
}

int main(void)
{
	int status = 0, pid = clone(child, stack + sizeof stack, CLONE_NEWIPC, NULL);

	if (waitpid(pid, &status, __WALL) == -1)
		perror("waitpid");
	printf("status %d\n", WEXITSTATUS(status));
	return 0;
}
