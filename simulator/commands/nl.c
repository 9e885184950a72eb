/* nl(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char *separator = "\t";
static char style = 't', format = 'n';
static long number, first = 1, step = 1, width = 6, blanks = 1, blank;

static long count(const char *text, const char *what)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end)
		core_error(1, 0, "invalid %s: %s", what, core_quote(text));
	return value;
}

static int numbered(const char *line, size_t length)
{
	if (style == 'n')
		return 0;
	if (length > 0) {
		blank = 0;
		return 1;
	}
	return style == 'a' && ++blank % blanks == 0;
}

static void put(const char *line, size_t length)
{
	if (numbered(line, length)) {
		printf(format == 'l' ? "%-*ld%s" : format == 'z' ? "%0*ld%s" : "%*ld%s", (int)width, number, separator);
		number += step;
	} else {
		printf("%*s", (int)(width + (long)strlen(separator)), "");
	}
	fwrite(line, 1, length, stdout);
	putchar('\n');
}

static int nl(const char *name)
{
	FILE *from = strcmp(name, "-") ? fopen(name, "r") : stdin;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (!from) {
		core_error(0, errno, "%s", core_quotef(name));
		return 1;
	}
	while ((length = core_line(from, &line, &room, '\n')) > 0) {
		size_t end = (size_t)length - (line[length - 1] == '\n');

		/* a line of \: alone begins a footer, two a body, three a header: each numbered anew */
		if ((end == 2 || end == 4 || end == 6) && !memcmp(line, "\\:\\:\\:", end)) {
			number = first;
			putchar('\n');
			continue;
		}
		put(line, end);
	}
	free(line);
	if (from != stdin)
		fclose(from);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "body-numbering", 1, NULL, 'b' }, { "line-increment", 1, NULL, 'i' }, { "join-blank-lines", 1, NULL, 'l' }, { "number-format", 1, NULL, 'n' },
		{ "number-separator", 1, NULL, 's' }, { "starting-line-number", 1, NULL, 'v' }, { "number-width", 1, NULL, 'w' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, status = 0;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "b:i:l:n:s:v:w:h:f:p", longs)) != -1)
		switch (option) {
		case 'b':
			if (!strchr("atn", *optarg) || optarg[1]) {
				core_error(0, 0, "invalid body numbering style: %s", core_quote(optarg));
				core_try_help(1);
			}
			style = *optarg;
			break;
		case 'i': step = count(optarg, "line number increment"); break;
		case 'l': blanks = count(optarg, "number of blank lines"); break;
		case 'n':
			if (strcmp(optarg, "ln") && strcmp(optarg, "rn") && strcmp(optarg, "rz")) {
				core_error(0, 0, "invalid line numbering format: %s", core_quote(optarg));
				core_try_help(1);
			}
			format = !strcmp(optarg, "ln") ? 'l' : !strcmp(optarg, "rz") ? 'z' : 'n';
			break;
		case 's': separator = optarg; break;
		case 'v': first = count(optarg, "starting line number"); break;
		case 'w': width = count(optarg, "line number field width"); break;
		default: break;
		}
	number = first;
	if (optind == argc)
		return nl("-");
	for (; optind < argc; optind++)
		status |= nl(argv[optind]);
	return status;
}
