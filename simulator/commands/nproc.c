/* nproc(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "all", 0, NULL, 'a' }, { "ignore", 1, NULL, 'i' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, all = 0;
	long ignore = 0, count = 0;
	cpu_set_t set;

	core_start(argv[0], "[OPTION]...");
	while ((option = core_getopt(argc, argv, "", longs)) != -1) {
		if (option == 'a')
			all = 1;
		else if (*optarg < '0' || *optarg > '9')
			core_error(1, 0, "%s: invalid number to ignore", core_quote(optarg));
		else
			ignore = atol(optarg);
	}
	if (optind < argc)
		core_extra_operand(argv[optind]);
	if (!all && sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
	if (count < 1)
		count = sysconf(all ? _SC_NPROCESSORS_CONF : _SC_NPROCESSORS_ONLN);
	count -= ignore;
	printf("%ld\n", count < 1 ? 1 : count);
	return 0;
}
