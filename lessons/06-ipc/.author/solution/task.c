#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEY 0x2a

int main(void)
{
	msgget(KEY, IPC_CREAT | 0600);
	if (fork() == 0) {
		/* in a new ipc namespace there is no queue yet */
		if (unshare(CLONE_NEWIPC) == -1)
			return 1;
		printf("child: %s\n", msgget(KEY, 0) == -1 ? "no queue" : "queue");
		return 0;
	}
	wait(NULL);
	printf("parent: %s\n", msgget(KEY, 0) == -1 ? "no queue" : "queue");
	return 0;
}
