/* sleep(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int seconds(const char *text, double *value)
{
	char *end;

	*value = strtod(text, &end);
	if (end == text || *value < 0)
		return 0;
	if (*end && end[1])
		return 0;
	switch (*end) {
	case '\0': case 's': return 1;
	case 'm': *value *= 60; return 1;
	case 'h': *value *= 3600; return 1;
	case 'd': *value *= 86400; return 1;
	default: return 0;
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	struct timespec left;
	double total = 0, value;
	int wrong = 0;

	core_start(argv[0], "NUMBER[SUFFIX]...");
	core_getopt(argc, argv, "+", longs);
	if (optind == argc)
		core_missing_operand(NULL);
	for (; optind < argc; optind++) {
		if (!seconds(argv[optind], &value)) {
			core_error(0, 0, "invalid time interval %s", core_quote(argv[optind]));
			wrong = 1;
			continue;
		}
		total += value;
	}
	if (wrong)
		core_try_help(1);
	if (total > 9e15)
		for (;;)
			pause();
	left.tv_sec = (time_t)total;
	left.tv_nsec = (long)((total - (double)left.tv_sec) * 1e9);
	while (nanosleep(&left, &left) != 0)
		if (errno != EINTR)
			core_error(1, errno, "cannot read realtime clock");
	return 0;
}
