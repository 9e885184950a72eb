#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static void show(const char *who)
{
	struct utsname u;

	uname(&u);
	printf("%s: %s\n", who, u.nodename);
}

static void *worker(void *unused)
{
	/* namespaces belong to a task, and each thread is one */
	if (unshare(CLONE_NEWUTS) == -1)
		perror("unshare");
	sethostname("worker", 6);
	show("worker");
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, worker, NULL);
	pthread_join(thread, NULL);
	show("main");
	return 0;
}
