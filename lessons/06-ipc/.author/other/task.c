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
	if (syscall(56, CLONE_NEWIPC | 17, 0, 0, 0, 0) == 0) {
		printf("child: %s\n", msgget(KEY, 0) == -1 ? "no queue" : "queue");
		return 0;
	}
	wait(NULL);
	printf("parent: %s\n", msgget(KEY, 0) == -1 ? "no queue" : "queue");
	return 0;
}
