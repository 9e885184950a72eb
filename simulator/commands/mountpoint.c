/* mountpoint(1) of util-linux. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_mountinfo.h"

#include <err.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#define NOT_ONE 32
enum { OPT_NOFOLLOW = 256 };
static const struct option LONG[] = {
	{ "quiet", 0, 0, 'q' }, { "nofollow", 0, 0, OPT_NOFOLLOW }, { "fs-devno", 0, 0, 'd' }, { "devno", 0, 0, 'x' }, { "help", 0, 0, 'h' }, { "version", 0, 0, 'V' }, { 0, 0, 0, 0 },
};

int main(int argc, char *argv[])
{
	bool quiet = false, number = false, device = false, follow = true;
	struct stat st;
	int c;
	while ((c = getopt_long(argc, argv, "qdxhV", LONG, NULL)) != -1) {
		switch (c) {
		case 'q': quiet = true; break;
		case 'd': number = true; break;
		case 'x': device = true; break;
		case OPT_NOFOLLOW: follow = false; break;
		case 'h': ul_help(" mountpoint [-qd] <directory>\n mountpoint -x <device>\n\nSee mountpoint(1).\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (optind + 1 != argc) {
		warnx("bad usage");
		ul_try_help();
	}
	const char *path = argv[optind];
	if ((follow ? stat : lstat)(path, &st) != 0) {
		if (!quiet)
			err(EXIT_FAILURE, "%s", path);
		return EXIT_FAILURE;
	}
	if (device) {
		if (!S_ISBLK(st.st_mode)) {
			if (!quiet)
				warnx("%s: not a block device", path);
			return NOT_ONE;
		}
		printf("%u:%u\n", major(st.st_rdev), minor(st.st_rdev));
		return EXIT_SUCCESS;
	}
	char canonical[PATH_MAX];
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	bool is_one = (follow || !S_ISLNK(st.st_mode)) && realpath(path, canonical) && ul_mount_on(&mounts, canonical);
	if (!is_one) {
		if (!quiet)
			printf("%s is not a mountpoint\n", path);
		return NOT_ONE;
	}
	if (number)
		printf("%u:%u\n", major(st.st_dev), minor(st.st_dev));
	else if (!quiet)
		printf("%s is a mountpoint\n", path);
	return EXIT_SUCCESS;
}
