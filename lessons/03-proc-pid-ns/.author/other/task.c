#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int same(const char *a, const char *b)
{
	struct stat x, y;

	if (stat(a, &x) < 0 || stat(b, &y) < 0)
		return -1;
	return x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

int main(void)
{
	static const char *types[] = { "uts", "net" };

	if (fork() == 0) {
		unshare(CLONE_NEWUTS);
		for (int n = 0; n < 2; n++) {
			char own[64], parent[64];

			snprintf(own, sizeof own, "/proc/self/ns/%s", types[n]);
			snprintf(parent, sizeof parent, "/proc/%d/ns/%s", getppid(), types[n]);
			puts(n == 0 ? (same(own, parent) ? "uts same" : "uts different") : (same(own, parent) ? "net same" : "net different"));
		}
		return 0;
	}
	wait(NULL);
	return 0;
}
