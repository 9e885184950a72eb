/* nice(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "adjustment", 1, NULL, 'n' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	const char *text = NULL;
	long by = 10;
	int option, now, error;
	char *end;

	core_trouble = 125;
	core_start(argv[0], "[OPTION] [COMMAND [ARG]...]");
	while (optind < argc) {
		const char *arg = argv[optind];

		if (arg[0] == '-' && isdigit((unsigned char)arg[1 + (arg[1] == '-' || arg[1] == '+')])) {   /* nice -5 */
			text = arg + 1;
			optind++;
			continue;
		}
		option = core_getopt(argc, argv, "+n:", longs);
		if (option == -1)
			break;
		text = optarg;
	}
	if (text) {
		by = strtol(text, &end, 10);
		if (end == text || *end)
			core_error(125, 0, "invalid adjustment %s", core_quote(text));
	}
	errno = 0;
	now = getpriority(PRIO_PROCESS, 0);
	if (optind == argc) {
		if (text)
			core_error(0, 0, "a command must be given with an adjustment"), core_try_help(125);
		printf("%d\n", now);
		return 0;
	}
	if (setpriority(PRIO_PROCESS, 0, now + (int)by) != 0)
		core_error(0, errno, "cannot set niceness");
	execvp(argv[optind], argv + optind);
	error = errno;
	core_error(0, error, "%s", core_quote(argv[optind]));
	return error == ENOENT ? 127 : 126;
}
