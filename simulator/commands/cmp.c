/* cmp(1) of diffutils 3.8. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "print-bytes", 0, NULL, 'b' }, { "verbose", 0, NULL, 'l' }, { "quiet", 0, NULL, 's' }, { "silent", 0, NULL, 's' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, list = 0, quiet = 0, i, status = 0;
	unsigned long long byte = 0, line = 1;
	const char *names[2];
	FILE *files[2];

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]");
	while ((option = core_getopt(argc, argv, "bi:ln:sv", longs)) != -1) {
		if (option == 'l')
			list = 1;
		else if (option == 's')
			quiet = 1;
	}
	if (optind == argc)
		core_error(0, 0, "missing operand after '%s'", argv[argc - 1]), core_error(2, 0, "Try '%s --help' for more information.", core_name);
	names[0] = argv[optind];
	names[1] = optind + 1 < argc ? argv[optind + 1] : "-";
	for (i = 0; i < 2; i++) {
		files[i] = strcmp(names[i], "-") == 0 ? stdin : fopen(names[i], "r");
		if (!files[i]) {
			if (!quiet)
				core_error(0, errno, "%s", names[i]);
			return 2;
		}
	}
	for (;;) {
		int a = getc(files[0]), b = getc(files[1]);

		byte++;
		if (a == EOF && b == EOF)
			return status;
		if (a == EOF || b == EOF) {
			if (!quiet) {
				fflush(stdout);
				if (byte == 1)
					fprintf(stderr, "cmp: EOF on %s which is empty\n", names[a != EOF]);
				else if (list)
					fprintf(stderr, "cmp: EOF on %s after byte %llu\n", names[a != EOF], byte - 1);
				else
					fprintf(stderr, "cmp: EOF on %s after byte %llu, %sline %llu\n", names[a != EOF], byte - 1, a == EOF && b == EOF ? "" : "in ", line);
			}
			return 1;
		}
		if (a != b) {
			status = 1;
			if (quiet)
				return 1;
			if (!list) {
				printf("%s %s differ: byte %llu, line %llu\n", names[0], names[1], byte, line);
				return 1;
			}
			printf("%llu %3o %3o\n", byte, a, b);
		}
		if (a == '\n')
			line++;
	}
}
