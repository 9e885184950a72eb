/* cat(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int number, number_nonblank, ends, tabs, nonprinting, squeeze, status;
static struct stat output;

static int plain(int fd, const char *name)
{
	char buf[65536];
	ssize_t got;

	while ((got = read(fd, buf, sizeof buf)) != 0) {
		char *at = buf;

		if (got < 0) {
			if (errno == EINTR)
				continue;
			core_error(0, errno, "%s", core_quotef(name));
			return 0;
		}
		while (got > 0) {
			ssize_t wrote = write(1, at, (size_t)got);

			if (wrote < 0) {
				if (errno == EINTR)
					continue;
				core_error(1, errno, "write error");
			}
			at += wrote;
			got -= wrote;
		}
	}
	return 1;
}

static void visible(int c)
{
	if (c >= 128) {
		fputs("M-", stdout);
		c -= 128;
	}
	if (c == 127)
		fputs("^?", stdout);
	else if (c < 32)
		printf("^%c", c + 64);
	else
		putchar(c);
}

static int decorated(int fd, const char *name)
{
	static int line, newlines = 1;
	unsigned char buf[32768];
	ssize_t got, i;

	while ((got = read(fd, buf, sizeof buf)) > 0) {
		for (i = 0; i < got; i++) {
			int c = buf[i];

			if (c == '\n') {
				newlines++;
				if (squeeze && newlines > 2)
					continue;
				if (newlines >= 2 && number && !number_nonblank)
					printf("%6d\t", ++line);
				if (ends)
					putchar('$');
				putchar('\n');
				continue;
			}
			if (newlines > 0 && (number || number_nonblank))
				printf("%6d\t", ++line);
			newlines = 0;
			if (c == '\t')
				fputs(tabs ? "^I" : "\t", stdout);
			else if (nonprinting && (c < 32 || c >= 127))
				visible(c);
			else if (c == '\r' && ends && i + 1 < got && buf[i + 1] == '\n' && !nonprinting)
				fputs("^M", stdout);
			else
				putchar(c);
		}
		fflush(stdout);
	}
	if (got < 0) {
		core_error(0, errno, "%s", core_quotef(name));
		return 0;
	}
	return 1;
}

static void one(const char *name)
{
	struct stat st;
	int fd = 0;

	if (strcmp(name, "-") != 0) {
		fd = open(name, O_RDONLY);
		if (fd < 0) {
			core_error(0, errno, "%s", core_quotef(name));
			status = 1;
			return;
		}
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_dev == output.st_dev && st.st_ino == output.st_ino && S_ISREG(output.st_mode) &&
	    lseek(fd, 0, SEEK_CUR) < st.st_size) {
		core_error(0, 0, "%s: input file is output file", core_quotef(name));
		status = 1;
	} else if (!(number || number_nonblank || ends || tabs || nonprinting || squeeze ? decorated(fd, name) : plain(fd, name))) {
		status = 1;
	}
	if (fd > 0)
		close(fd);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "number-nonblank", 0, NULL, 'b' }, { "number", 0, NULL, 'n' }, { "squeeze-blank", 0, NULL, 's' }, { "show-nonprinting", 0, NULL, 'v' },
		{ "show-ends", 0, NULL, 'E' }, { "show-tabs", 0, NULL, 'T' }, { "show-all", 0, NULL, 'A' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "benstuvAET", longs)) != -1) {
		switch (option) {
		case 'b': number = number_nonblank = 1; break;
		case 'n': number = 1; break;
		case 's': squeeze = 1; break;
		case 'v': nonprinting = 1; break;
		case 'E': ends = 1; break;
		case 'T': tabs = 1; break;
		case 'A': nonprinting = ends = tabs = 1; break;
		case 'e': nonprinting = ends = 1; break;
		case 't': nonprinting = tabs = 1; break;
		}
	}
	if (fstat(1, &output) != 0)
		core_error(1, errno, "standard output");
	if (optind == argc)
		one("-");
	for (; optind < argc; optind++)
		one(argv[optind]);
	return status;
}
