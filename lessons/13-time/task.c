#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	int ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (!ok)
		perror(path);
	close(fd);
	return ok;
}

int main(void)
{
	struct timespec before, now;

	clock_gettime(CLOCK_BOOTTIME, &before);
	if (unshare(CLONE_NEWTIME) == -1) {
		perror("unshare");
		return 1;
	}
	if (fork() == 0) {
		/* EACCES: the offsets cannot be changed any more. */
		put("/proc/self/timens_offsets", "boottime 86400 0");
		clock_gettime(CLOCK_BOOTTIME, &now);
		printf("child: %s\n", now.tv_sec - before.tv_sec >= 86400 ? "a day later" : "the same time");
		return 0;
	}
	wait(NULL);
	return 0;
}
