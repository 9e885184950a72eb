#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[256 * 1024];

static void must(int result, const char *what)
{
	if (result != -1)
		return;
	perror(what);
	exit(1);
}

static int container(void *command)
{
	char **words = command;

	/* 1. a host name of its own   2. private mounts   3. its own /proc */
	execvp(words[0], words);
	perror(words[0]);
	return 127;
}

int main(void)
{
	static char *words[] = { "sh", "-c", "hostname; echo $$; ls /proc/1/ns | wc -l", NULL };
	int status;
	int pid = clone(container, stack + sizeof stack,
			SIGCHLD, words);

	must(pid, "clone");
	must(waitpid(pid, &status, 0), "waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
