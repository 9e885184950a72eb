/* realpath(1) of coreutils. Uses lib/core*.c, lib/canonical.c. */
#include "lib/canonical.h"
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

static int is_below(const char *path, const char *base)
{
	size_t length = strlen(base);

	return strcmp(base, "/") == 0 || (strncmp(path, base, length) == 0 && (!path[length] || path[length] == '/'));
}

static void put_relative(const char *path, const char *base)
{
	size_t common = 0, i;
	int any = 0;

	for (i = 0; path[i] && path[i] == base[i]; i++)
		if (path[i] == '/')
			common = i;
	if ((!path[i] || path[i] == '/') && (!base[i] || base[i] == '/'))
		common = i;
	for (i = common; base[i]; i++)
		if (base[i] == '/' && base[i + 1]) {
			fputs(any ? "/.." : "..", stdout);
			any = 1;
		}
	if (path[common] && path[common + (path[common] == '/')]) {
		printf("%s%s", any ? "/" : "", path + common + (path[common] == '/'));
		any = 1;
	}
	if (!any)
		putchar('.');
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "canonicalize-existing", 0, NULL, 'e' }, { "canonicalize-missing", 0, NULL, 'm' }, { "logical", 0, NULL, 'L' }, { "physical", 0, NULL, 'P' },
		{ "quiet", 0, NULL, 'q' }, { "relative-to", 1, NULL, 'T' }, { "relative-base", 1, NULL, 'B' }, { "strip", 0, NULL, 's' },
		{ "no-symlinks", 0, NULL, 's' }, { "zero", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, mode = CANON_ALL_BUT_LAST, keep = 0, quiet = 0, zero = 0, status = 0;
	const char *to = NULL, *base = NULL;
	char *path;

	core_start(argv[0], "[OPTION]... FILE...");
	while ((option = core_getopt(argc, argv, "eLmPqsz", longs)) != -1) {
		switch (option) {
		case 'e': mode = CANON_EXISTING; break;
		case 'm': mode = CANON_MISSING; break;
		case 'q': quiet = 1; break;
		case 's': case 'L': keep = 1; break;
		case 'T': to = optarg; break;
		case 'B': base = optarg; break;
		case 'z': zero = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	if (base) {
		base = canonical(base, (enum canonical_mode)mode, keep);
		if (!to)
			to = base;
	}
	if (to && to != base) {
		path = canonical(to, (enum canonical_mode)mode, keep);
		if (!path)
			core_error(1, errno, "%s", core_quotef(to));
		to = path;
	}
	for (; optind < argc; optind++) {
		path = canonical(argv[optind], (enum canonical_mode)mode, keep);
		if (!path) {
			status = 1;
			if (!quiet)
				core_error(0, errno, "%s", core_quotef(argv[optind]));
			continue;
		}
		if (to && (!base || is_below(path, base)))
			put_relative(path, to);
		else
			fputs(path, stdout);
		putchar(zero ? 0 : '\n');
	}
	return status;
}
