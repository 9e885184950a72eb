#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

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

	must(sethostname("box", 3), "sethostname");
	/* nothing that is mounted from here on shows outside */
	must(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), "make / private");
	/* the /proc of the new pid namespace, in place of the machine's */
	must(mount("proc", "/proc", "proc", MS_NOSUID | MS_NOEXEC | MS_NODEV, NULL), "mount /proc");
	execvp(words[0], words);
	perror(words[0]);
	return 127;
}

int main(void)
{
	static char *words[] = { "sh", "-c", "hostname; echo $$; ls /proc/1/ns | wc -l", NULL };
	int status;
	int pid;

	must(unshare(CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET), "unshare");
	pid = fork();
	if (pid == 0)
		exit(container(words));

	must(pid, "clone");
	must(waitpid(pid, &status, 0), "waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
