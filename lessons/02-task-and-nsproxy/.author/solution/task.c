#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	/* three children; only the last one leaves the common nsproxy */
	for (int n = 0; n < 3; n++) {
		if (fork() == 0) {
			if (n == 2 && unshare(CLONE_NEWIPC) == -1) {
				perror("unshare");
				_exit(1);
			}
			printf("child %d\n", n);
			fflush(stdout);
			_exit(0);
		}
		wait(NULL);
	}
	return 0;
}
