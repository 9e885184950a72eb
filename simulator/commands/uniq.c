/* uniq(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int counts, repeated, unique, ignore_case, all_repeated, line_end = '\n';
static unsigned long skip_fields, skip_chars, check_chars = (unsigned long)-1;

static const char *key(const char *line, size_t *length)
{
	const char *end = line + *length;
	unsigned long i;

	for (i = 0; i < skip_fields && line < end; i++) {
		while (line < end && isblank((unsigned char)*line))
			line++;
		while (line < end && !isblank((unsigned char)*line))
			line++;
	}
	for (i = 0; i < skip_chars && line < end; i++)
		line++;
	*length = (size_t)(end - line) < check_chars ? (size_t)(end - line) : check_chars;
	return line;
}

static int same(const char *a, size_t a_length, const char *b, size_t b_length)
{
	const char *x = key(a, &a_length), *y = key(b, &b_length);

	if (a_length != b_length)
		return 0;
	return (ignore_case ? strncasecmp(x, y, a_length) : memcmp(x, y, a_length)) == 0;
}

static void put(const char *line, size_t length, unsigned long times)
{
	if (all_repeated)
		return;
	if ((repeated && times == 1) || (unique && times > 1))
		return;
	if (counts)
		printf("%7lu ", times);
	fwrite(line, 1, length, stdout);
	putchar(line_end);
}

static unsigned long number(const char *text, const char *what)
{
	if (!*text || text[strspn(text, "0123456789")])
		core_error(1, 0, "%s: invalid number of %s", text, what);
	return strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "count", 0, NULL, 'c' }, { "repeated", 0, NULL, 'd' }, { "all-repeated", 2, NULL, 'D' }, { "unique", 0, NULL, 'u' },
		{ "ignore-case", 0, NULL, 'i' }, { "skip-fields", 1, NULL, 'f' }, { "skip-chars", 1, NULL, 's' }, { "check-chars", 1, NULL, 'w' },
		{ "zero-terminated", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	char *line = NULL, *last = NULL;
	size_t room = 0, last_room = 0;
	ssize_t length, last_length = -1;
	unsigned long times = 0;
	int option;

	core_start(argv[0], "[OPTION]... [INPUT [OUTPUT]]");
	while ((option = core_getopt(argc, argv, "cdDf:is:uw:z", longs)) != -1) {
		switch (option) {
		case 'c': counts = 1; break;
		case 'd': repeated = 1; break;
		case 'D': all_repeated = 1; break;
		case 'u': unique = 1; break;
		case 'i': ignore_case = 1; break;
		case 'f': skip_fields = number(optarg, "fields to skip"); break;
		case 's': skip_chars = number(optarg, "bytes to skip"); break;
		case 'w': check_chars = number(optarg, "bytes to compare"); break;
		case 'z': line_end = 0; break;
		}
	}
	if (argc - optind > 2)
		core_extra_operand(argv[optind + 2]);
	if (optind < argc && strcmp(argv[optind], "-") != 0 && !freopen(argv[optind], "r", stdin))
		core_error(1, errno, "%s", core_quotef(argv[optind]));
	if (optind + 1 < argc && strcmp(argv[optind + 1], "-") != 0 && !freopen(argv[optind + 1], "w", stdout))
		core_error(1, errno, "%s", core_quotef(argv[optind + 1]));
	while ((length = core_line(stdin, &line, &room, line_end)) > 0) {
		if (line[length - 1] == line_end)
			length--;
		if (last_length >= 0 && same(last, (size_t)last_length, line, (size_t)length)) {
			if (all_repeated && times == 1) {
				fwrite(last, 1, (size_t)last_length, stdout);
				putchar(line_end);
			}
			if (all_repeated) {
				fwrite(line, 1, (size_t)length, stdout);
				putchar(line_end);
			}
			times++;
			continue;
		}
		if (last_length >= 0)
			put(last, (size_t)last_length, times);
		if (last_room < (size_t)length + 1)
			last = core_realloc(last, last_room = (size_t)length + 1);
		memcpy(last, line, (size_t)length);
		last_length = length;
		times = 1;
	}
	if (ferror(stdin))
		core_error(1, errno, "error reading %s", core_quoteaf(optind < argc ? argv[optind] : "standard input"));
	if (last_length >= 0)
		put(last, (size_t)last_length, times);
	return 0;
}
