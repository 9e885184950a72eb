/* tac(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char *separator = "\n";
static int before;

/* The records of a text, last first; a separator belongs to the record that it ends, or with -b to the one that it begins. */
static void turn(const char *text, size_t length)
{
	size_t size = strlen(separator), end = length, at = length;

	while (at > 0) {
		at--;
		if (at + size > length || memcmp(text + at, separator, size) != 0)
			continue;
		if (before) {
			fwrite(text + at, 1, end - at, stdout);
			end = at;
		} else if (at + size < end) {
			fwrite(text + at + size, 1, end - at - size, stdout);
			end = at + size;
		}
	}
	fwrite(text, 1, end, stdout);
}

static int tac(const char *name)
{
	FILE *from = strcmp(name, "-") ? fopen(name, "r") : stdin;
	char *text = NULL;
	size_t length = 0, room = 0, got;

	if (!from) {
		core_error(0, errno, "failed to open %s for reading", core_quoteaf(name));
		return 1;
	}
	do {
		if (room - length < 4096)
			text = core_realloc(text, room = room * 2 + 8192);
		got = fread(text + length, 1, room - length, from);
		length += got;
	} while (got > 0);
	if (ferror(from)) {
		core_error(0, errno, "%s: read error", core_quotef(name));
		return 1;
	}
	turn(text, length);
	free(text);
	if (from != stdin)
		fclose(from);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "before", 0, NULL, 'b' }, { "separator", 1, NULL, 's' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, status = 0;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "bs:", longs)) != -1) {
		if (option == 'b')
			before = 1;
		else if (option == 's')
			separator = optarg;
	}
	if (!*separator)
		core_error(1, 0, "separator cannot be empty");
	if (optind == argc)
		return tac("-");
	for (; optind < argc; optind++)
		status |= tac(argv[optind]);
	return status;
}
