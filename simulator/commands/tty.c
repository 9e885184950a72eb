/* tty(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "silent", 0, NULL, 's' }, { "quiet", 0, NULL, 's' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int silent = 0, option;
	const char *name;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]...");
	while ((option = core_getopt(argc, argv, "s", longs)) != -1)
		silent = 1;
	if (optind < argc)
		core_extra_operand(argv[optind]);
	if (silent)
		return !isatty(0);
	name = ttyname(0);
	puts(name ? name : "not a tty");
	return !name;
}
