/* date(1) of coreutils. Uses lib/core*.c, lib/date_parse.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/date_parse.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* strftime and %N, %s, %:z, and the flag `-`. */
static void put(const char *format, const struct timespec *when)
{
	struct tm tm;
	char text[256], spec[8];

	localtime_r(&when->tv_sec, &tm);
	while (*format) {
		const char *start = format;
		char flag = 0;
		int width = 0;
		size_t length;

		if (*format != '%' || !format[1]) {
			putchar(*format++);
			continue;
		}
		format++;
		if (strchr("-_0^#", *format))
			flag = *format++;
		while (*format >= '0' && *format <= '9')
			width = width * 10 + *format++ - '0';
		if (*format == ':') {
			int colons = (int)strspn(format, ":");
			long offset = tm.tm_gmtoff, rest = labs(offset);

			format += colons;
			printf("%c%02ld:%02ld", offset < 0 ? '-' : '+', rest / 3600, rest / 60 % 60);
			if (colons == 2)
				printf(":%02ld", rest % 60);
			format += *format == 'z';
			continue;
		}
		switch (*format) {
		case 'N':
			snprintf(text, sizeof text, "%09ld", when->tv_nsec);
			if (width && width < 9)
				text[width] = '\0';
			fputs(text, stdout);
			break;
		case 's': printf("%lld", (long long)when->tv_sec); break;
		case '\0':
			fwrite(start, 1, (size_t)(format - start), stdout);
			continue;
		default:
			if (flag == '-' || flag == '_' || flag == '^')
				snprintf(spec, sizeof spec, "%%%c%c", flag, *format);
			else
				snprintf(spec, sizeof spec, "%%%c", *format);
			if (*format == 'n' || *format == 't') {
				putchar(*format == 'n' ? '\n' : '\t');
				break;
			}
			length = strftime(text, sizeof text, spec, &tm);
			fwrite(text, 1, length, stdout);
		}
		format++;
	}
}

/* MMDDhhmm[[CC]YY][.ss] */
static int posix_date(const char *text, struct timespec *to)
{
	size_t digits = strspn(text, "0123456789");
	time_t now = time(NULL);
	struct tm tm;
	int pair[6], i;

	if ((digits != 8 && digits != 10 && digits != 12) || (text[digits] && (text[digits] != '.' || strlen(text + digits) != 3)))
		return 0;
	for (i = 0; i < (int)digits / 2; i++)
		pair[i] = (text[2 * i] - '0') * 10 + text[2 * i + 1] - '0';
	localtime_r(&now, &tm);
	tm.tm_mon = pair[0] - 1;
	tm.tm_mday = pair[1];
	tm.tm_hour = pair[2];
	tm.tm_min = pair[3];
	tm.tm_sec = text[digits] ? atoi(text + digits + 1) : 0;
	if (digits == 10)
		tm.tm_year = pair[4] < 69 ? pair[4] + 100 : pair[4];
	else if (digits == 12)
		tm.tm_year = pair[4] * 100 + pair[5] - 1900;
	tm.tm_isdst = -1;
	to->tv_sec = mktime(&tm);
	to->tv_nsec = 0;
	return pair[0] >= 1 && pair[0] <= 12 && pair[1] >= 1 && pair[1] <= 31 && pair[2] < 24 && pair[3] < 60;
}

enum { RFC_3339 = 256 };

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "date", 1, NULL, 'd' }, { "file", 1, NULL, 'f' }, { "iso-8601", 2, NULL, 'I' }, { "reference", 1, NULL, 'r' }, { "rfc-email", 0, NULL, 'R' },
		{ "rfc-3339", 1, NULL, RFC_3339 }, { "set", 1, NULL, 's' }, { "utc", 0, NULL, 'u' }, { "universal", 0, NULL, 'u' }, CORE_LONG_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	const char *format = NULL, *date = NULL, *set = NULL, *reference = NULL;
	struct timespec when;
	struct stat st;
	int option;

	core_start(argv[0], "[OPTION]... [+FORMAT]");
	while ((option = core_getopt(argc, argv, "d:f:I::r:Rs:u", longs)) != -1) {
		switch (option) {
		case 'd': date = optarg; break;
		case 'r': reference = optarg; break;
		case 's': set = optarg; break;
		case 'u': setenv("TZ", "UTC0", 1); tzset(); break;
		case 'R': format = "%a, %d %b %Y %H:%M:%S %z"; break;
		case 'I':
			format = !optarg || *optarg == 'd' ? "%Y-%m-%d" : *optarg == 'h' ? "%Y-%m-%dT%H%:z" : *optarg == 'm' ? "%Y-%m-%dT%H:%M%:z" :
				 *optarg == 's' ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%dT%H:%M:%S,%N%:z";
			break;
		case RFC_3339: format = *optarg == 'd' ? "%Y-%m-%d" : *optarg == 's' ? "%Y-%m-%d %H:%M:%S%:z" : "%Y-%m-%d %H:%M:%S.%N%:z"; break;
		}
	}
	clock_gettime(CLOCK_REALTIME, &when);
	if (argc - optind > 1)
		core_extra_operand(argv[optind + 1]);
	if (optind < argc && argv[optind][0] == '+') {
		if (format)
			core_error(1, 0, "multiple output formats specified");
		format = argv[optind++] + 1;
	} else if (optind < argc && (date || set || reference)) {
		core_error(0, 0, "the argument %s lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'",
			   core_quote(argv[optind]));
		core_try_help(1);
	}
	if (reference) {
		if (stat(reference, &st) != 0)
			core_error(1, errno, "%s", core_quotef(reference));
		when = st.st_mtim;
	} else if (date || set) {
		if (!date_parse(date ? date : set, when.tv_sec, &when))
			core_error(1, 0, "invalid date %s", core_quote(date ? date : set));
	} else if (optind < argc) {
		set = argv[optind];
		if (!posix_date(set, &when))
			core_error(1, 0, "invalid date %s", core_quote(set));
	}
	if (set && clock_settime(CLOCK_REALTIME, &when) != 0)
		core_error(0, errno, "cannot set date");
	put(format ? format : "%a %b %e %H:%M:%S %Z %Y", &when);
	putchar('\n');
	return set && errno == EPERM;
}
