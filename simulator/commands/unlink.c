/* unlink(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };

	core_start(argv[0], "FILE");
	core_getopt(argc, argv, "", longs);
	if (optind == argc)
		core_missing_operand(NULL);
	if (argc - optind > 1)
		core_extra_operand(argv[optind + 1]);
	if (unlink(argv[optind]) != 0)
		core_error(1, errno, "cannot unlink %s", core_quoteaf(argv[optind]));
	return 0;
}
