/* dirname(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <string.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "zero", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int zero = 0, option;

	core_start(argv[0], "[OPTION] NAME...");
	while ((option = core_getopt(argc, argv, "+z", longs)) != -1)
		zero = 1;
	if (optind == argc)
		core_missing_operand(NULL);
	for (; optind < argc; optind++) {
		const char *path = argv[optind];
		size_t end = strlen(path);

		while (end > 1 && path[end - 1] == '/')
			end--;
		while (end > 0 && path[end - 1] != '/')
			end--;
		while (end > 1 && path[end - 1] == '/')
			end--;
		if (end)
			fwrite(path, 1, end, stdout);
		else
			putchar('.');
		putchar(zero ? 0 : '\n');
	}
	return 0;
}
