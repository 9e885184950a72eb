#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int same(const char *a, const char *b)
{
	char x[64] = "", y[64] = "";

	if (readlink(a, x, sizeof x - 1) < 0 || readlink(b, y, sizeof y - 1) < 0)
		return -1;
	return strcmp(x, y) == 0;
}

int main(void)
{
	char own[64], parent[64];

	if (fork() == 0) {
		unshare(CLONE_NEWUTS);
		for (int n = 0; n < 2; n++) {
			const char *type = n == 0 ? "uts" : "net";

			snprintf(own, sizeof own, "/proc/self/ns/%s", type);
			snprintf(parent, sizeof parent, "/proc/%d/ns/%s", getppid(), type);
			printf("%s %s\n", type, same(own, parent) ? "same" : "different");
		}
		return 0;
	}
	wait(NULL);
	return 0;
}
