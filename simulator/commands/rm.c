/* rm(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int force, recursive, interactive, verbose, directories, preserve_root = 1, one_filesystem;

static int asks(const char *path, const struct stat *st, int descend)
{
	int protected = !force && !S_ISLNK(st->st_mode) && access(path, W_OK) != 0 && isatty(0);
	const char *kind = S_ISDIR(st->st_mode) ? "directory" : S_ISLNK(st->st_mode) ? "symbolic link" : S_ISREG(st->st_mode) ? st->st_size ? "regular file" : "regular empty file" :
			   S_ISFIFO(st->st_mode) ? "fifo" : S_ISSOCK(st->st_mode) ? "socket" : S_ISCHR(st->st_mode) ? "character special file" : "block special file";

	if (!interactive && !protected)
		return 1;
	fflush(stdout);
	if (descend)
		fprintf(stderr, "%s: descend into %sdirectory %s? ", core_name, protected ? "write-protected " : "", core_quoteaf(path));
	else
		fprintf(stderr, "%s: remove %s%s %s? ", core_name, protected ? "write-protected " : "", kind, core_quoteaf(path));
	return core_yes();
}

static int cannot(const char *path)
{
	core_error(0, errno, "cannot remove %s", core_quoteaf(path));
	return 0;
}

static int remove_one(const char *path);

static int tree(const char *path, const struct stat *st)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	char **names = NULL;
	int count = 0, room = 0, i, good = 1, open_error = errno;

	if (!directory) {
		/* An empty directory need not be readable. */
		if (rmdir(path) == 0) {
			if (verbose)
				printf("removed directory %s\n", core_quoteaf(path));
			return 1;
		}
		errno = open_error;
		return cannot(path);
	}
	while ((entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (count == room)
			names = core_realloc(names, (size_t)(room = room ? room * 2 : 16) * sizeof *names);
		names[count++] = core_strdup(entry->d_name);
	}
	closedir(directory);
	if (count > 0 && !asks(path, st, 1))
		return 1;
	for (i = 0; i < count; i++) {
		char *inner = core_malloc(strlen(path) + strlen(names[i]) + 2);

		sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, names[i]);
		good &= remove_one(inner);
		free(inner);
		free(names[i]);
	}
	free(names);
	if (!good)
		return 0;
	if (!asks(path, st, 0))
		return 1;
	if (rmdir(path) != 0)
		return cannot(path);
	if (verbose)
		printf("removed directory %s\n", core_quoteaf(path));
	return 1;
}

static int remove_one(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (force && (errno == ENOENT || errno == ENOTDIR))
			return 1;
		return cannot(path);
	}
	if (S_ISDIR(st.st_mode)) {
		if (recursive)
			return tree(path, &st);
		if (!directories) {
			errno = EISDIR;
			return cannot(path);
		}
		if (!asks(path, &st, 0))
			return 1;
		if (rmdir(path) != 0)
			return cannot(path);
		if (verbose)
			printf("removed directory %s\n", core_quoteaf(path));
		return 1;
	}
	if (!asks(path, &st, 0))
		return 1;
	if (unlink(path) != 0)
		return cannot(path);
	if (verbose)
		printf("removed %s\n", core_quoteaf(path));
	return 1;
}

static int refused(const char *path)
{
	char *base = core_base_name(path);
	struct stat root, st;

	if (recursive && (strcmp(base, ".") == 0 || strcmp(base, "..") == 0)) {
		core_error(0, 0, "refusing to remove %s or %s directory: skipping %s", core_quoteaf("."), core_quoteaf(".."), core_quoteaf(path));
		return 1;
	}
	if (recursive && preserve_root && stat("/", &root) == 0 && lstat(path, &st) == 0 && st.st_ino == root.st_ino && st.st_dev == root.st_dev) {
		if (strcmp(path, "/") == 0)
			core_error(0, 0, "it is dangerous to operate recursively on %s", core_quoteaf(path));
		else
			core_error(0, 0, "it is dangerous to operate recursively on %s (same as %s)", core_quoteaf(path), core_quoteaf("/"));
		core_error(0, 0, "use --no-preserve-root to override this failsafe");
		return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "force", 0, NULL, 'f' }, { "interactive", 2, NULL, 'i' }, { "recursive", 0, NULL, 'r' }, { "dir", 0, NULL, 'd' }, { "verbose", 0, NULL, 'v' },
		{ "no-preserve-root", 0, NULL, 'N' }, { "preserve-root", 2, NULL, 'P' }, { "one-file-system", 0, NULL, 'x' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, status = 0, once = 0;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "dfirvIR", longs)) != -1) {
		switch (option) {
		case 'd': directories = 1; break;
		case 'f': force = 1; interactive = 0; break;
		case 'i': interactive = !optarg || strcmp(optarg, "never") != 0; force = 0; break;
		case 'I': once = 1; force = 0; break;
		case 'r': case 'R': recursive = 1; break;
		case 'v': verbose = 1; break;
		case 'N': preserve_root = 0; break;
		case 'x': one_filesystem = 1; break;
		}
	}
	if (optind == argc) {
		if (force)
			return 0;
		core_missing_operand(NULL);
	}
	if (once && (recursive || argc - optind > 3)) {
		fprintf(stderr, recursive ? "%s: remove %d argument%s recursively? " : "%s: remove %d argument%s? ", core_name, argc - optind, argc - optind > 1 ? "s" : "");
		if (!core_yes())
			return 0;
	}
	for (; optind < argc; optind++) {
		char *path = argv[optind];

		if (refused(path) || !remove_one(path))
			status = 1;
	}
	return status;
}
