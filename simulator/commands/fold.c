/* fold(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static int bytes, spaces;
static size_t width = 80;

static size_t advance(size_t column, char c)
{
	if (bytes)
		return column + 1;
	return c == '\b' ? column - (column > 0) : c == '\r' ? 0 : c == '\t' ? column + 8 - column % 8 : column + 1;
}

static void fold(FILE *file)
{
	char *line = core_malloc(width * 8 + 16);
	size_t length = 0, column = 0, room = width * 8 + 16, i;
	int c;

	while ((c = getc(file)) != EOF) {
		if (length + 1 >= room)
			line = core_realloc(line, room *= 2);
		if (c == '\n') {
			line[length++] = '\n';
			fwrite(line, 1, length, stdout);
			length = column = 0;
			continue;
		}
		while (advance(column, (char)c) > width && length > 0) {
			size_t end = length;

			if (spaces) {
				while (end > 0 && !isblank((unsigned char)line[end - 1]))
					end--;
				end = end > 0 ? end : length;
			}
			fwrite(line, 1, end, stdout);
			putchar('\n');
			memmove(line, line + end, length - end);
			length -= end;
			for (column = 0, i = 0; i < length; i++)
				column = advance(column, line[i]);
		}
		column = advance(column, (char)c);
		line[length++] = (char)c;
	}
	fwrite(line, 1, length, stdout);
	free(line);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "bytes", 0, NULL, 'b' }, { "spaces", 0, NULL, 's' }, { "width", 1, NULL, 'w' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	static char *standard[] = { (char *)"-", NULL };
	int option, status = 0;
	char digits[16] = "", *end;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "bsw:0123456789", longs)) != -1) {
		bytes |= option == 'b';
		spaces |= option == 's';
		if (isdigit(option) && strlen(digits) < sizeof digits - 1)
			digits[strlen(digits)] = (char)option;
		if (option == 'w' || *digits) {
			width = strtoul(option == 'w' ? optarg : digits, &end, 10);
			if (*end || width == 0)
				core_error(1, *end ? 0 : ERANGE, "invalid number of columns: %s", core_quote(option == 'w' ? optarg : digits));
		}
	}
	for (argv = optind < argc ? argv + optind : standard; *argv; argv++) {
		FILE *file = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");

		if (!file) {
			core_error(0, errno, "%s", core_quotef(*argv));
			status = 1;
			continue;
		}
		fold(file);
	}
	return status;
}
