/* chmod(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int recursive, verbose, changes, quiet, status;
static const char *mode_text;
static unsigned reference_mode;
static mode_t mask;

static void say(const char *path, unsigned old, unsigned now)
{
	char before[11], after[11];

	core_mode_text(old, before);
	core_mode_text((old & S_IFMT) | now, after);
	if ((old & 07777) != now)
		printf("mode of %s changed from %04o (%s) to %04o (%s)\n", core_quoteaf(path), old & 07777, before + 1, now, after + 1);
	else if (!changes)
		printf("mode of %s retained as %04o (%s)\n", core_quoteaf(path), now, after + 1);
}

static void one(const char *path, int is_argument)
{
	struct stat st;
	unsigned mode;

	if ((is_argument ? stat(path, &st) : lstat(path, &st)) != 0) {
		int error = errno;

		if (!quiet) {
			if (error == ENOENT && lstat(path, &st) == 0)
				core_error(0, 0, "cannot operate on dangling symlink %s", core_quoteaf(path));
			else
				core_error(0, error, "cannot access %s", core_quoteaf(path));
		}
		status = 1;
		return;
	}
	if (S_ISLNK(st.st_mode))
		return;
	if (mode_text)
		core_parse_mode(mode_text, st.st_mode, S_ISDIR(st.st_mode), mask, &mode);
	else
		mode = reference_mode;
	if (fchmodat(AT_FDCWD, path, mode, 0) != 0) {
		if (!quiet)
			core_error(0, errno, "changing permissions of %s", core_quoteaf(path));
		status = 1;
	} else if (verbose) {
		say(path, st.st_mode, mode);
	}
	if (recursive && S_ISDIR(st.st_mode)) {
		DIR *directory = opendir(path);
		struct dirent *entry;

		if (!directory) {
			if (!quiet)
				core_error(0, errno, "cannot read directory %s", core_quoteaf(path));
			status = 1;
			return;
		}
		while ((entry = readdir(directory)) != NULL) {
			char *inner;

			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			inner = core_malloc(strlen(path) + strlen(entry->d_name) + 2);
			sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, entry->d_name);
			one(inner, 0);
			free(inner);
		}
		closedir(directory);
	}
}

/* -x, -rw and the like are modes, not options. */
static int is_mode(const char *text)
{
	return text[0] == '-' && text[1] && strchr("rwxXstugoa,+=0123456789", text[1]);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "changes", 0, NULL, 'c' }, { "recursive", 0, NULL, 'R' }, { "silent", 0, NULL, 'f' }, { "quiet", 0, NULL, 'f' }, { "verbose", 0, NULL, 'v' },
		{ "reference", 1, NULL, 'F' }, { "no-preserve-root", 0, NULL, 'N' }, { "preserve-root", 0, NULL, 'P' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *reference = NULL;
	struct stat st;
	unsigned mode;
	int option, i;

	core_start(argv[0], "[OPTION]... MODE[,MODE]... FILE...");
	for (i = 1; i < argc; i++)
		if (is_mode(argv[i]) && !mode_text) {
			mode_text = argv[i];
			memmove(argv + i, argv + i + 1, (size_t)(argc - i) * sizeof *argv);
			argc--;
			break;
		} else if (strcmp(argv[i], "--") == 0) {
			break;
		}
	while ((option = core_getopt(argc, argv, "cfRv", longs)) != -1) {
		switch (option) {
		case 'c': verbose = changes = 1; break;
		case 'f': quiet = 1; break;
		case 'R': recursive = 1; break;
		case 'v': verbose = 1; break;
		case 'F': reference = optarg; break;
		}
	}
	if (!mode_text && !reference && optind < argc)
		mode_text = argv[optind++];
	if (!mode_text && !reference)
		core_missing_operand(NULL);
	if (optind == argc) {
		core_error(0, 0, "missing operand after %s", core_quote(mode_text ? mode_text : argv[argc - 1]));
		core_try_help(1);
	}
	mask = umask(0);
	umask(mask);
	if (reference) {
		if (stat(reference, &st) != 0)
			core_error(1, errno, "failed to get attributes of %s", core_quoteaf(reference));
		reference_mode = st.st_mode & 07777;
	} else if (!core_parse_mode(mode_text, 0, 0, mask, &mode)) {
		core_error(0, 0, "invalid mode: %s", core_quote(mode_text));
		core_try_help(1);
	}
	for (; optind < argc; optind++)
		one(argv[optind], 1);
	return status;
}
