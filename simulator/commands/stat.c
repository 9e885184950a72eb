/* stat(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

static int follow, file_system, status;
/* The default format quotes names only where a shell needs it. */
static int plain_names;

static const char *kind(const struct stat *st)
{
	if (S_ISREG(st->st_mode))
		return st->st_size ? "regular file" : "regular empty file";
	return S_ISDIR(st->st_mode) ? "directory" : S_ISLNK(st->st_mode) ? "symbolic link" : S_ISFIFO(st->st_mode) ? "fifo" : S_ISSOCK(st->st_mode) ? "socket" :
	       S_ISCHR(st->st_mode) ? "character special file" : S_ISBLK(st->st_mode) ? "block special file" : "weird file";
}

static void time_text(const struct timespec *when, char *text, size_t size)
{
	struct tm tm;
	char front[64], zone[16];

	localtime_r(&when->tv_sec, &tm);
	strftime(front, sizeof front, "%Y-%m-%d %H:%M:%S", &tm);
	strftime(zone, sizeof zone, "%z", &tm);
	snprintf(text, size, "%s.%09ld %s", front, when->tv_nsec, zone);
}

/* The mount point that a path is on. */
static void mount_point(const char *path, char *text, size_t size)
{
	char *real = realpath(path, NULL);
	struct stat st, up;

	snprintf(text, size, "%s", real ? real : "?");
	free(real);
	if (stat(text, &st) != 0)
		return;
	for (;;) {
		char copy[4096], *slash;

		snprintf(copy, sizeof copy, "%.4095s", text);
		slash = strrchr(copy, '/');
		if (!slash || strcmp(text, "/") == 0)
			return;
		slash[slash == copy] = '\0';
		if (stat(copy, &up) != 0 || up.st_dev != st.st_dev)
			return;
		snprintf(text, size, "%s", copy);
	}
}

static const char *type_name(unsigned long magic)
{
	switch (magic) {
	case 0x01021994: return "tmpfs";
	case 0x9fa0: return "proc";
	case 0x62656572: return "sysfs";
	case 0x794c7630: return "overlayfs";
	case 0xEF53: return "ext2/ext3";
	case 0x63677270: return "cgroup2fs";
	case 0x1cd1: return "devpts";
	case 0x6e736673: return "nsfs";
	case 0x19800202: return "mqueue";
	case 0x858458f6: return "ramfs";
	case 0x50495045: return "pipefs";
	case 0x58465342: return "xfs";
	case 0x9123683E: return "btrfs";
	default: return NULL;
	}
}

static void text_cell(char *spec, const char *text)
{
	strcat(spec, "s");
	printf(spec, text);
}

static void number_cell(char *spec, const char *conversion, unsigned long long value)
{
	strcat(spec, conversion);
	printf(spec, value);
}

static void seconds_cell(char *spec, const struct timespec *when)
{
	number_cell(spec, "lld", (unsigned long long)when->tv_sec);
}

