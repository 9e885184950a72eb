/* comm(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct side { FILE *file; char *line, *before; size_t room; ssize_t length; int wrong; };
static int ending = '\n', hidden, order, disorder;
static const char *between = "\t";

static void next(struct side *s, int number)
{
	if (s->length > 0 && s->line)
		free(s->before), s->before = core_strdup(s->line);
	s->length = core_line(s->file, &s->line, &s->room, ending);
	if (s->length <= 0)
		return;
	if (s->line[s->length - 1] == ending)
		s->line[--s->length] = '\0';
	s->length++;
	if (s->before && order >= 0 && !s->wrong && strcmp(s->before, s->line) > 0) {
		s->wrong = 1;
		if (order > 0 || disorder) {
			core_error(order > 0, 0, "file %d is not in sorted order", number);
			disorder |= 2;
		}
	}
}

static void show(int column, const char *line)
{
	int i;

	if (hidden >> column & 1)
		return;
	for (i = 1; i < column; i++)
		if (!(hidden >> i & 1))
			fputs(between, stdout);
	printf("%s%c", line, ending);
}

int main(int argc, char **argv)
{
	enum { CHECK = 256, NOCHECK, BETWEEN, TOTAL };
	static const struct option longs[] = {
		{ "check-order", 0, NULL, CHECK }, { "nocheck-order", 0, NULL, NOCHECK }, { "output-delimiter", 1, NULL, BETWEEN }, { "total", 0, NULL, TOTAL }, { "zero-terminated", 0, NULL, 'z' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	unsigned long totals[4] = { 0 };
	struct side sides[2];
	int option, total = 0, i;

	core_start(argv[0], "[OPTION]... FILE1 FILE2");
	while ((option = core_getopt(argc, argv, "123z", longs)) != -1) {
		switch (option) {
		case CHECK: order = 1; break;
		case NOCHECK: order = -1; break;
		case BETWEEN: between = optarg; break;
		case TOTAL: total = 1; break;
		case 'z': ending = '\0'; break;
		default: hidden |= 1 << (option - '0');
		}
	}
	if (argc - optind < 2)
		core_missing_operand(optind < argc ? argv[optind] : NULL);
	if (argc - optind > 2)
		core_extra_operand(argv[optind + 2]);
	memset(sides, 0, sizeof sides);
	for (i = 0; i < 2; i++) {
		const char *name = argv[optind + i];

		sides[i].file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
		if (!sides[i].file)
			core_error(1, errno, "%s", core_quotef(name));
		next(&sides[i], i + 1);
	}
	while (sides[0].length > 0 || sides[1].length > 0) {
		int by = sides[0].length <= 0 ? 1 : sides[1].length <= 0 ? -1 : strcmp(sides[0].line, sides[1].line), column = by < 0 ? 1 : by > 0 ? 2 : 3;

		disorder |= column != 3;
		totals[column]++;
		show(column, sides[column == 2].line);
		if (by <= 0)
			next(&sides[0], 1);
		if (by >= 0)
			next(&sides[1], 2);
	}
	if (total)
		printf("%lu%s%lu%s%lu%stotal%c", totals[1], between, totals[2], between, totals[3], between, ending);
	if (disorder & 2)
		core_error(1, 0, "input is not in sorted order");
	return 0;
}
