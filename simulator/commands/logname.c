/* logname(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	char *name;

	core_start(argv[0], "[OPTION]");
	core_getopt(argc, argv, "", longs);
	if (optind < argc)
		core_extra_operand(argv[optind]);
	name = getlogin();
	if (!name)
		core_error(1, 0, "no login name");
	puts(name);
	return 0;
}
