/*
 * who-am-i: the eight namespaces that this process is in, by its links in
 * /proc/self/ns.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const types[] = {
	"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts",
};

int main(void)
{
	int missing = 0;

	printf("process %ld, user %ld\n", (long)getpid(), (long)geteuid());
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		char path[64];
		char link[64];
		ssize_t length;

		snprintf(path, sizeof path, "/proc/self/ns/%s", types[i]);
		length = readlink(path, link, sizeof link - 1);
		if (length < 0) {
			/* ENOENT: this kernel is older than that type. */
			printf("%-8s%s\n", types[i], errno == ENOENT ? "not in this kernel" : strerror(errno));
			missing++;
			continue;
		}
		link[length] = '\0';
		printf("%-8s%s\n", types[i], link);
	}
	return missing == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
