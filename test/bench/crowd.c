/*
 * A crowd for the bench: COUNT processes that sleep, OWN of them in namespaces of their own.
 *
 *   crowd COUNT OWN     prints `ready\n` when all are there; ends them all when its standard input is closed
 *
 * The sleepers are killed with this process (PR_SET_PDEATHSIG), however it ends.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Kinds of own namespaces, in turn: none is dear to make or end, as a net namespace is. */
static const int kinds[] = {
	CLONE_NEWUTS | CLONE_NEWIPC,
	CLONE_NEWUSER | CLONE_NEWUTS,
	CLONE_NEWCGROUP,
	CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS,
};

int main(int count, char **arguments)
{
	if (count != 3) {
		fprintf(stderr, "usage: crowd COUNT OWN\n");
		return 2;
	}
	const long sleepers = atol(arguments[1]), own = atol(arguments[2]);
	const pid_t parent = getpid();
	int ready[2];
	char byte;
	if (pipe(ready) < 0)
		return 1;
	pid_t *pids = calloc((size_t)sleepers + 1, sizeof(*pids));
	for (long i = 0; i < sleepers; i++) {
		const pid_t pid = fork();
		if (pid < 0) {
			perror("crowd: fork");
			return 1;
		}
		if (pid > 0) {
			pids[i] = pid;
			continue;
		}
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		close(STDIN_FILENO);
		close(STDOUT_FILENO);
		close(ready[0]);
		if (i < own && unshare(kinds[(size_t)i % (sizeof(kinds) / sizeof(*kinds))]) < 0)
			perror("crowd: unshare");
		/* the parent sees the end of this pipe when the last sleeper has come to here */
		close(ready[1]);
		for (;;)
			pause();
	}
	close(ready[1]);
	while (read(ready[0], &byte, 1) < 0 && errno == EINTR)
		;
	printf("ready\n");
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	for (long i = 0; i < sleepers; i++)
		kill(pids[i], SIGKILL);
	while (wait(NULL) > 0 || errno == EINTR)
		;
	return 0;
}
