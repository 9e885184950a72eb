/* Copying of files and trees. */
#define _GNU_SOURCE
#include "copy.h"
#include "core.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Files with more than one name that were copied already, for -a and -d. */
struct copied { struct copied *next; dev_t dev; ino_t ino; char *to; };
static struct copied *copied;

static char *join(const char *directory, const char *name)
{
	char *path = core_malloc(strlen(directory) + strlen(name) + 2);

	sprintf(path, directory[strlen(directory) - 1] == '/' ? "%s%s" : "%s/%s", directory, name);
	return path;
}

/* Unless they were asked for by name, nothing is said of those that cannot be set. */
static void xattrs(const char *from, const char *to, const struct copy_options *options)
{
	char names[65536], value[65536];
	ssize_t size = llistxattr(from, names, sizeof names);

	for (char *name = names; name < names + size; name += strlen(name) + 1) {
		ssize_t n = lgetxattr(from, name, value, sizeof value);

		if (n >= 0 && lsetxattr(to, name, value, n, 0) != 0 && options->preserve_xattrs > 1)
			core_error(0, errno, "setting attribute %s for %s", core_quoteaf(name), core_quoteaf(name));
	}
}

static void attributes(const char *from, const char *to, const struct stat *st, const struct copy_options *options)
{
	struct timespec times[2] = { st->st_atim, st->st_mtim };

	if (options->preserve_times)
		utimensat(AT_FDCWD, to, times, AT_SYMLINK_NOFOLLOW);
	if (options->preserve_owner && lchown(to, st->st_uid, st->st_gid) != 0 && errno != EPERM)
		core_error(0, errno, "failed to preserve ownership for %s", core_quoteaf(to));
	/* a change of the owner takes capabilities away */
	if (options->preserve_xattrs && !S_ISLNK(st->st_mode))
		xattrs(from, to, options);
	if (options->preserve_mode && !S_ISLNK(st->st_mode) && chmod(to, st->st_mode & 07777) != 0)
		core_error(0, errno, "preserving permissions for %s", core_quoteaf(to));
}

static int regular(const char *from, const char *to, const struct stat *st, int exists, const struct copy_options *options)
{
	char buf[32768];
	ssize_t got;
	int in = open(from, O_RDONLY), out, good = 1;

	if (in < 0) {
		core_error(0, errno, "cannot open %s for reading", core_quoteaf(from));
		return 0;
	}
	if (exists) {
		out = open(to, O_WRONLY | O_TRUNC);
		if (out < 0 && options->force && unlink(to) == 0)
			out = open(to, O_WRONLY | O_CREAT | O_EXCL, st->st_mode & 0777);
	} else {
		out = open(to, O_WRONLY | O_CREAT | O_EXCL, st->st_mode & 0777);
	}
	if (out < 0) {
		if (errno == EISDIR && !exists && to[strlen(to) - 1] == '/')
			errno = ENOTDIR;
		core_error(0, errno, "cannot create regular file %s", core_quoteaf(to));
		close(in);
		return 0;
	}
	while ((got = read(in, buf, sizeof buf)) > 0) {
		char *at = buf;

		while (got > 0) {
			ssize_t wrote = write(out, at, (size_t)got);

			if (wrote < 0) {
				core_error(0, errno, "error writing %s", core_quoteaf(to));
				close(in);
				close(out);
				return 0;
			}
			at += wrote;
			got -= wrote;
		}
	}
	if (got < 0) {
		core_error(0, errno, "error reading %s", core_quoteaf(from));
		good = 0;
	}
	close(in);
	close(out);
	return good;
}

static int special(const char *from, const char *to, const struct stat *st, int exists)
{
	char target[4096];
	ssize_t length;

	if (exists)
		unlink(to);
	if (S_ISLNK(st->st_mode)) {
		length = readlink(from, target, sizeof target - 1);
		if (length < 0) {
			core_error(0, errno, "cannot read symbolic link %s", core_quoteaf(from));
			return 0;
		}
		target[length] = '\0';
		if (symlink(target, to) != 0) {
			core_error(0, errno, "cannot create symbolic link %s", core_quoteaf(to));
			return 0;
		}
		return 1;
	}
	if (mknod(to, st->st_mode, st->st_rdev) != 0) {
		core_error(0, errno, S_ISFIFO(st->st_mode) ? "cannot create fifo %s" : "cannot create special file %s", core_quoteaf(to));
		return 0;
	}
	return 1;
}

