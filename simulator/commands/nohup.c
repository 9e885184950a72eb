/* nohup(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int input, output, errors, fd, error;
	const char *where = "nohup.out";

	core_trouble = 125;
	core_start(argv[0], "COMMAND [ARG]...");
	core_getopt(argc, argv, "+", longs);
	if (optind == argc)
		core_missing_operand(NULL);
	input = isatty(0);
	output = isatty(1);
	errors = isatty(2);
	if (input) {
		close(0);
		if (open("/dev/null", O_WRONLY) < 0)
			core_error(125, errno, "failed to render standard input unusable");
		if (!output && !errors)
			core_error(0, 0, "ignoring input");
	}
	if (output) {
		mode_t mask = umask(0177);

		fd = open(where, O_CREAT | O_WRONLY | O_APPEND, 0600);
		if (fd < 0)
			core_error(125, errno, "failed to open %s", core_quoteaf(where));
		umask(mask);
		core_error(0, 0, input ? "ignoring input and appending output to %s" : "appending output to %s", core_quoteaf(where));
		dup2(fd, 1);
		close(fd);
	}
	fd = -1;
	if (errors) {
		fd = fcntl(2, F_DUPFD_CLOEXEC, 3);
		if (!output)
			core_error(0, 0, input ? "ignoring input and redirecting stderr to stdout" : "redirecting stderr to stdout");
		dup2(1, 2);
	}
	signal(SIGHUP, SIG_IGN);
	execvp(argv[optind], argv + optind);
	error = errno;
	if (fd >= 0)
		dup2(fd, 2);
	core_error(0, error, "failed to run command %s", core_quoteaf(argv[optind]));
	return error == ENOENT ? 127 : 126;
}
