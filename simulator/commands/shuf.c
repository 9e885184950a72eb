/* shuf(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static size_t below(size_t limit)
{
	unsigned long long value = 0;

	if (getrandom(&value, sizeof value, 0) != sizeof value)
		core_error(1, errno, "getrandom");
	return (size_t)(value % limit);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "echo", 0, NULL, 'e' }, { "input-range", 1, NULL, 'i' }, { "head-count", 1, NULL, 'n' }, { "output", 1, NULL, 'o' }, { "repeat", 0, NULL, 'r' }, { "zero-terminated", 0, NULL, 'z' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	unsigned long from = 1, to = 0;
	int option, echo = 0, repeat = 0, range = 0, ending = '\n';
	size_t limit = (size_t)-1, count = 0, room = 0, line_room = 0, i;
	char **lines = NULL, *line = NULL, *end;

	core_start(argv[0], "[OPTION]... [FILE]");
	while ((option = core_getopt(argc, argv, "ei:n:o:rz", longs)) != -1) {
		switch (option) {
		case 'e': echo = 1; break;
		case 'i':
			range = 1;
			from = strtoul(optarg, &end, 10);
			if (*end == '-')
				to = strtoul(end + 1, &end, 10);
			else
				end = optarg;
			if (*end || end == optarg || from > to + 1)
				core_error(1, 0, "invalid input range: %s", core_quote(optarg));
			break;
		case 'n':
			limit = strtoul(optarg, &end, 10);
			if (*end || end == optarg || *optarg == '-')
				core_error(1, 0, "invalid line count: %s", core_quote(optarg));
			break;
		case 'o':
			if (!freopen(optarg, "w", stdout))
				core_error(1, errno, "%s", core_quotef(optarg));
			break;
		case 'r': repeat = 1; break;
		case 'z': ending = '\0'; break;
		}
	}
	if ((range && optind < argc) || (!echo && argc - optind > 1))
		core_extra_operand(argv[optind + !range]);
	if (echo) {
		lines = argv + optind;
		count = (size_t)(argc - optind);
	} else if (range) {
		count = to - from + 1;
		lines = core_malloc(count * sizeof *lines);
		for (i = 0; i < count; i++) {
			char text[24];

			sprintf(text, "%lu", from + i);
			lines[i] = core_strdup(text);
		}
	} else {
		if (optind < argc && strcmp(argv[optind], "-") && !freopen(argv[optind], "r", stdin))
			core_error(1, errno, "%s", core_quotef(argv[optind]));
		for (ssize_t length; (length = core_line(stdin, &line, &line_room, ending)) > 0; count++) {
			if (line[length - 1] == ending)
				line[length - 1] = '\0';
			if (count == room)
				lines = core_realloc(lines, (room = room * 2 + 16) * sizeof *lines);
			lines[count] = core_strdup(line);
		}
	}
	if (repeat && count == 0 && limit > 0)
		core_error(1, 0, "no lines to repeat");
	for (i = 0; i < limit && (repeat || i < count); i++) {
		size_t chosen = repeat ? below(count) : i + below(count - i);
		char *text = lines[chosen];

		if (!repeat) {
			lines[chosen] = lines[i];
			lines[i] = text;
		}
		printf("%s%c", text, ending);
	}
	return 0;
}
