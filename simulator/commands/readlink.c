/* readlink(1) of coreutils. Uses lib/core*.c, lib/canonical.c. */
#include "lib/canonical.h"
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "canonicalize", 0, NULL, 'f' }, { "canonicalize-existing", 0, NULL, 'e' }, { "canonicalize-missing", 0, NULL, 'm' }, { "no-newline", 0, NULL, 'n' },
		{ "quiet", 0, NULL, 'q' }, { "silent", 0, NULL, 's' }, { "verbose", 0, NULL, 'v' }, { "zero", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, mode = -1, newline = 1, verbose = 0, zero = 0, status = 0;
	char text[4096], *path;

	core_start(argv[0], "[OPTION]... FILE...");
	while ((option = core_getopt(argc, argv, "efmnqsvz", longs)) != -1) {
		switch (option) {
		case 'e': mode = CANON_EXISTING; break;
		case 'f': mode = CANON_ALL_BUT_LAST; break;
		case 'm': mode = CANON_MISSING; break;
		case 'n': newline = 0; break;
		case 'v': verbose = 1; break;
		case 'z': zero = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	if (argc - optind > 1 && !newline) {
		core_error(0, 0, "ignoring --no-newline with multiple arguments");
		newline = 1;
	}
	for (; optind < argc; optind++) {
		if (mode < 0) {
			ssize_t length = readlink(argv[optind], text, sizeof text - 1);

			if (length >= 0)
				text[length] = '\0';
			path = length < 0 ? NULL : text;
		} else {
			path = canonical(argv[optind], (enum canonical_mode)mode, 0);
		}
		if (path) {
			fputs(path, stdout);
			if (newline)
				putchar(zero ? 0 : '\n');
		} else {
			status = 1;
			if (verbose)
				core_error(0, errno, "%s", core_quotef(argv[optind]));
		}
	}
	return status;
}
