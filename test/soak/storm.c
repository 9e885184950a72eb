/*
 * A storm of namespaces for the soak: PER_SECOND children a second, each in a new namespace of the next type, each alive for
 * HOLD_MS milliseconds. Prints the number of children so far once a second; ends, with all of them, when its input is closed.
 *
 *   storm PER_SECOND HOLD_MS
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* a net namespace takes the kernel tens of milliseconds to end, so only one in nine has its own */
static const int kinds[] = {
	CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUSER | CLONE_NEWUTS,
	CLONE_NEWPID, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC, CLONE_NEWTIME, CLONE_NEWNET,
};

static void hold(int kind, long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	if (unshare(kind) < 0)
		_exit(1);
	nanosleep(&time, NULL);
	_exit(0);
}

int main(int count, char **arguments)
{
	if (count != 3) {
		fprintf(stderr, "usage: storm PER_SECOND HOLD_MS\n");
		return 2;
	}
	const int every = 1000 / atoi(arguments[1]);
	const long ms = atol(arguments[2]);
	struct pollfd input = { STDIN_FILENO, POLLIN, 0 };

	for (long made = 0; poll(&input, 1, every) == 0 || errno == EINTR; made++) {
		const pid_t pid = fork();

		if (pid == 0)
			hold(kinds[(size_t)made % (sizeof(kinds) / sizeof(*kinds))], ms);
		if (pid < 0)
			perror("storm: fork");
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (made % (1000 / every) == 0) {
			printf("%ld\n", made);
			fflush(stdout);
		}
	}
	/* the children's parent-death signal ends them with us */
	return 0;
}
