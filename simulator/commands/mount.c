/* mount(8) of util-linux: shows the mounts, and makes and changes them. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_mount_options.h"
#include "lib/ul_mountinfo.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* How it ends, beside success. */
enum { EX_USAGE = 1, EX_FAIL = 32 };
enum {
	OPT_SHARED = 256, OPT_SLAVE, OPT_PRIVATE, OPT_UNBINDABLE, OPT_RSHARED, OPT_RSLAVE, OPT_RPRIVATE, OPT_RUNBINDABLE, OPT_SOURCE, OPT_TARGET, OPT_IGNORED,
};
static const struct option LONG[] = {
	{ "all", 0, 0, 'a' }, { "fake", 0, 0, 'f' }, { "fork", 0, 0, 'F' }, { "fstab", 1, 0, 'T' }, { "help", 0, 0, 'h' }, { "internal-only", 0, 0, 'i' },
	{ "label", 1, 0, 'L' }, { "show-labels", 0, 0, 'l' }, { "mkdir", 2, 0, 'm' }, { "no-mtab", 0, 0, 'n' }, { "namespace", 1, 0, 'N' }, { "options", 1, 0, 'o' },
	{ "test-opts", 1, 0, 'O' }, { "read-only", 0, 0, 'r' }, { "types", 1, 0, 't' }, { "uuid", 1, 0, 'U' }, { "verbose", 0, 0, 'v' }, { "version", 0, 0, 'V' },
	{ "read-write", 0, 0, 'w' }, { "rw", 0, 0, 'w' }, { "bind", 0, 0, 'B' }, { "move", 0, 0, 'M' }, { "rbind", 0, 0, 'R' }, { "no-canonicalize", 0, 0, 'c' },
	{ "make-shared", 0, 0, OPT_SHARED }, { "make-slave", 0, 0, OPT_SLAVE }, { "make-private", 0, 0, OPT_PRIVATE }, { "make-unbindable", 0, 0, OPT_UNBINDABLE },
	{ "make-rshared", 0, 0, OPT_RSHARED }, { "make-rslave", 0, 0, OPT_RSLAVE }, { "make-rprivate", 0, 0, OPT_RPRIVATE }, { "make-runbindable", 0, 0, OPT_RUNBINDABLE },
	{ "source", 1, 0, OPT_SOURCE }, { "target", 1, 0, OPT_TARGET }, { "options-mode", 1, 0, OPT_IGNORED }, { "options-source", 1, 0, OPT_IGNORED },
	{ "options-source-force", 0, 0, OPT_IGNORED }, { "target-prefix", 1, 0, OPT_IGNORED }, { 0, 0, 0, 0 },
};
static const char *const MAKE[] = { "shared", "slave", "private", "unbindable", "rshared", "rslave", "rprivate", "runbindable" };

static void bad_usage(void) __attribute__((noreturn));
static void bad_usage(void)
{
	warnx("bad usage");
	ul_try_help();
}

static void show(const char *types)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	for (size_t i = 0; i < mounts.n; i++) {
		const struct ul_mount *m = &mounts.list[i];
		if (types && !ul_type_matches(m->type, types))
			continue;
		char *options = ul_mount_options(m);
		printf("%s on %s type %s (%s)\n", m->source, m->target, m->type, options);
		free(options);
	}
}

/* After a failure: the message, and where the kernel may have said more. */
static int refused(const char *target, const char *format, ...) __attribute__((format(printf, 2, 3)));
static int refused(const char *target, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "mount: %s: ", target);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, ".\n       dmesg(1) may have more information after failed mount system call.\n");
	return EX_FAIL;
}

static bool exists(const char *path, mode_t *mode)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return false;
	*mode = st.st_mode;
	return true;
}

/* What went wrong with mount(2), in words. `propagation`: it was to change that only. */
static int explain(int error, const char *source, const char *target, const char *type, unsigned long flags, bool propagation)
{
	mode_t mode;
	switch (error) {
	case EPERM:
		return refused(target, geteuid() == 0 ? "permission denied" : "must be superuser to use mount");
	case EBUSY:
		return flags & MS_REMOUNT ? refused(target, "mount point is busy") : refused(target, "%s already mounted or mount point busy", source ? source : "none");
	case ENOENT:
		if (!exists(target, &mode))
			return refused(target, "mount point does not exist");
		if (source && !exists(source, &mode))
			return refused(target, "special device %s does not exist", source);
		break;
	case ENOTDIR:
		if (exists(target, &mode) && !S_ISDIR(mode) && !(flags & MS_BIND))
			return refused(target, "mount point is not a directory");
		if (source && !exists(source, &mode) && errno == ENOTDIR)
			return refused(target, "special device %s does not exist (a path prefix is not a directory)", source);
		break;
	case EINVAL:
		if (flags & MS_REMOUNT)
			return refused(target, "mount point not mounted or bad option");
		if (propagation)
			return refused(target, "not mount point or bad option");
		if (flags & MS_MOVE)
			return refused(target, "bad option; moving a mount residing under a shared mount is unsupported");
		return refused(target, "wrong fs type, bad option, bad superblock on %s, missing codepage or helper program, or other error", source ? source : "none");
	case EMFILE: return refused(target, "mount table full");
	case EIO: return refused(target, "can't read superblock on %s", source);
	case ENODEV: return refused(target, "unknown filesystem type '%s'", type);
	case ENOTBLK: return refused(target, "%s is not a block device", source);
	case EACCES:
	case EROFS:
		if (!(flags & MS_RDONLY) && source)
			return refused(target, "cannot mount %s read-only", source);
		break;
	}
	errno = error;
	return refused(target, "mount(2) system call failed: %m");
}

