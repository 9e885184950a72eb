/* tee(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <unistd.h>

static int put(int fd, const char *text, ssize_t length)
{
	while (length > 0) {
		ssize_t wrote = write(fd, text, (size_t)length);

		if (wrote < 0)
			return 0;
		text += wrote;
		length -= wrote;
	}
	return 1;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "append", 0, NULL, 'a' }, { "ignore-interrupts", 0, NULL, 'i' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, append = 0, status = 0, i, count, *fds;
	const char **names;
	char buf[8192];
	ssize_t got;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "aip", longs)) != -1) {
		if (option == 'a')
			append = 1;
		else if (option == 'i')
			signal(SIGINT, SIG_IGN);
	}
	count = argc - optind + 1;
	fds = core_malloc((size_t)count * sizeof *fds);
	names = core_malloc((size_t)count * sizeof *names);
	fds[0] = 1;
	names[0] = "standard output";
	for (i = 1; i < count; i++) {
		names[i] = argv[optind + i - 1];
		fds[i] = open(names[i], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[i] < 0) {
			core_error(0, errno, "%s", core_quotef(names[i]));
			status = 1;
		}
	}
	while ((got = read(0, buf, sizeof buf)) > 0)
		for (i = 0; i < count; i++)
			if (fds[i] >= 0 && !put(fds[i], buf, got)) {
				core_error(0, errno, "%s", core_quotef(names[i]));
				fds[i] = -1;
				status = 1;
			}
	if (got < 0) {
		core_error(0, errno, "read error");
		status = 1;
	}
	return status;
}
