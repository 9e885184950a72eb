/* mkdir(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>

static int verbose;

static void said(const char *path)
{
	if (verbose)
		printf("%s: created directory %s\n", core_name, core_quoteaf(path));
}

/* The directories above; they get what the umask leaves, and u+wx. */
static int parents(char *path)
{
	char *at = path + strspn(path, "/");
	mode_t mask = umask(0);

	for (;;) {
		struct stat st;
		int made;

		at += strcspn(at, "/");
		if (!at[strspn(at, "/")])
			break;
		*at = '\0';
		umask(mask & ~(mode_t)0300);
		made = mkdir(path, 0777) == 0;
		if (!made && (errno != EEXIST || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) {
			if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
				errno = ENOTDIR;
			core_error(0, errno, "cannot create directory %s", core_quote(path));
			umask(mask);
			return 0;
		}
		if (made)
			said(path);
		*at = '/';
		at += strspn(at, "/");
	}
	umask(mask);
	return 1;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "mode", 1, NULL, 'm' }, { "parents", 0, NULL, 'p' }, { "verbose", 0, NULL, 'v' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, with_parents = 0, status = 0;
	const char *mode_text = NULL;
	unsigned mode = 0777;
	mode_t mask = umask(0);

	umask(mask);
	core_start(argv[0], "[OPTION]... DIRECTORY...");
	while ((option = core_getopt(argc, argv, "pm:vZ", longs)) != -1) {
		switch (option) {
		case 'p': with_parents = 1; break;
		case 'm': mode_text = optarg; break;
		case 'v': verbose = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	if (mode_text && !core_parse_mode(mode_text, 0777, 1, mask, &mode))
		core_error(1, 0, "invalid mode %s", core_quote(mode_text));
	for (; optind < argc; optind++) {
		char *path = argv[optind];
		struct stat st;

		if (with_parents && !parents(path)) {
			status = 1;
			continue;
		}
		if (mkdir(path, mode) == 0) {
			said(path);
			if (mode_text)
				chmod(path, mode);
		} else if (!with_parents || errno != EEXIST || stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
			core_error(0, errno, "cannot create directory %s", core_quote(path));
			status = 1;
		}
	}
	return status;
}
