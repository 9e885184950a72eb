/* basename(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <getopt.h>
#include <string.h>

static void one(const char *path, const char *suffix, int zero)
{
	char *name = core_base_name(path);
	size_t length = strlen(name), cut = suffix ? strlen(suffix) : 0;

	if (cut && cut < length && strcmp(name + length - cut, suffix) == 0)
		name[length - cut] = '\0';
	printf("%s%c", name, zero ? 0 : '\n');
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "multiple", 0, NULL, 'a' }, { "suffix", 1, NULL, 's' }, { "zero", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *suffix = NULL;
	int option, several = 0, zero = 0;

	core_start(argv[0], "NAME [SUFFIX]");
	while ((option = core_getopt(argc, argv, "+as:z", longs)) != -1) {
		if (option == 's')
			suffix = optarg, several = 1;
		else if (option == 'a')
			several = 1;
		else
			zero = 1;
	}
	if (optind == argc)
		core_missing_operand(NULL);
	if (!several && argc > optind + 2)
		core_extra_operand(argv[optind + 2]);
	if (!several) {
		one(argv[optind], argc == optind + 2 ? argv[optind + 1] : NULL, zero);
		return 0;
	}
	for (; optind < argc; optind++)
		one(argv[optind], suffix, zero);
	return 0;
}
