/* touch(1) of coreutils. Uses lib/core*.c, lib/date_parse.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/date_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* [[CC]YY]MMDDhhmm[.ss] */
static int stamp(const char *text, struct timespec *to)
{
	size_t digits = strspn(text, "0123456789");
	struct tm tm;
	time_t now = time(NULL);
	const char *at = text;

	if ((digits != 8 && digits != 10 && digits != 12) || (text[digits] && (text[digits] != '.' || strlen(text + digits) != 3)))
		return 0;
	localtime_r(&now, &tm);
	tm.tm_isdst = -1;
	tm.tm_sec = text[digits] ? atoi(text + digits + 1) : 0;
	if (digits >= 10) {
		int year = (at[0] - '0') * 10 + at[1] - '0';

		at += 2;
		if (digits == 12) {
			tm.tm_year = year * 100 + (at[0] - '0') * 10 + at[1] - '0' - 1900;
			at += 2;
		} else {
			tm.tm_year = year < 69 ? year + 100 : year;
		}
	}
	tm.tm_mon = (at[0] - '0') * 10 + at[1] - '0' - 1;
	tm.tm_mday = (at[2] - '0') * 10 + at[3] - '0';
	tm.tm_hour = (at[4] - '0') * 10 + at[5] - '0';
	tm.tm_min = (at[6] - '0') * 10 + at[7] - '0';
	if (tm.tm_mon > 11 || tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60)
		return 0;
	to->tv_sec = mktime(&tm);
	to->tv_nsec = 0;
	return 1;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "no-create", 0, NULL, 'c' }, { "date", 1, NULL, 'd' }, { "reference", 1, NULL, 'r' }, { "time", 1, NULL, 'T' },
		{ "no-dereference", 0, NULL, 'h' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct timespec times[2];
	int option, create = 1, access_time = 0, modify_time = 0, link = 0, status = 0;
	struct stat st;

	times[0].tv_sec = times[1].tv_sec = 0;
	times[0].tv_nsec = times[1].tv_nsec = UTIME_NOW;
	core_start(argv[0], "[OPTION]... FILE...");
	while ((option = core_getopt(argc, argv, "acd:fhmr:t:", longs)) != -1) {
		switch (option) {
		case 'a': access_time = 1; break;
		case 'c': create = 0; break;
		case 'h': link = 1; break;
		case 'm': modify_time = 1; break;
		case 'd':
			if (!date_parse(optarg, time(NULL), &times[0]))
				core_error(1, 0, "invalid date format %s", core_quote(optarg));
			times[1] = times[0];
			break;
		case 'r':
			if (stat(optarg, &st) != 0)
				core_error(1, errno, "failed to get attributes of %s", core_quoteaf(optarg));
			times[0] = st.st_atim;
			times[1] = st.st_mtim;
			break;
		case 't':
			if (!stamp(optarg, &times[0]))
				core_error(1, 0, "invalid date format %s", core_quote(optarg));
			times[1] = times[0];
			break;
		case 'T':
			if (strcmp(optarg, "atime") == 0 || strcmp(optarg, "access") == 0 || strcmp(optarg, "use") == 0)
				access_time = 1;
			else
				modify_time = 1;
			break;
		}
	}
	if (optind == argc)
		core_error(0, 0, "missing file operand"), core_try_help(1);
	if (access_time != modify_time)
		times[access_time ? 1 : 0].tv_nsec = UTIME_OMIT;
	for (; optind < argc; optind++) {
		const char *name = argv[optind];
		int fd = -1, open_error = 0;

		if (strcmp(name, "-") == 0) {
			futimens(1, times);
			continue;
		}
		if (create && !link) {
			fd = open(name, O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY, 0666);
			if (fd < 0)
				open_error = errno;
		}
		if ((fd >= 0 ? futimens(fd, times) : utimensat(AT_FDCWD, name, times, link ? AT_SYMLINK_NOFOLLOW : 0)) != 0) {
			if (open_error && open_error != EISDIR) {
				core_error(0, open_error, "cannot touch %s", core_quoteaf(name));
				status = 1;
			} else if (create || errno != ENOENT) {
				core_error(0, errno, "setting times of %s", core_quoteaf(name));
				status = 1;
			}
		}
		if (fd >= 0)
			close(fd);
	}
	return status;
}