/* The first error of: the mount itself, what a bind mount needs a second call for, propagation. */
static int do_mount(const char *source, const char *target, const char *type, const struct ul_mount_request *request, bool mounts)
{
	unsigned long flags = request->flags, second = 0;
	const char *data = *request->data ? request->data : NULL;
	if (mounts) {
		if (flags & MS_BIND && !(flags & MS_REMOUNT)) {
			/* one call makes the bind mount, and only a further one can change its flags */
			second = flags & ~(unsigned long)(MS_BIND | MS_REC | MS_SILENT);
			flags &= MS_BIND | MS_REC | MS_SILENT;
		}
		if (mount(source ? source : "none", target, flags & (MS_BIND | MS_MOVE | MS_REMOUNT) ? (flags & MS_REMOUNT ? type : NULL) : type, flags, data) != 0)
			return explain(errno, source, target, type, flags, false);
		if (second && mount("none", target, NULL, MS_REMOUNT | MS_BIND | second, NULL) != 0)
			return explain(errno, source, target, type, MS_REMOUNT, false);
	}
	for (int i = 0; i < request->n_propagation; i++)
		if (mount("none", target, NULL, request->propagation[i], NULL) != 0)
			return explain(errno, source, target, type, request->propagation[i], true);
	return EXIT_SUCCESS;
}

/* Without a type the source must be a device or an image: what is wrong with it is said before the kernel is asked. */
static int without_type(const char *source, const char *target)
{
	mode_t mode;
	if (!exists(source, &mode))
		return refused(target, "special device %s does not exist", source);
	if (S_ISREG(mode)) {
		fprintf(stderr, "mount: %s: failed to setup loop device for %s.\n", target, source);
		return EX_FAIL;
	}
	return S_ISBLK(mode) ? refused(target, "wrong fs type, bad option, bad superblock on %s, missing codepage or helper program, or other error", source)
		: refused(target, "%s is not a block device", source);
}

/* A remount without a source changes what was asked for and keeps the other options of the mount. */
static void keep_options(const char *target, struct ul_mount_request *request)
{
	struct ul_mounts mounts = ul_mounts_read("/proc/self/mountinfo");
	const struct ul_mount *m = ul_mount_on(&mounts, target);
	static struct ul_mount_request before;
	if (!m)
		return;
	char *options = ul_mount_options(m);
	ul_mount_options_add(&before, options);
	free(options);
	request->flags |= before.flags & ~request->named;
	if (*request->data && *before.data && strlen(before.data) + strlen(request->data) + 2 <= sizeof before.data) {
		strcat(before.data, ",");
		strcat(before.data, request->data);
	}
	if (*before.data)
		strcpy(request->data, before.data);
}

static void enter(const char *namespace)
{
	char path[PATH_MAX];
	if (strspn(namespace, "0123456789") == strlen(namespace))
		snprintf(path, sizeof path, "/proc/%s/ns/mnt", namespace);
	else
		snprintf(path, sizeof path, "%s", namespace);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNS) != 0)
		err(EX_FAIL, "failed to set target namespace to %s", namespace);
	close(fd);
}

static bool in_fstab(const char *what, char *source, char *target, char *type, char *options)
{
	char line[1024];
	FILE *table = fopen("/etc/fstab", "r");
	bool found = false;
	while (table && !found && fgets(line, sizeof line, table))
		if (*line != '#' && sscanf(line, "%255s %255s %63s %511s", source, target, type, options) == 4)
			found = !strcmp(source, what) || !strcmp(target, what);
	if (table)
		fclose(table);
	return found;
}