static int names(const char *from, char ***list)
{
	DIR *directory = opendir(from);
	struct dirent *entry;
	int count = 0, room = 0;

	*list = NULL;
	if (!directory) {
		core_error(0, errno, "cannot access %s", core_quoteaf(from));
		return -1;
	}
	while ((entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (count == room)
			*list = core_realloc(*list, (size_t)(room = room ? room * 2 : 16) * sizeof **list);
		(*list)[count++] = core_strdup(entry->d_name);
	}
	closedir(directory);
	return count;
}

static int is_below(const char *directory, const char *path)
{
	char *outer = realpath(directory, NULL), *copy = core_strdup(path), *slash = strrchr(copy, '/'), *inner;
	size_t length;
	int below;

	if (slash)
		*slash = '\0';
	inner = realpath(slash ? *copy ? copy : "/" : ".", NULL);
	length = outer ? strlen(outer) : 0;
	below = outer && inner && strncmp(inner, outer, length) == 0 && (inner[length] == '/' || !inner[length]);
	free(outer);
	free(inner);
	free(copy);
	return below;
}

static int tree(const char *from, const char *to, const struct stat *st, int exists, const struct copy_options *options, int is_argument)
{
	char **list;
	int count, i, good = 1;

	if (!options->recursive) {
		core_error(0, 0, "-r not specified; omitting directory %s", core_quoteaf(from));
		return 0;
	}
	if (is_argument && is_below(from, to)) {
		core_error(0, 0, "cannot copy a directory, %s, into itself, %s", core_quoteaf(from), core_quoteaf(to));
		return 0;
	}
	count = names(from, &list);
	if (count < 0)
		return 0;
	if (!exists && mkdir(to, (st->st_mode & 07777) | 0700) != 0) {
		core_error(0, errno, "cannot create directory %s", core_quoteaf(to));
		return 0;
	}
	if (!exists && options->verbose)
		printf("%s -> %s\n", core_quoteaf(from), core_quoteaf(to));
	for (i = 0; i < count; i++) {
		char *inner = join(from, list[i]), *target = join(to, list[i]);

		good &= copy_path(inner, target, options, 0);
		free(inner);
		free(target);
		free(list[i]);
	}
	free(list);
	if (!exists && !options->preserve_mode) {
		mode_t mask = umask(0);

		umask(mask);
		chmod(to, st->st_mode & 0777 & ~mask);
	}
	return good;
}

/* A link to what was copied from the same file before; 1 made, 0 none. */
static int second_name(const struct stat *st, const char *to)
{
	struct copied *at;

	for (at = copied; at; at = at->next)
		if (at->dev == st->st_dev && at->ino == st->st_ino)
			return link(at->to, to) == 0;
	at = core_malloc(sizeof *at);
	at->dev = st->st_dev;
	at->ino = st->st_ino;
	at->to = core_strdup(to);
	at->next = copied;
	copied = at;
	return 0;
}

static int may_replace(const char *from, const char *to, const struct stat *st, const struct stat *old, const struct copy_options *options)
{
	if (S_ISDIR(old->st_mode) && !S_ISDIR(st->st_mode)) {
		core_error(0, 0, "cannot overwrite directory %s with non-directory", core_quoteaf(to));
		return -1;
	}
	if (S_ISDIR(st->st_mode) && !S_ISDIR(old->st_mode)) {
		core_error(0, 0, "cannot overwrite non-directory %s with directory %s", core_quoteaf(to), core_quoteaf(from));
		return -1;
	}
	if (S_ISDIR(st->st_mode))
		return 1;
	if (options->no_clobber)
		return 0;
	if (options->update && old->st_mtime >= st->st_mtime)
		return 0;
	if (options->interactive) {
		fprintf(stderr, "%s: overwrite %s? ", core_name, core_quoteaf(to));
		return core_yes();
	}
	return 1;
}

int copy_path(const char *from, const char *to, const struct copy_options *options, int is_argument)
{
	int follow = options->dereference || (options->dereference_args && is_argument), exists, good, replace;
	struct stat st, old, target;

	if ((follow ? stat(from, &st) : lstat(from, &st)) != 0) {
		core_error(0, errno, "cannot stat %s", core_quoteaf(from));
		return 0;
	}
	if (S_ISDIR(st.st_mode) && !options->recursive)
		return tree(from, to, &st, 0, options, is_argument);
	exists = lstat(to, &old) == 0;
	if (exists) {
		if (stat(to, &target) == 0 && target.st_ino == st.st_ino && target.st_dev == st.st_dev && !options->remove_destination &&
		    !(S_ISLNK(st.st_mode) != S_ISLNK(old.st_mode) && !follow)) {
			core_error(0, 0, "%s and %s are the same file", core_quoteaf(from), core_quoteaf(to));
			return 0;
		}
		if (S_ISLNK(old.st_mode) && !S_ISLNK(st.st_mode)) {
			if (stat(to, &target) == 0)
				old = target;
			else if (!options->remove_destination && !options->force) {
				core_error(0, 0, "not writing through dangling symlink %s", core_quoteaf(to));
				return 0;
			}
		}
		replace = may_replace(from, to, &st, &old, options);
		if (replace <= 0)
			return replace == 0;
		if (options->remove_destination && !S_ISDIR(old.st_mode)) {
			unlink(to);
			exists = 0;
		}
	}
	if (S_ISDIR(st.st_mode)) {
		good = tree(from, to, &st, exists, options, is_argument);
	} else {
		if (options->verbose)
			printf("%s -> %s\n", core_quoteaf(from), core_quoteaf(to));
		if (options->preserve_links && st.st_nlink > 1 && !exists && second_name(&st, to))
			return 1;
		if (options->hard_link) {
			if (exists && options->force)
				unlink(to);
			good = link(from, to) == 0;
			if (!good)
				core_error(0, errno, "cannot create hard link %s to %s", core_quoteaf(to), core_quoteaf(from));
			return good;
		}
		if (options->symbolic_link) {
			good = symlink(from, to) == 0;
			if (!good)
				core_error(0, errno, "cannot create symbolic link %s", core_quoteaf(to));
			return good;
		}
		if (S_ISREG(st.st_mode) || (!options->recursive && !S_ISLNK(st.st_mode)))
			good = regular(from, to, &st, exists, options);
		else
			good = special(from, to, &st, exists);
	}
	if (good)
		attributes(from, to, &st, options);
	return good;
}

int copy_remove_tree(const char *path)
{
	struct stat st;
	char **list;
	int count, i, good = 1;

	if (lstat(path, &st) != 0)
		return 0;
	if (!S_ISDIR(st.st_mode)) {
		if (unlink(path) == 0)
			return 1;
		core_error(0, errno, "cannot remove %s", core_quoteaf(path));
		return 0;
	}
	count = names(path, &list);
	for (i = 0; i < count; i++)
		good &= copy_remove_tree(join(path, list[i]));
	if (good && rmdir(path) == 0)
		return 1;
	core_error(0, errno, "cannot remove %s", core_quoteaf(path));
	return 0;
}
