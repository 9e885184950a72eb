/* tr(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct set { unsigned char *chars; int count, room; int repeat_at, repeat_char; int upper, lower; };

static void add(struct set *set, int c)
{
	if (set->count == set->room)
		set->chars = core_realloc(set->chars, (size_t)(set->room = set->room ? set->room * 2 : 256));
	set->chars[set->count++] = (unsigned char)c;
}

static int one_char(const char **text)
{
	static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
	const char *at;
	int value = 0, digits;

	if (**text != '\\')
		return (unsigned char)*(*text)++;
	(*text)++;
	if (!**text)
		return '\\';
	if (**text >= '0' && **text <= '7') {
		for (digits = 0; digits < 3 && **text >= '0' && **text <= '7'; digits++)
			value = value * 8 + *(*text)++ - '0';
		return value & 255;
	}
	at = strchr(from, **text);
	if (at) {
		(*text)++;
		return (unsigned char)to[at - from];
	}
	return (unsigned char)*(*text)++;
}

static const struct { const char *name; int (*is)(int); } classes[] = {
	{ "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum }, { "upper", isupper }, { "lower", islower }, { "space", isspace },
	{ "blank", isblank }, { "punct", ispunct }, { "print", isprint }, { "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
};

static int class_of(const char **text, struct set *set)
{
	const char *end = strstr(*text + 2, ":]");
	size_t i;
	int c;

	if (!end)
		return 0;
	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		size_t length = strlen(classes[i].name);

		if ((size_t)(end - *text - 2) != length || strncmp(*text + 2, classes[i].name, length) != 0)
			continue;
		set->upper |= strcmp(classes[i].name, "upper") == 0;
		set->lower |= strcmp(classes[i].name, "lower") == 0;
		for (c = 0; c < 256; c++)
			if (classes[i].is(c))
				add(set, c);
		*text = end + 2;
		return 1;
	}
	core_error(1, 0, "invalid character class %s", core_quote(strndup(*text + 2, (size_t)(end - *text - 2))));
	return 0;
}

static void parse(const char *text, struct set *set)
{
	memset(set, 0, sizeof *set);
	set->repeat_at = -1;
	while (*text) {
		int low, high;

		if (text[0] == '[' && text[1] == ':' && class_of(&text, set))
			continue;
		if (text[0] == '[' && text[1] == '=' && text[2] && text[3] == '=' && text[4] == ']') {
			add(set, text[2]);
			text += 5;
			continue;
		}
		if (text[0] == '[' && text[1] && text[1] != '\\' && text[2] == '*') {
			const char *end = strchr(text + 3, ']');

			if (end && end - text - 3 == (ptrdiff_t)strspn(text + 3, "0123456789")) {
				long times = end == text + 3 ? 0 : strtol(text + 3, NULL, text[3] == '0' ? 8 : 10);

				if (times == 0) {
					set->repeat_at = set->count;
					set->repeat_char = (unsigned char)text[1];
				}
				while (times-- > 0)
					add(set, text[1]);
				text = end + 1;
				continue;
			}
		}
		low = one_char(&text);
		if (*text == '-' && text[1]) {
			const char *start = text - 1;

			text++;
			high = one_char(&text);
			if (high < low)
				core_error(1, 0, "range-endpoints of '%.*s' are in reverse collating sequence order", (int)(text - start), start);
			for (; low <= high; low++)
				add(set, low);
			continue;
		}
		add(set, low);
	}
}

static void complement(struct set *set)
{
	unsigned char has[256] = { 0 };
	int i;

	for (i = 0; i < set->count; i++)
		has[set->chars[i]] = 1;
	set->count = 0;
	for (i = 0; i < 256; i++)
		if (!has[i])
			add(set, i);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "complement", 0, NULL, 'c' }, { "delete", 0, NULL, 'd' }, { "squeeze-repeats", 0, NULL, 's' }, { "truncate-set1", 0, NULL, 't' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, inverted = 0, deletes = 0, squeezes = 0, truncates = 0, operands, i, last = -1;
	struct set first, second;
	unsigned char map[256], drop[256] = { 0 }, squeeze[256] = { 0 };
	unsigned char buf[8192];
	ssize_t got;

	core_start(argv[0], "[OPTION]... STRING1 [STRING2]");
	while ((option = core_getopt(argc, argv, "+cCdst", longs)) != -1) {
		switch (option) {
		case 'c': case 'C': inverted = 1; break;
		case 'd': deletes = 1; break;
		case 's': squeezes = 1; break;
		case 't': truncates = 1; break;
		}
	}
	operands = argc - optind;
	if (operands == 0)
		core_missing_operand(NULL);
	if (operands == 1 && (deletes == squeezes)) {
		core_error(0, 0, "missing operand after %s", core_quote(argv[optind]));
		fputs(deletes ? "Two strings must be given when both deleting and squeezing repeats.\n" : "Two strings must be given when translating.\n", stderr);
		core_try_help(1);
	}
	if (operands > 2 || (operands == 2 && deletes && !squeezes)) {
		core_error(0, 0, "extra operand %s", core_quote(argv[optind + (operands > 2 ? 2 : 1)]));
		if (operands == 2)
			fputs("Only one string may be given when deleting without squeezing repeats.\n", stderr);
		core_try_help(1);
	}
	parse(argv[optind], &first);
	if (inverted)
		complement(&first);
	parse(operands == 2 ? argv[optind + 1] : "", &second);
	for (i = 0; i < 256; i++)
		map[i] = (unsigned char)i;
	if (operands == 2 && !deletes) {
		if (second.count == 0 && second.repeat_at < 0)
			core_error(1, 0, "when not truncating set1, string2 must be non-empty");
		if (second.repeat_at >= 0)
			while (second.count < first.count) {
				add(&second, 0);
				memmove(second.chars + second.repeat_at + 1, second.chars + second.repeat_at, (size_t)(second.count - 1 - second.repeat_at));
				second.chars[second.repeat_at] = (unsigned char)second.repeat_char;
			}
		for (i = 0; i < first.count; i++) {
			if (i < second.count)
				map[first.chars[i]] = second.chars[i];
			else if (!truncates)
				map[first.chars[i]] = second.chars[second.count - 1];
		}
	}
	for (i = 0; i < first.count; i++) {
		drop[first.chars[i]] = (unsigned char)deletes;
		if (squeezes && operands == 1)
			squeeze[first.chars[i]] = 1;
	}
	for (i = 0; squeezes && i < second.count; i++)
		squeeze[second.chars[i]] = 1;
	while ((got = read(0, buf, sizeof buf)) > 0) {
		for (i = 0; i < got; i++) {
			int c = buf[i];

			if (drop[c])
				continue;
			c = map[c];
			if (c == last && squeeze[c])
				continue;
			last = c;
			putchar(c);
		}
		fflush(stdout);
	}
	if (got < 0)
		core_error(1, errno, "read error");
	return 0;
}