static void file_cell(char letter, char modifier, char *spec, const char *path, const struct stat *st)
{
	char text[4200], room[24];

	switch (letter) {
	case 'a': number_cell(spec, "llo", st->st_mode & 07777); break;
	case 'A': core_mode_text(st->st_mode, text); text_cell(spec, text); break;
	case 'b': number_cell(spec, "llu", (unsigned long long)st->st_blocks); break;
	case 'B': number_cell(spec, "llu", 512); break;
	case 'd':
		if (modifier == 'H')
			number_cell(spec, "llu", major(st->st_dev));
		else if (modifier == 'L')
			number_cell(spec, "llu", minor(st->st_dev));
		else
			number_cell(spec, "llu", st->st_dev);
		break;
	case 'D': number_cell(spec, "llx", st->st_dev); break;
	case 'f': number_cell(spec, "llx", st->st_mode); break;
	case 'F': text_cell(spec, kind(st)); break;
	case 'g': number_cell(spec, "llu", st->st_gid); break;
	case 'G': text_cell(spec, core_group(st->st_gid, room)); break;
	case 'h': number_cell(spec, "llu", st->st_nlink); break;
	case 'i': number_cell(spec, "llu", st->st_ino); break;
	case 'm': mount_point(path, text, sizeof text); text_cell(spec, text); break;
	case 'n': text_cell(spec, path); break;
	case 'N':
		if (S_ISLNK(st->st_mode)) {
			char target[4096];
			ssize_t length = readlink(path, target, sizeof target - 1);

			target[length < 0 ? 0 : length] = '\0';
			snprintf(text, sizeof text, "%s -> %s", plain_names ? core_quotef(path) : core_quoteaf(path), plain_names ? core_quotef(target) : core_quoteaf(target));
			text_cell(spec, text);
		} else {
			text_cell(spec, plain_names ? core_quotef(path) : core_quoteaf(path));
		}
		break;
	case 'o': number_cell(spec, "llu", (unsigned long long)st->st_blksize); break;
	case 'r':
		if (modifier == 'H')
			number_cell(spec, "llu", major(st->st_rdev));
		else if (modifier == 'L')
			number_cell(spec, "llu", minor(st->st_rdev));
		else
			number_cell(spec, "llu", st->st_rdev);
		break;
	case 's': number_cell(spec, "llu", (unsigned long long)st->st_size); break;
	case 't': number_cell(spec, "llx", major(st->st_rdev)); break;
	case 'T': number_cell(spec, "llx", minor(st->st_rdev)); break;
	case 'u': number_cell(spec, "llu", st->st_uid); break;
	case 'U': text_cell(spec, core_user(st->st_uid, room)); break;
	case 'w': {
		struct statx stx;
		struct timespec birth = { 0, 0 };

		if (statx(AT_FDCWD, path, follow ? 0 : AT_SYMLINK_NOFOLLOW, STATX_BTIME, &stx) == 0 && stx.stx_mask & STATX_BTIME) {
			birth.tv_sec = stx.stx_btime.tv_sec;
			birth.tv_nsec = stx.stx_btime.tv_nsec;
			time_text(&birth, text, sizeof text);
		} else {
			strcpy(text, "-");
		}
		text_cell(spec, text);
		break;
	}
	case 'W': {
		struct statx stx;

		number_cell(spec, "lld", statx(AT_FDCWD, path, 0, STATX_BTIME, &stx) == 0 && stx.stx_mask & STATX_BTIME ? (unsigned long long)stx.stx_btime.tv_sec : 0);
		break;
	}
	case 'x': time_text(&st->st_atim, text, sizeof text); text_cell(spec, text); break;
	case 'X': seconds_cell(spec, &st->st_atim); break;
	case 'y': time_text(&st->st_mtim, text, sizeof text); text_cell(spec, text); break;
	case 'Y': seconds_cell(spec, &st->st_mtim); break;
	case 'z': time_text(&st->st_ctim, text, sizeof text); text_cell(spec, text); break;
	case 'Z': seconds_cell(spec, &st->st_ctim); break;
	case 'C': text_cell(spec, "?"); break;
	default: putchar('?');
	}
}

static void system_cell(char letter, char *spec, const char *path, const struct statfs *fs)
{
	char text[32];

	switch (letter) {
	case 'a': number_cell(spec, "llu", fs->f_bavail); break;
	case 'b': number_cell(spec, "llu", fs->f_blocks); break;
	case 'c': number_cell(spec, "llu", fs->f_files); break;
	case 'd': number_cell(spec, "llu", fs->f_ffree); break;
	case 'f': number_cell(spec, "llu", fs->f_bfree); break;
	case 'i': {
		unsigned parts[2];

		memcpy(parts, &fs->f_fsid, sizeof parts);
		number_cell(spec, "llx", (unsigned long long)parts[0] << 32 | parts[1]);
		break;
	}
	case 'l': number_cell(spec, "llu", (unsigned long long)fs->f_namelen); break;
	case 'n': text_cell(spec, path); break;
	case 's': number_cell(spec, "llu", (unsigned long long)fs->f_bsize); break;
	case 'S': number_cell(spec, "llu", (unsigned long long)(fs->f_frsize ? fs->f_frsize : fs->f_bsize)); break;
	case 't': number_cell(spec, "llx", (unsigned long long)fs->f_type); break;
	case 'T':
		if (type_name((unsigned long)fs->f_type)) {
			text_cell(spec, type_name((unsigned long)fs->f_type));
		} else {
			snprintf(text, sizeof text, "UNKNOWN (0x%lx)", (unsigned long)fs->f_type);
			text_cell(spec, text);
		}
		break;
	default: putchar('?');
	}
}

