/* pivot_root(8) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "version", 0, NULL, 'V' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	int option;

	while ((option = getopt_long(argc, argv, "Vh", longs, NULL)) != -1) {
		switch (option) {
		case 'V': ul_version();
		case 'h': ul_help(" pivot_root [options] new_root put_old\n\nChange the root filesystem.\n\nOptions:\n -h, --help     display this help\n"
				  " -V, --version  display version\n\nFor more details see pivot_root(8).\n");
		default: ul_try_help();
		}
	}
	if (argc != 3) {
		warnx("bad usage");
		ul_try_help();
	}
	if (syscall(SYS_pivot_root, argv[1], argv[2]) < 0)
		err(EXIT_FAILURE, "failed to change root from `%s' to `%s'", argv[1], argv[2]);
	return EXIT_SUCCESS;
}
