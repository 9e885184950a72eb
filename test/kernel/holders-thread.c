/* A process whose second thread has a descriptor table of its own, in which it opens the file named by the argument.
 * Prints the thread's id and the descriptor's number, then waits for the end of its standard input. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *hold(void *path)
{
	if (unshare(CLONE_FILES) < 0)
		exit(1);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		exit(1);
	printf("%d %d\n", (int)gettid(), fd);
	fflush(stdout);
	for (;;)
		pause();
}

int main(int count, char **arguments)
{
	pthread_t thread;
	char byte;
	if (count != 2 || pthread_create(&thread, NULL, hold, arguments[1]))
		return 1;
	return read(0, &byte, 1) != 0;
}
