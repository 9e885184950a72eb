/* umount(8) of util-linux. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_mountinfo.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { EX_USAGE = 1, EX_FAIL = 32 };
enum { OPT_FAKE = 256 };
static const struct option LONG[] = {
	{ "all", 0, 0, 'a' }, { "all-targets", 0, 0, 'A' }, { "detach-loop", 0, 0, 'd' }, { "fake", 0, 0, OPT_FAKE }, { "force", 0, 0, 'f' }, { "help", 0, 0, 'h' },
	{ "internal-only", 0, 0, 'i' }, { "lazy", 0, 0, 'l' }, { "no-canonicalize", 0, 0, 'c' }, { "no-mtab", 0, 0, 'n' }, { "quiet", 0, 0, 'q' },
	{ "read-only", 0, 0, 'r' }, { "recursive", 0, 0, 'R' }, { "test-opts", 1, 0, 'O' }, { "types", 1, 0, 't' }, { "verbose", 0, 0, 'v' }, { "version", 0, 0, 'V' },
	{ "namespace", 1, 0, 'N' }, { 0, 0, 0, 0 },
};

static bool quiet, verbose, fake, read_only;
static int flags;

static int explain(const char *target, int error)
{
	const char *text = NULL;
	switch (error) {
	case EPERM: text = "must be superuser to unmount"; break;
	case EBUSY: text = "target is busy"; break;
	case EINVAL: text = "not mounted"; break;
	case ENOENT: text = "no mount point specified"; break;
	case EACCES: text = "can't write superblock"; break;
	case ENXIO: text = "invalid block device"; break;
	case EIO: text = "can't write superblock"; break;
	case EOPNOTSUPP: text = "block devices are not permitted on filesystem"; break;
	}
	if (quiet && error == EINVAL)
		return EX_FAIL;
	errno = error;
	if (text)
		warnx("%s: %s.", target, text);
	else
		fprintf(stderr, "umount: %s: umount(2) system call failed: %m.\n", target);
	return EX_FAIL;
}

/* Whoever is not root is told of what is not there before the kernel refuses everything. */
static int refused(const char *target)
{
	struct ul_mounts mounts;
	char path[PATH_MAX];

	if (!realpath(target, path)) {
		warn("%s", target);
		return EX_USAGE;
	}
	mounts = ul_mounts_read("/proc/self/mountinfo");
	if (ul_mount_on(&mounts, path))
		return explain(target, EPERM);
	if (!quiet)
		warnx("%s: not mounted.", target);
	return EX_USAGE;
}

static int unmount(const char *target)
{
	if (!fake && umount2(target, flags) != 0) {
		int error = errno;
		if (read_only && error == EBUSY && mount("none", target, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0) {
			warnx("%s: successfully remounted read-only", target);
			return EXIT_SUCCESS;
		}
		return explain(target, error);
	}
	if (verbose)
		printf("umount: %s unmounted\n", target);
	return EXIT_SUCCESS;
}

/* A mount and all below it, the last one first. */
static int recursive(const char *target)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	const struct ul_mount *top = ul_mount_on(&mounts, target);
	bool below[mounts.n + 1];
	if (!top) {
		if (!quiet)
			warnx("%s: not mounted", target);
		return EX_USAGE;
	}
	for (size_t i = 0; i < mounts.n; i++) {
		below[i] = mounts.list[i].id == top->id;
		for (size_t j = 0; j < i && !below[i]; j++)
			below[i] = below[j] && mounts.list[j].id == mounts.list[i].parent;
	}
	for (size_t i = mounts.n; i > 0; i--)
		if (below[i - 1]) {
			int status = unmount(mounts.list[i - 1].target);
			if (status)
				return status;
		}
	return EXIT_SUCCESS;
}

/* Every place where the file system of `target` is mounted. */
static int everywhere(const char *target, bool recursively)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	const struct ul_mount *one = ul_mount_on(&mounts, target);
	int status = EXIT_SUCCESS;
	if (!one) {
		if (!quiet)
			warnx("%s: not mounted", target);
		return EX_USAGE;
	}
	for (size_t i = mounts.n; i > 0; i--) {
		const struct ul_mount *m = &mounts.list[i - 1];
		if (m->major == one->major && m->minor == one->minor)
			status |= recursively ? recursive(m->target) : unmount(m->target);
	}
	return status;
}

/* All mounts of those types but what a system lives on. */
static int all(const char *types)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	int status = EXIT_SUCCESS;
	for (size_t i = mounts.n; i > 0; i--) {
		const struct ul_mount *m = &mounts.list[i - 1];
		if (ul_type_matches(m->type, types ? types : "noproc,devfs,devpts,sysfs,rpc_pipefs,nfsd,selinuxfs"))
			status |= unmount(m->target);
	}
	return status;
}

/* Where the thing is mounted: the place itself, or that of a source of that name. */
static const char *place(const char *text, char *canonical, bool as_is)
{
	if (as_is || !realpath(text, canonical))
		strcpy(canonical, text);
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	if (ul_mount_on(&mounts, canonical))
		return canonical;
	for (size_t i = mounts.n; i > 0; i--)
		if (!strcmp(mounts.list[i - 1].source, text))
			return mounts.list[i - 1].target;
	return canonical;
}

int main(int argc, char *argv[])
{
	bool do_all = false, targets = false, recursively = false, as_is = false;
	const char *types = NULL, *namespace = NULL;
	int c, status = EXIT_SUCCESS;
	while ((c = getopt_long(argc, argv, "aAcdfhilnqRrO:t:vVN:", LONG, NULL)) != -1) {
		switch (c) {
		case 'a': do_all = true; break;
		case 'A': targets = true; break;
		case 'c': as_is = true; break;
		case 'f': flags |= MNT_FORCE; break;
		case 'l': flags |= MNT_DETACH; break;
		case 'q': quiet = true; break;
		case 'R': recursively = true; break;
		case 'r': read_only = true; break;
		case 't': types = optarg; break;
		case 'v': verbose = true; break;
		case 'N': namespace = optarg; break;
		case OPT_FAKE: fake = true; break;
		case 'd': case 'i': case 'n': case 'O': break;
		case 'h': ul_help(" umount -a [-t <types>]\n umount [options] <source> | <directory>\n\nSee umount(8).\n");
		case 'V':
			printf("umount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n");
			return EXIT_SUCCESS;
		default: ul_try_help();
		}
	}
	if (namespace) {
		char path[PATH_MAX];
		snprintf(path, sizeof path, strspn(namespace, "0123456789") == strlen(namespace) ? "/proc/%s/ns/mnt" : "%s", namespace);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || setns(fd, CLONE_NEWNS) != 0)
			err(EX_FAIL, "failed to set target namespace to %s", namespace);
	}
	if (do_all)
		return all(types);
	if (optind >= argc) {
		warnx("bad usage");
		ul_try_help();
	}
	for (; optind < argc; optind++) {
		char canonical[PATH_MAX];
		const char *target = place(argv[optind], canonical, as_is);
		if (getuid() != 0)
			status |= refused(target);
		else
			status |= targets ? everywhere(target, recursively) : recursively ? recursive(target) : unmount(target);
	}
	return status;
}
