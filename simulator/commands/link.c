/* link(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };

	core_start(argv[0], "FILE1 FILE2");
	core_getopt(argc, argv, "", longs);
	if (argc - optind < 2)
		core_missing_operand(optind < argc ? argv[optind] : NULL);
	if (argc - optind > 2)
		core_extra_operand(argv[optind + 2]);
	if (link(argv[optind], argv[optind + 1]) != 0)
		core_error(1, errno, "cannot create link %s to %s", core_quoteaf(argv[optind + 1]), core_quoteaf(argv[optind]));
	return 0;
}
