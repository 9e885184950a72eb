#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct stat st;

	if (fork() == 0) {
		if (unshare(CLONE_NEWNS) == -1)
			return 1;
		/* what is mounted from here on stays here */
		mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL);
		if (mount("tmpfs", "/mnt", "tmpfs", 0, NULL) == -1) {
			perror("mount");
			return 1;
		}
		close(creat("/mnt/secret", 0600));
		puts("child: mounted");
		return 0;
	}
	wait(NULL);
	puts(stat("/mnt/secret", &st) == 0 ? "parent sees it" : "parent sees nothing");
	return 0;
}
