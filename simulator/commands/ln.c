/* ln(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int symbolic, force, verbose, interactive, no_dereference, follow, relative;

/* The way from the directory of `to` to `from`. */
static char *relative_to(const char *from, const char *to)
{
	char *target = realpath(from, NULL), *copy = core_strdup(to), *slash = strrchr(copy, '/'), *base, *out, *at;
	size_t common = 0, i;

	if (slash)
		*slash = '\0';
	base = realpath(slash ? *copy ? copy : "/" : ".", NULL);
	if (!target || !base)
		return core_strdup(from);
	for (i = 0; target[i] && target[i] == base[i]; i++)
		if (target[i] == '/')
			common = i;
	if ((!target[i] || target[i] == '/') && (!base[i] || base[i] == '/'))
		common = i;
	out = at = core_malloc(strlen(base) * 3 + strlen(target) + 2);
	*at = '\0';
	for (i = common; base[i]; i++)
		if (base[i] == '/' && base[i + 1])
			at = stpcpy(at, "../");
	strcpy(at, target[common] == '/' ? target + common + 1 : target + common);
	if (!*out)
		strcpy(out, ".");
	return out;
}

static int one(const char *from, const char *to)
{
	struct stat source, target;
	const char *text = from;
	int result;

	if (!symbolic) {
		if ((follow ? stat(from, &source) : lstat(from, &source)) != 0) {
			core_error(0, errno, "failed to access %s", core_quoteaf(from));
			return 0;
		}
		if (S_ISDIR(source.st_mode)) {
			core_error(0, 0, "%s: hard link not allowed for directory", core_quotef(from));
			return 0;
		}
	}
	if (relative)
		text = relative_to(from, to);
	if ((force || interactive) && lstat(to, &target) == 0) {
		if (S_ISDIR(target.st_mode)) {
			core_error(0, 0, "%s: cannot overwrite directory", core_quotef(to));
			return 0;
		}
		if (!symbolic && source.st_ino == target.st_ino && source.st_dev == target.st_dev && strcmp(from, to) == 0) {
			core_error(0, 0, "%s and %s are the same file", core_quoteaf(from), core_quoteaf(to));
			return 0;
		}
		if (interactive) {
			fprintf(stderr, "%s: replace %s? ", core_name, core_quoteaf(to));
			if (!core_yes())
				return 0;
		}
		unlink(to);
	}
	result = symbolic ? symlink(text, to) : linkat(AT_FDCWD, from, AT_FDCWD, to, follow ? AT_SYMLINK_FOLLOW : 0);
	if (result != 0) {
		if (symbolic && (errno == ENAMETOOLONG || !*text))
			core_error(0, errno, "failed to create symbolic link %s -> %s", core_quoteaf(to), core_quoteaf(text));
		else if (symbolic)
			core_error(0, errno, "failed to create symbolic link %s", core_quoteaf(to));
		else if (errno == EEXIST || errno == ENOENT || errno == ENOTDIR || errno == EROFS || errno == EDQUOT || errno == ENOSPC)
			core_error(0, errno, "failed to create hard link %s", core_quoteaf(to));
		else
			core_error(0, errno, "failed to create hard link %s => %s", core_quoteaf(to), core_quoteaf(from));
		return 0;
	}
	if (verbose)
		printf(symbolic ? "%s -> %s\n" : "%s => %s\n", core_quoteaf(to), core_quoteaf(text));
	return 1;
}

static char *inside(const char *directory, const char *path)
{
	char *base = core_base_name(path), *out = core_malloc(strlen(directory) + strlen(base) + 2);

	sprintf(out, directory[strlen(directory) - 1] == '/' ? "%s%s" : "%s/%s", directory, base);
	return out;
}

static int is_directory(const char *path)
{
	struct stat st;

	return (no_dereference ? lstat(path, &st) : stat(path, &st)) == 0 && S_ISDIR(st.st_mode);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "symbolic", 0, NULL, 's' }, { "force", 0, NULL, 'f' }, { "verbose", 0, NULL, 'v' }, { "interactive", 0, NULL, 'i' },
		{ "no-dereference", 0, NULL, 'n' }, { "no-target-directory", 0, NULL, 'T' }, { "target-directory", 1, NULL, 't' }, { "relative", 0, NULL, 'r' },
		{ "logical", 0, NULL, 'L' }, { "physical", 0, NULL, 'P' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *directory = NULL;
	int option, plain = 0, status = 0, count;

	core_start(argv[0], "[OPTION]... [-T] TARGET LINK_NAME");
	while ((option = core_getopt(argc, argv, "bdfinrst:vFLPS:T", longs)) != -1) {
		switch (option) {
		case 's': symbolic = 1; break;
		case 'f': force = 1; interactive = 0; break;
		case 'v': verbose = 1; break;
		case 'i': interactive = 1; force = 0; break;
		case 'n': no_dereference = 1; break;
		case 'T': plain = 1; break;
		case 't': directory = optarg; break;
		case 'r': relative = 1; break;
		case 'L': follow = 1; break;
		case 'P': follow = 0; break;
		}
	}
	argv += optind;
	count = argc - optind;
	if (count == 0)
		core_error(0, 0, "missing file operand"), core_try_help(1);
	if (plain && count != 2) {
		if (count < 2)
			core_error(0, 0, "missing destination file operand after %s", core_quoteaf(argv[0]));
		else
			core_error(0, 0, "extra operand %s", core_quoteaf(argv[2]));
		core_try_help(1);
	}
	if (!directory && !plain) {
		if (count == 1)
			directory = ".";
		else if (is_directory(argv[count - 1]))
			directory = argv[--count];
		else if (count > 2)
			core_error(1, stat(argv[count - 1], &(struct stat){ .st_mode = 0 }) == 0 ? ENOTDIR : errno, "target %s", core_quoteaf(argv[count - 1]));
	} else if (directory && !is_directory(directory)) {
		core_error(1, errno ? errno : ENOTDIR, "target directory %s", core_quoteaf(directory));
	}
	if (!directory)
		return !one(argv[0], argv[1]);
	for (; count > 0; count--, argv++)
		if (!one(argv[0], inside(directory, argv[0])))
			status = 1;
	return status;
}
