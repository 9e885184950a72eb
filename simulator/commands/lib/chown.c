/* chown and chgrp of coreutils: one program but for what the first operand is. */
#define _GNU_SOURCE
#include "chown.h"
#include "core.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int recursive, verbose, changes, quiet, no_dereference, status, group_only;
static uid_t uid = (uid_t)-1;
static gid_t gid = (gid_t)-1;
static uid_t only_uid = (uid_t)-1;
static gid_t only_gid = (gid_t)-1;
static const char *asked = "";

static void say(const char *path, const struct stat *old)
{
	char room[24], from[64], to[64], group_room[24];
	int changed = (uid != (uid_t)-1 && uid != old->st_uid) || (gid != (gid_t)-1 && gid != old->st_gid);

	if (!changed && changes)
		return;
	/* What it was asked to become is told in the words of the question. */
	snprintf(to, sizeof to, "%.*s%s%s", uid != (uid_t)-1 ? (int)strcspn(asked, ":") : 0, asked, uid != (uid_t)-1 && gid != (gid_t)-1 ? ":" : "",
		 gid == (gid_t)-1 ? "" : group_only ? asked : strchr(asked, ':') && strchr(asked, ':')[1] ? strchr(asked, ':') + 1 : core_group(gid, group_room));
	snprintf(from, sizeof from, "%s%s%s", uid != (uid_t)-1 ? core_user(old->st_uid, room) : "", uid != (uid_t)-1 && gid != (gid_t)-1 ? ":" : "",
		 gid != (gid_t)-1 ? core_group(old->st_gid, group_room) : "");
	if (uid == (uid_t)-1)
		printf(changed ? "changed group of %s from %s to %s\n" : "group of %s retained as %s\n", core_quoteaf(path), from, to);
	else
		printf(changed ? "changed ownership of %s from %s to %s\n" : "ownership of %s retained as %s\n", core_quoteaf(path), from, to);
}

static void one(const char *path, int is_argument)
{
	int nofollow = no_dereference || (recursive && !is_argument);
	struct stat st;

	if ((nofollow ? lstat(path, &st) : stat(path, &st)) != 0) {
		if (!quiet)
			core_error(0, errno, errno == ENOENT && lstat(path, &st) == 0 ? "cannot dereference %s" : "cannot access %s", core_quoteaf(path));
		status = 1;
		return;
	}
	if (recursive && S_ISDIR(st.st_mode)) {
		DIR *directory = opendir(path);
		struct dirent *entry;

		if (!directory) {
			if (!quiet)
				core_error(0, errno, "cannot read directory %s", core_quoteaf(path));
			status = 1;
		}
		while (directory && (entry = readdir(directory)) != NULL) {
			char *inner;

			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			inner = core_malloc(strlen(path) + strlen(entry->d_name) + 2);
			sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, entry->d_name);
			one(inner, 0);
			free(inner);
		}
		if (directory)
			closedir(directory);
	}
	if ((only_uid != (uid_t)-1 && st.st_uid != only_uid) || (only_gid != (gid_t)-1 && st.st_gid != only_gid))
		return;
	if (fchownat(AT_FDCWD, path, uid, gid, nofollow ? AT_SYMLINK_NOFOLLOW : 0) != 0) {
		if (!quiet)
			core_error(0, errno, uid == (uid_t)-1 ? "changing group of %s" : "changing ownership of %s", core_quoteaf(path));
		status = 1;
	} else if (verbose) {
		say(path, &st);
	}
}

static void read_group(const char *text)
{
	const struct group *group = getgrnam(text);
	char *end;

	if (!*text)
		return;
	if (group) {
		gid = group->gr_gid;
		return;
	}
	gid = (gid_t)strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end)
		core_error(1, 0, "invalid group: %s", core_quote(text));
}

int chown_main(int argc, char **argv, int group)
{
	static const struct option longs[] = {
		{ "changes", 0, NULL, 'c' }, { "recursive", 0, NULL, 'R' }, { "silent", 0, NULL, 'f' }, { "quiet", 0, NULL, 'f' }, { "verbose", 0, NULL, 'v' },
		{ "no-dereference", 0, NULL, 'h' }, { "dereference", 0, NULL, 'D' }, { "from", 1, NULL, 'F' }, { "reference", 1, NULL, 'r' },
		{ "no-preserve-root", 0, NULL, 'N' }, { "preserve-root", 0, NULL, 'N' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *reference = NULL, *wrong;
	struct stat st;
	int option;

	group_only = group;
	core_start(argv[0], group ? "[OPTION]... GROUP FILE..." : "[OPTION]... [OWNER][:[GROUP]] FILE...");
	while ((option = core_getopt(argc, argv, "cfhvHLPR", longs)) != -1) {
		switch (option) {
		case 'c': verbose = changes = 1; break;
		case 'f': quiet = 1; break;
		case 'h': no_dereference = 1; break;
		case 'R': recursive = 1; break;
		case 'v': verbose = 1; break;
		case 'r': reference = optarg; break;
		case 'F':
			wrong = core_parse_owner(optarg, &only_uid, &only_gid);
			if (wrong)
				core_error(1, 0, "%s: %s", wrong, core_quote(optarg));
			break;
		}
	}
	if (argc - optind < (reference ? 1 : 2))
		core_missing_operand(argc > optind ? argv[argc - 1] : NULL);
	if (reference) {
		if (stat(reference, &st) != 0)
			core_error(1, errno, "failed to get attributes of %s", core_quoteaf(reference));
		uid = group_only ? (uid_t)-1 : st.st_uid;
		gid = st.st_gid;
	} else if (group_only) {
		asked = argv[optind];
		read_group(argv[optind++]);
	} else {
		asked = argv[optind];
		wrong = core_parse_owner(argv[optind], &uid, &gid);
		if (wrong)
			core_error(1, 0, "%s: %s", wrong, core_quote(argv[optind]));
		optind++;
	}
	for (; optind < argc; optind++)
		one(argv[optind], 1);
	return status;
}
