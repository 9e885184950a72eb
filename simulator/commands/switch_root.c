/* switch_root(8) of util-linux 2.38: moves the mounts of the system to a new root and starts its init. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int switch_to(const char *root)
{
	static const char *const moved[] = { "/dev", "/proc", "/sys", "/run" };
	struct stat st, other;
	char path[4096];
	size_t i;

	if (stat(root, &st) != 0) {
		warn("stat of %s failed", root);
		return -1;
	}
	for (i = 0; i < sizeof moved / sizeof *moved; i++) {
		snprintf(path, sizeof path, "%s%s", root, moved[i]);
		if (stat(moved[i], &other) == 0 && stat("/", &st) == 0 && other.st_dev == st.st_dev)
			continue;
		if (stat(path, &st) != 0 || stat(root, &other) != 0 || st.st_dev != other.st_dev) {
			umount2(moved[i], MNT_DETACH);
			continue;
		}
		if (mount(moved[i], path, NULL, MS_MOVE, NULL) < 0) {
			warn("failed to mount moving %s to %s", moved[i], path);
			warnx("forcing unmount of %s", moved[i]);
			umount2(moved[i], MNT_FORCE);
		}
	}
	if (chdir(root) != 0) {
		warn("failed to change directory to %s", root);
		return -1;
	}
	if (mount(root, "/", NULL, MS_MOVE, NULL) < 0) {
		warn("failed to mount moving %s to /", root);
		return -1;
	}
	if (chroot(".") != 0) {
		warn("failed to change root");
		return -1;
	}
	return chdir("/");
}

int main(int argc, char **argv)
{
	if (argc > 1 && (strcmp(argv[1], "-V") == 0 || strcmp(argv[1], "--version") == 0))
		ul_version();
	if (argc > 1 && (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0))
		ul_help(" switch_root [options] <newrootdir> <init> <args to init>\n\nSwitch to another filesystem as the root of the mount tree.\n");
	if (argc < 3) {
		warnx("not enough arguments");
		ul_try_help();
	}
	if (switch_to(argv[1]) != 0)
		errx(EXIT_FAILURE, "failed. Sorry.");
	if (access(argv[2], X_OK) != 0)
		warn("cannot access %s", argv[2]);
	execv(argv[2], argv + 2);
	err(EXIT_FAILURE, "failed to execute %s", argv[2]);
}
