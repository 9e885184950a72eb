/* rmdir(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

static int verbose, ignore_full;

static int one(const char *path, int parent)
{
	if (verbose)
		printf("%s: removing directory, %s\n", core_name, core_quoteaf(path));
	if (rmdir(path) == 0 || (ignore_full && (errno == ENOTEMPTY || errno == EEXIST)))
		return 1;
	core_error(0, errno, parent ? "failed to remove directory %s" : "failed to remove %s", core_quoteaf(path));
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "parents", 0, NULL, 'p' }, { "verbose", 0, NULL, 'v' }, { "ignore-fail-on-non-empty", 0, NULL, 'i' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, with_parents = 0, status = 0;

	core_start(argv[0], "[OPTION]... DIRECTORY...");
	while ((option = core_getopt(argc, argv, "pv", longs)) != -1) {
		switch (option) {
		case 'p': with_parents = 1; break;
		case 'v': verbose = 1; break;
		case 'i': ignore_full = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	for (; optind < argc; optind++) {
		char *path = argv[optind], *slash;

		if (!one(path, 0)) {
			status = 1;
			continue;
		}
		while (with_parents && (slash = strrchr(path, '/')) != NULL) {
			while (slash > path && *slash == '/')
				*slash-- = '\0';
			if (!one(path, 1)) {
				status = 1;
				break;
			}
		}
	}
	return status;
}
