/* pwdx(1) of procps 4.0.2. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int usage(FILE *to)
{
	fputs("\nUsage:\n pwdx [options] pid...\n\nOptions:\n -h, --help     display this help and exit\n -V, --version  output version information and exit\n\nFor more details see pwdx(1).\n", to);
	return to == stderr;
}

int main(int argc, char **argv)
{
	int i, status = 0;

	if (argc < 2)
		return usage(stderr);
	if (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"))
		return usage(stdout);
	if (!strcmp(argv[1], "-V") || !strcmp(argv[1], "--version"))
		return printf("pwdx from procps-ng 4.0.2\n") < 0;
	for (i = 1; i < argc; i++) {
		const char *number = strncmp(argv[i], "/proc/", 6) ? argv[i] : argv[i] + 6;
		char path[64], target[PATH_MAX];
		ssize_t length;

		if (!*number || number[strspn(number, "0123456789")] || strlen(number) > 10) {
			fprintf(stderr, "pwdx: invalid process id: %s\n", argv[i]);
			return 1;
		}
		snprintf(path, sizeof path, "/proc/%s/cwd", number);
		length = readlink(path, target, sizeof target - 1);
		if (length < 0) {
			fprintf(stderr, "%s: %s\n", argv[i], strerror(errno == ENOENT ? ESRCH : errno));
			status = 1;
			continue;
		}
		target[length] = '\0';
		printf("%s: %s\n", argv[i], target);
	}
	return status;
}
