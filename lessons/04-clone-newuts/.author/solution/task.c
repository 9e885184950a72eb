#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

static void show(const char *who)
{
	struct utsname u;

	uname(&u);
	printf("%s: %s\n", who, u.nodename);
}

static int child(void *name)
{
	sethostname(name, strlen(name));
	show("child");
	return 0;
}

int main(void)
{
	/* CLONE_NEWUTS: the child begins with a copy of the host name. */
	int pid = clone(child, stack + sizeof stack, CLONE_NEWUTS | SIGCHLD, "blue");

	if (pid == -1) {
		perror("clone");
		return 1;
	}
	waitpid(pid, NULL, 0);
	show("parent");
	return 0;
}
