/* mktemp(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static void randomize(char *at, size_t count)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	unsigned char bytes[64];

	if (count > sizeof bytes)
		count = sizeof bytes;
	if (getrandom(bytes, count, 0) != (ssize_t)count)
		memset(bytes, (int)getpid(), sizeof bytes);
	while (count-- > 0)
		at[count] = letters[bytes[count] % 62];
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "directory", 0, NULL, 'd' }, { "dry-run", 0, NULL, 'u' }, { "quiet", 0, NULL, 'q' }, { "suffix", 1, NULL, 's' }, { "tmpdir", 2, NULL, 'p' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *directory = NULL, *suffix = "", *template = "tmp.XXXXXXXXXX";
	int option, make_directory = 0, dry = 0, quiet = 0, in_tmp = 0, tries;
	char *path, *end;
	size_t count = 0;

	core_start(argv[0], "[OPTION]... [TEMPLATE]");
	while ((option = core_getopt(argc, argv, "dp:qtuV", longs)) != -1) {
		switch (option) {
		case 'd': make_directory = 1; break;
		case 'u': dry = 1; break;
		case 'q': quiet = 1; break;
		case 's': suffix = optarg; break;
		case 't': in_tmp = 1; break;
		case 'p': directory = optarg; in_tmp = 1; break;
		}
	}
	if (argc - optind > 1)
		core_error(0, 0, "too many templates"), core_try_help(1);
	if (optind < argc)
		template = argv[optind];
	else
		in_tmp = 1;
	if (in_tmp) {
		if (!directory || !*directory)
			directory = getenv("TMPDIR");
		if (!directory || !*directory)
			directory = "/tmp";
		if (optind < argc && *template == '/')
			core_error(1, 0, "invalid template, %s; with --tmpdir, it may not be absolute", core_quote(template));
	}
	path = core_malloc((directory ? strlen(directory) : 0) + strlen(template) + strlen(suffix) + 2);
	sprintf(path, "%s%s%s", in_tmp ? directory : "", in_tmp ? "/" : "", template);
	end = path + strlen(path);
	while (!*suffix && end > path && end[-1] != 'X' && strstr(path, "XXX"))
		end--;
	while (end - count > path && end[-1 - (ptrdiff_t)count] == 'X')
		count++;
	if (count < 3)
		core_error(1, 0, "too few X's in template %s", core_quote(template));
	strcat(path, suffix);
	for (tries = 0; tries < 1000; tries++) {
		struct stat st;
		int fd;

		randomize(end - count, count);
		if (dry ? lstat(path, &st) != 0 : make_directory ? mkdir(path, 0700) == 0 : (fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600)) >= 0 && close(fd) == 0) {
			puts(path);
			return 0;
		}
		if (errno != EEXIST)
			break;
	}
	if (!quiet) {
		memset(end - count, 'X', count);
		core_error(0, errno, make_directory ? "failed to create directory via template %s" : "failed to create file via template %s", core_quote(path));
	}
	return 1;
}
