/* yes(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int i;

	core_start(argv[0], "[STRING]...");
	core_getopt(argc, argv, "+", longs);
	for (;;) {
		int failed = 0;

		if (optind == argc)
			failed = puts("y") < 0;
		for (i = optind; i < argc && !failed; i++)
			failed = printf("%s%c", argv[i], i + 1 < argc ? ' ' : '\n') < 0;
		if (failed) {
			core_error(0, errno, "standard output");
			clearerr(stdout);
			return 1;
		}
	}
}