static void put(const char *format, int escapes, const char *path, const struct stat *st, const struct statfs *fs)
{
	for (; *format; format++) {
		char spec[32] = "%";
		size_t length = 1;
		char modifier = 0;

		if (*format == '\\' && escapes && format[1]) {
			static const char from[] = "abefnrtv\\\"", to[] = "\a\b\033\f\n\r\t\v\\\"";
			const char *at = strchr(from, *++format);

			if (at)
				putchar(to[at - from]);
			else
				putchar('\\'), putchar(*format);
			continue;
		}
		if (*format != '%') {
			putchar(*format);
			continue;
		}
		format++;
		while (*format && strchr("#-+0 '.123456789", *format) && length < 20)
			spec[length++] = *format++;
		if ((*format == 'H' || *format == 'L') && format[1])
			modifier = *format++;
		if (!*format || *format == '%') {
			putchar('%');
			if (!*format)
				return;
			continue;
		}
		if (st)
			file_cell(*format, modifier, spec, path, st);
		else
			system_cell(*format, spec, path, fs);
	}
}

static const char *default_format(const struct stat *st, int terse)
{
	if (terse)
		return "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n";
	if (S_ISBLK(st->st_mode) || S_ISCHR(st->st_mode))
		return "  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Hd,%Ld\tInode: %-11i Links: %-5h Device type: %Hr,%Lr\n"
		       "Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n";
	return "  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Hd,%Ld\tInode: %-11i Links: %h\n"
	       "Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n";
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "dereference", 0, NULL, 'L' }, { "file-system", 0, NULL, 'f' }, { "format", 1, NULL, 'c' }, { "printf", 1, NULL, 'P' }, { "terse", 0, NULL, 't' },
		{ "cached", 1, NULL, 'C' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *format = NULL;
	int option, escapes = 0, terse = 0;

	core_start(argv[0], "[OPTION]... FILE...");
	while ((option = core_getopt(argc, argv, "c:fLt", longs)) != -1) {
		switch (option) {
		case 'L': follow = 1; break;
		case 'f': file_system = 1; break;
		case 'c': format = optarg; break;
		case 'P': format = optarg; escapes = 1; break;
		case 't': terse = 1; break;
		}
	}
	if (optind == argc)
		core_missing_operand(NULL);
	for (; optind < argc; optind++) {
		const char *path = argv[optind];
		struct stat st;
		struct statfs fs;

		if (file_system) {
			if (statfs(path, &fs) != 0) {
				core_error(0, errno, "cannot read file system information for %s", core_quoteaf(path));
				status = 1;
				continue;
			}
			put(format ? format : terse ? "%n %i %l %t %s %S %b %f %a %c %d\n" :
			    "  File: \"%n\"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s Fundamental block size: %S\n"
			    "Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n", escapes, path, NULL, &fs);
		} else {
			if ((strcmp(path, "-") == 0 ? fstat(0, &st) : follow ? stat(path, &st) : lstat(path, &st)) != 0) {
				core_error(0, errno, "cannot statx %s", core_quoteaf(path));
				status = 1;
				continue;
			}
			plain_names = !format;
			put(format ? format : default_format(&st, terse), escapes, path, &st, NULL);
		}
		if (format && !escapes)
			putchar('\n');
	}
	return status;
}
