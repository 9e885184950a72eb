/* cut(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct range { unsigned long low, high; };
static struct range ranges[256];
static int range_count, complement, only_delimited, status, line_end = '\n';
static char delimiter = '\t';
static const char *output_delimiter;
static char mode;

static void bad(const char *what, const char *text)
{
	if (text)
		core_error(0, 0, "%s %s", what, core_quote(text));
	else
		core_error(0, 0, "%s", what);
	core_try_help(1);
}

static int compare(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->low > y->low) - (x->low < y->low);
}

static void read_ranges(const char *text)
{
	const char *what = mode == 'f' ? "field" : "byte/character";
	char message[80];
	int i, kept;

	while (*text) {
		struct range r = { 0, 0 };
		int dash = 0, low = 0, high = 0;

		for (; *text && *text != ',' && !isspace((unsigned char)*text); text++) {
			if (*text == '-') {
				if (dash) {
					snprintf(message, sizeof message, "invalid %s range", what);
					bad(message, NULL);
				}
				dash = 1;
			} else if (isdigit((unsigned char)*text)) {
				unsigned long *to = dash ? &r.high : &r.low;

				*to = *to * 10 + (unsigned long)(*text - '0');
				*(dash ? &high : &low) = 1;
			} else {
				snprintf(message, sizeof message, mode == 'f' ? "invalid field value" : "invalid byte/character position");
				bad(message, text);
			}
		}
		if (!low && !high)
			bad(dash ? "invalid range with no endpoint: -" : mode == 'f' ? "fields are numbered from 1" : "byte/character positions are numbered from 1", NULL);
		if ((low && r.low == 0) || (high && r.high == 0 && !low))
			bad(mode == 'f' ? "fields are numbered from 1" : "byte/character positions are numbered from 1", NULL);
		if (!low)
			r.low = 1;
		if (!dash)
			r.high = r.low;
		else if (!high)
			r.high = (unsigned long)-1;
		if (r.high < r.low)
			bad("invalid decreasing range", NULL);
		if (range_count < 256)
			ranges[range_count++] = r;
		if (*text)
			text++;
	}
	if (range_count == 0)
		bad(mode == 'f' ? "fields are numbered from 1" : "byte/character positions are numbered from 1", NULL);
	qsort(ranges, (size_t)range_count, sizeof *ranges, compare);
	for (i = kept = 0; i < range_count; i++) {
		if (kept && ranges[i].low <= ranges[kept - 1].high) {
			if (ranges[i].high > ranges[kept - 1].high)
				ranges[kept - 1].high = ranges[i].high;
		} else {
			ranges[kept++] = ranges[i];
		}
	}
	range_count = kept;
}

/* The number of the range that the position is in, from 1; 0 for none. */
static int selected(unsigned long position)
{
	int i;

	for (i = 0; i < range_count; i++)
		if (position >= ranges[i].low && position <= ranges[i].high)
			return complement ? 0 : i + 1;
	return complement;
}

static void cut_bytes(const char *line, size_t length)
{
	int last = 0;
	size_t i;

	for (i = 0; i < length; i++) {
		int now = selected(i + 1);

		if (now && output_delimiter && last && (now != last || !selected(i)))
			fputs(output_delimiter, stdout);
		if (now) {
			putchar(line[i]);
			last = now;
		}
	}
	putchar(line_end);
}

static void cut_fields(const char *line, size_t length)
{
	char plain[2] = { delimiter, 0 };
	const char *between = output_delimiter ? output_delimiter : plain, *end = line + length;
	unsigned long field = 1;
	int any = 0;

	if (!memchr(line, delimiter, length)) {
		if (!only_delimited) {
			fwrite(line, 1, length, stdout);
			putchar(line_end);
		}
		return;
	}
	for (;; field++) {
		const char *stop = memchr(line, delimiter, (size_t)(end - line));

		if (!stop)
			stop = end;
		if (selected(field)) {
			if (any)
				fputs(between, stdout);
			any = 1;
			fwrite(line, 1, (size_t)(stop - line), stdout);
		}
		if (stop == end)
			break;
		line = stop + 1;
	}
	putchar(line_end);
}

static void one(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (!file) {
		core_error(0, errno, "%s", core_quotef(name));
		status = 1;
		return;
	}
	while ((length = core_line(file, &line, &room, line_end)) > 0) {
		if (line[length - 1] == line_end)
			length--;
		if (mode == 'f')
			cut_fields(line, (size_t)length);
		else
			cut_bytes(line, (size_t)length);
	}
	if (ferror(file)) {
		core_error(0, errno, "%s", core_quotef(name));
		status = 1;
	}
	free(line);
	if (file != stdin)
		fclose(file);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", 1, NULL, 'b' }, { "characters", 1, NULL, 'c' }, { "fields", 1, NULL, 'f' }, { "delimiter", 1, NULL, 'd' },
		{ "only-delimited", 0, NULL, 's' }, { "output-delimiter", 1, NULL, 'O' }, { "complement", 0, NULL, 'C' }, { "zero-terminated", 0, NULL, 'z' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *list = NULL;
	int option, delimited = 0;

	core_start(argv[0], "OPTION... [FILE]...");
	while ((option = core_getopt(argc, argv, "b:c:d:f:nsz", longs)) != -1) {
		switch (option) {
		case 'b': case 'c': case 'f':
			if (list)
				bad("only one list may be specified", NULL);
			list = optarg;
			mode = (char)option;
			break;
		case 'd':
			if (optarg[0] && optarg[1])
				bad("the delimiter must be a single character", NULL);
			delimiter = optarg[0];
			delimited = 1;
			break;
		case 's': only_delimited = 1; break;
		case 'z': line_end = 0; break;
		case 'O': output_delimiter = optarg; break;
		case 'C': complement = 1; break;
		}
	}
	if (!list)
		bad("you must specify a list of bytes, characters, or fields", NULL);
	if (delimited && mode != 'f')
		bad("an input delimiter may be specified only when operating on fields", NULL);
	if (only_delimited && mode != 'f')
		bad("suppressing non-delimited lines makes sense\n\tonly when operating on fields", NULL);
	read_ranges(list);
	if (optind == argc)
		one("-");
	for (; optind < argc; optind++)
		one(argv[optind]);
	return status;
}
