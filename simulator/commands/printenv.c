/* printenv(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "null", 0, NULL, '0' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int zero = 0, option, missing = 0;
	char **at;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... [VARIABLE]...");
	while ((option = core_getopt(argc, argv, "+0", longs)) != -1)
		zero = 1;
	if (optind == argc) {
		for (at = environ; *at; at++)
			printf("%s%c", *at, zero ? 0 : '\n');
		return 0;
	}
	for (; optind < argc; optind++) {
		const char *value = strchr(argv[optind], '=') ? NULL : getenv(argv[optind]);

		if (value)
			printf("%s%c", value, zero ? 0 : '\n');
		else
			missing = 1;
	}
	return missing;
}
