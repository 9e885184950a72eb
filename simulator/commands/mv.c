/* mv(1) of coreutils. Uses lib/core*.c, lib/copy.c. */
#define _GNU_SOURCE
#include "lib/copy.h"
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int force, interactive, no_clobber, update, verbose;

static int is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int one(const char *from, const char *to)
{
	struct stat source, target;
	struct copy_options options = { .recursive = 1, .preserve_mode = 1, .preserve_owner = 1, .preserve_times = 1, .preserve_links = 1, .preserve_xattrs = 1, .force = 1 };

	if (lstat(from, &source) != 0) {
		core_error(0, errno, "cannot stat %s", core_quoteaf(from));
		return 0;
	}
	if (lstat(to, &target) == 0) {
		if (source.st_ino == target.st_ino && source.st_dev == target.st_dev && (source.st_nlink == 1 || S_ISDIR(source.st_mode))) {
			core_error(0, 0, "%s and %s are the same file", core_quoteaf(from), core_quoteaf(to));
			return 0;
		}
		if (S_ISDIR(target.st_mode) && !S_ISDIR(source.st_mode)) {
			core_error(0, 0, "cannot overwrite directory %s with non-directory", core_quoteaf(to));
			return 0;
		}
		if (S_ISDIR(source.st_mode) && !S_ISDIR(target.st_mode)) {
			core_error(0, 0, "cannot overwrite non-directory %s with directory %s", core_quoteaf(to), core_quoteaf(from));
			return 0;
		}
		if (no_clobber || (update && target.st_mtime >= source.st_mtime))
			return 1;
		if (interactive || (!force && isatty(0) && access(to, W_OK) != 0 && !S_ISLNK(target.st_mode))) {
			fprintf(stderr, "%s: overwrite %s? ", core_name, core_quoteaf(to));
			if (!core_yes())
				return 1;
		}
	}
	if (rename(from, to) == 0) {
		if (verbose)
			printf("renamed %s -> %s\n", core_quoteaf(from), core_quoteaf(to));
		return 1;
	}
	if (errno == EINVAL && S_ISDIR(source.st_mode)) {
		core_error(0, 0, "cannot move %s to a subdirectory of itself, %s", core_quoteaf(from), core_quoteaf(to));
		return 0;
	}
	if (errno != EXDEV) {
		core_error(0, errno, "cannot move %s to %s", core_quoteaf(from), core_quoteaf(to));
		return 0;
	}
	/* Another file system: a copy, and away with the source. */
	if (verbose)
		printf("copied %s -> %s\n", core_quoteaf(from), core_quoteaf(to));
	if (lstat(to, &target) == 0 && !S_ISDIR(target.st_mode))
		unlink(to);
	return copy_path(from, to, &options, 1) && copy_remove_tree(from);
}

static char *inside(const char *directory, const char *path)
{
	char *base = core_base_name(path), *out = core_malloc(strlen(directory) + strlen(base) + 2);

	sprintf(out, directory[strlen(directory) - 1] == '/' ? "%s%s" : "%s/%s", directory, base);
	return out;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "force", 0, NULL, 'f' }, { "interactive", 0, NULL, 'i' }, { "no-clobber", 0, NULL, 'n' }, { "target-directory", 1, NULL, 't' },
		{ "no-target-directory", 0, NULL, 'T' }, { "update", 0, NULL, 'u' }, { "verbose", 0, NULL, 'v' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *directory = NULL;
	int option, plain = 0, status = 0, count;

	core_start(argv[0], "[OPTION]... [-T] SOURCE DEST");
	while ((option = core_getopt(argc, argv, "bfint:uvS:T", longs)) != -1) {
		switch (option) {
		case 'f': force = 1; interactive = no_clobber = 0; break;
		case 'i': interactive = 1; force = no_clobber = 0; break;
		case 'n': no_clobber = 1; interactive = force = 0; break;
		case 't': directory = optarg; break;
		case 'T': plain = 1; break;
		case 'u': update = 1; break;
		case 'v': verbose = 1; break;
		}
	}
	argv += optind;
	count = argc - optind;
	if (count == 0)
		core_error(0, 0, "missing file operand"), core_try_help(1);
	if (count == 1 && !directory)
		core_error(0, 0, "missing destination file operand after %s", core_quoteaf(argv[0])), core_try_help(1);
	if (plain && count > 2)
		core_error(0, 0, "extra operand %s", core_quoteaf(argv[2])), core_try_help(1);
	if (directory && !is_directory(directory))
		core_error(1, errno ? errno : ENOTDIR, "target directory %s", core_quoteaf(directory));
	if (!directory && !plain) {
		if (is_directory(argv[count - 1]))
			directory = argv[--count];
		else if (count > 2) {
			struct stat st;

			core_error(1, stat(argv[count - 1], &st) == 0 ? ENOTDIR : errno, "target %s", core_quoteaf(argv[count - 1]));
		}
	}
	if (!directory)
		return !one(argv[0], argv[1]);
	for (; count > 0; count--, argv++)
		if (!one(argv[0], inside(directory, argv[0])))
			status = 1;
	return status;
}
