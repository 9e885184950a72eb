/* pwd(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_here(const char *path)
{
	struct stat a, b;

	if (!path || *path != '/' || strstr(path, "/./") || strstr(path, "/../"))
		return 0;
	return stat(path, &a) == 0 && stat(".", &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "logical", 0, NULL, 'L' }, { "physical", 0, NULL, 'P' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int logical = getenv("POSIXLY_CORRECT") != NULL, option;
	char *path;

	core_start(argv[0], "[OPTION]...");
	while ((option = core_getopt(argc, argv, "LP", longs)) != -1)
		logical = option == 'L';
	if (optind < argc)
		core_error(0, 0, "ignoring non-option arguments");
	if (logical && is_here(getenv("PWD"))) {
		puts(getenv("PWD"));
		return 0;
	}
	path = getcwd(NULL, 0);
	if (!path)
		core_error(1, errno, "couldn't find directory entry in %s with matching i-node", core_quoteaf(".."));
	puts(path);
	return 0;
}