int main(int argc, char *argv[])
{
	static struct ul_mount_request request;
	static char table_source[256], table_target[256], table_type[64], table_options[512];
	const char *source = NULL, *target = NULL, *type = NULL, *namespace = NULL;
	bool all = false, fake = false, verbose = false, as_is = false, operation = false, make = false, sharing_only;
	int c;

	while ((c = getopt_long(argc, argv, "aBcfFhilL:m::Mno:O:rRN:t:T:U:vVw", LONG, NULL)) != -1) {
		if (c >= OPT_SHARED && c <= OPT_RUNBINDABLE) {
			ul_mount_options_add(&request, MAKE[c - OPT_SHARED]);
			make = true;
			continue;
		}
		switch (c) {
		case 'a': all = true; break;
		case 'B': ul_mount_options_add(&request, "bind"), operation = true; break;
		case 'R': ul_mount_options_add(&request, "rbind"), operation = true; break;
		case 'M': ul_mount_options_add(&request, "move"), operation = true; break;
		case 'c': as_is = true; break;
		case 'f': fake = true; break;
		case 'm': request.mkdir = true; break;
		case 'o': ul_mount_options_add(&request, optarg); break;
		case 'r': ul_mount_options_add(&request, "ro"); break;
		case 'w': ul_mount_options_add(&request, "rw"); break;
		case 't': type = optarg; break;
		case 'v': verbose = true; break;
		case 'N': namespace = optarg; break;
		case 'L': case 'U': errx(EX_FAIL, "can't find %s=%s", c == 'L' ? "LABEL" : "UUID", optarg);
		case OPT_SOURCE: source = optarg; break;
		case OPT_TARGET: target = optarg; break;
		case 'F': case 'i': case 'l': case 'n': case 'O': case 'T': case OPT_IGNORED: break;
		case 'h': ul_help(" mount [-l] [-t <types>]\n mount [options] <source> <directory>\n mount --bind|--rbind|--move <directory> <directory>\n"
			" mount --make-[r]{shared,slave,private,unbindable} <mountpoint>\n\nSee mount(8).\n");
		case 'V':
			printf("mount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n");
			return EXIT_SUCCESS;
		default: ul_try_help();
		}
	}
	argc -= optind;
	argv += optind;
	if (namespace)
		enter(namespace);
	if (argc == 0 && !source && !target && !all) {
		if (request.flags || request.n_propagation)
			bad_usage();
		show(type);
		return EXIT_SUCCESS;
	}
	/* nothing is listed in /etc/fstab that is not mounted */
	if (all)
		return EXIT_SUCCESS;
	sharing_only = make && !operation && !request.flags && !type;
	if (argc == 2 && !source && !target) {
		source = argv[0];
		target = argv[1];
	} else if (argc == 1 && target && !source) {
		source = argv[0];
	} else if (argc == 1 && (source || request.flags & MS_REMOUNT || sharing_only)) {
		target = argv[0];
	} else if (argc == 1 && !target) {
		if (!in_fstab(argv[0], table_source, table_target, table_type, table_options)) {
			warnx("%s: can't find in /etc/fstab.", argv[0]);
			return EX_USAGE;
		}
		source = table_source;
		target = table_target;
		type = table_type;
		ul_mount_options_add(&request, table_options);
	} else if (argc > 0) {
		bad_usage();
	}
	if (!target)
		bad_usage();
	if (getuid() != 0)
		return refused(target, "must be superuser to use mount");

	char canonical_source[PATH_MAX], canonical_target[PATH_MAX];
	if (request.mkdir && mkdir(target, 0755) != 0 && errno != EEXIST)
		err(EX_FAIL, "failed to mkdir %s", target);
	if (!as_is && realpath(target, canonical_target))
		target = canonical_target;
	if (source && !as_is && (request.flags & (MS_BIND | MS_MOVE) || *source == '/') && realpath(source, canonical_source))
		source = canonical_source;
	if (request.flags & MS_REMOUNT && !source)
		keep_options(target, &request);
	if (request.loop) {
		fprintf(stderr, "mount: %s: failed to setup loop device for %s.\n", target, source ? source : "none");
		return EX_FAIL;
	}
	if (!sharing_only && !type && !(request.flags & (MS_BIND | MS_MOVE | MS_REMOUNT)))
		return without_type(source ? source : "none", target);
	if (fake)
		return EXIT_SUCCESS;
	int status = do_mount(source, target, type, &request, !sharing_only);
	if (status == EXIT_SUCCESS && verbose) {
		if (sharing_only)
			printf("mount: %s propagation flags changed.\n", target);
		else if (request.flags & MS_REMOUNT)
			printf("mount: %s remounted.\n", target);
		else if (request.flags & MS_BIND)
			printf("mount: %s bound on %s.\n", source, target);
		else if (request.flags & MS_MOVE)
			printf("mount: %s moved to %s.\n", source, target);
		else
			printf("mount: %s mounted on %s.\n", source ? source : "none", target);
	}
	return status;
}
