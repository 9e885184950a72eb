/*
 * hello-uts: a child in a UTS namespace of its own gives itself a host name.
 *
 *     hello-uts [NAME [SECONDS]]
 *
 * NAME is the new host name (default: blue). The child stays for SECONDS
 * (default: 0), so that you can look at its namespace from outside.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK_SIZE = 1024 * 1024 };

struct job {
	const char *name;
	unsigned int seconds;
};

static void fail(const char *what)
{
	fprintf(stderr, "hello-uts: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

/* Who is speaking, which host name it sees, and in which namespace. */
static void report(const char *who)
{
	struct utsname host;
	char link[64];
	ssize_t length = readlink("/proc/self/ns/uts", link, sizeof link - 1);

	if (length < 0)
		fail("/proc/self/ns/uts");
	link[length] = '\0';
	if (uname(&host) < 0)
		fail("uname");
	printf("%-6s  %s  host name \"%s\"\n", who, link, host.nodename);
	fflush(stdout);
}

/* Runs in the new process, which already is in the new namespace. */
static int child(void *argument)
{
	const struct job *job = argument;

	report("child");
	if (sethostname(job->name, strlen(job->name)) < 0)
		fail("sethostname");
	report("child");
	sleep(job->seconds);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct job job = { .name = "blue", .seconds = 0 };
	char *stack;
	pid_t pid;
	int status;

	if (argc > 3) {
		fprintf(stderr, "usage: hello-uts [NAME [SECONDS]]\n");
		return 2;
	}
	if (argc > 1)
		job.name = argv[1];
	if (argc > 2) {
		char *end;
		unsigned long seconds = strtoul(argv[2], &end, 10);

		if (*argv[2] < '0' || *argv[2] > '9' || *end != '\0' || seconds > 3600) {
			fprintf(stderr, "hello-uts: SECONDS is a number from 0 to 3600, not \"%s\"\n", argv[2]);
			return 2;
		}
		job.seconds = (unsigned int)seconds;
	}

	report("parent");

	stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stack == MAP_FAILED)
		fail("mmap");

	/* Without CLONE_NEWUTS this would be fork(). The stack grows down. */
	pid = clone(child, stack + STACK_SIZE, CLONE_NEWUTS | SIGCHLD, &job);
	if (pid < 0) {
		if (errno == EPERM)
			fprintf(stderr, "hello-uts: a new UTS namespace needs CAP_SYS_ADMIN; try: unshare -Ur ./hello-uts\n");
		fail("clone");
	}
	if (waitpid(pid, &status, 0) < 0)
		fail("waitpid");

	report("parent");
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
