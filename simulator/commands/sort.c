/* sort(1) of coreutils, in memory. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { NUMERIC = 1, FOLD = 2, REVERSE = 4, BLANKS = 8, DICTIONARY = 16, PRINTING = 32, GENERAL = 64, HUMAN = 128, MONTH = 256, VERSION = 512, RANDOM = 1024, BLANKS_END = 2048 };
struct key { unsigned long from_field, from_char, to_field, to_char; int flags, has_flags; };
struct line { char *text; size_t length; };

static struct key keys[32];
static int key_count, global, unique, stable, check, line_end = '\n', separator = -1;
static struct line *lines;
static size_t count, room;

static const char *field_start(const struct line *line, const struct key *key)
{
	const char *at = line->text, *end = at + line->length;
	unsigned long field = key->from_field;

	if (separator >= 0) {
		while (at < end && --field > 0) {
			while (at < end && *at != separator)
				at++;
			if (at < end)
				at++;
		}
	} else {
		while (at < end && --field > 0) {
			while (at < end && (isblank((unsigned char)*at) || *at == '\n'))
				at++;
			while (at < end && !(isblank((unsigned char)*at) || *at == '\n'))
				at++;
		}
	}
	if (key->flags & BLANKS)
		while (at < end && (isblank((unsigned char)*at) || *at == '\n'))
			at++;
	at += key->from_char - 1;
	return at < end ? at : end;
}

static const char *field_end(const struct line *line, const struct key *key)
{
	const char *at = line->text, *end = at + line->length;
	unsigned long field = key->to_field;

	if (field == 0)
		return end;
	if (key->to_char == 0) {
		if (separator >= 0) {
			while (at < end && field-- > 0) {
				while (at < end && *at != separator)
					at++;
				if (at < end && (field || 0))
					at++;
			}
		} else {
			while (at < end && field-- > 0) {
				while (at < end && (isblank((unsigned char)*at) || *at == '\n'))
					at++;
				while (at < end && !(isblank((unsigned char)*at) || *at == '\n'))
					at++;
			}
		}
		return at;
	}
	{
		struct key start = { field, 1, 0, 0, key->flags & BLANKS_END ? BLANKS : 0, 0 };

		at = field_start(line, &start) + key->to_char;
		return at < end ? at : end;
	}
}

/* Decimal text of any length, as -n reads it. */
static int numeric(const char *a, const char *a_end, const char *b, const char *b_end)
{
	const char *text[2] = { a, b }, *end[2] = { a_end, b_end }, *digits[2], *fraction[2];
	size_t length[2], fraction_length[2];
	int negative[2], i, result, zero[2];

	for (i = 0; i < 2; i++) {
		const char *at = text[i];

		while (at < end[i] && isblank((unsigned char)*at))
			at++;
		negative[i] = at < end[i] && *at == '-';
		at += negative[i];
		while (at < end[i] && *at == '0')
			at++;
		digits[i] = at;
		while (at < end[i] && isdigit((unsigned char)*at))
			at++;
		length[i] = (size_t)(at - digits[i]);
		fraction[i] = at;
		fraction_length[i] = 0;
		if (at < end[i] && *at == '.') {
			fraction[i] = ++at;
			while (at < end[i] && isdigit((unsigned char)*at))
				at++;
			fraction_length[i] = (size_t)(at - fraction[i]);
			while (fraction_length[i] && fraction[i][fraction_length[i] - 1] == '0')
				fraction_length[i]--;
		}
		zero[i] = length[i] == 0 && fraction_length[i] == 0;
		if (zero[i])
			negative[i] = 0;
	}
	if (negative[0] != negative[1])
		return negative[1] - negative[0];
	if (length[0] != length[1]) {
		result = length[0] < length[1] ? -1 : 1;
	} else {
		result = memcmp(digits[0], digits[1], length[0]);
		if (!result) {
			size_t common = fraction_length[0] < fraction_length[1] ? fraction_length[0] : fraction_length[1];

			result = memcmp(fraction[0], fraction[1], common);
			if (!result)
				result = (fraction_length[0] > fraction_length[1]) - (fraction_length[0] < fraction_length[1]);
		}
	}
	return negative[0] ? -result : result;
}

static int human_power(const char *at, const char *end)
{
	static const char units[] = "KMGTPEZY";
	const char *unit;

	while (at < end && (isblank((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '-' || *at == '.'))
		at++;
	if (at == end)
		return 0;
	unit = strchr(units, toupper((unsigned char)*at));
	return unit && *at ? (int)(unit - units) + 1 : 0;
}

static int month(const char *at, const char *end)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	int i;

	while (at < end && isblank((unsigned char)*at))
		at++;
	for (i = 0; i < 12 && end - at >= 3; i++)
		if (strncasecmp(at, names + 3 * i, 3) == 0)
			return i + 1;
	return 0;
}

static int ignored(int c, int flags)
{
	return ((flags & DICTIONARY) && !isalnum(c) && !isblank(c)) || ((flags & PRINTING) && !isprint(c));
}

static int textual(const char *a, const char *a_end, const char *b, const char *b_end, int flags)
{
	if (!(flags & (FOLD | DICTIONARY | PRINTING))) {
		size_t x = (size_t)(a_end - a), y = (size_t)(b_end - b);
		int result = memcmp(a, b, x < y ? x : y);

		return result ? result : (x > y) - (x < y);
	}
	for (;;) {
		int x, y;

		while (a < a_end && ignored((unsigned char)*a, flags))
			a++;
		while (b < b_end && ignored((unsigned char)*b, flags))
			b++;
		if (a == a_end || b == b_end)
			return (a < a_end) - (b < b_end);
		x = (unsigned char)*a++;
		y = (unsigned char)*b++;
		if (flags & FOLD) {
			x = toupper(x);
			y = toupper(y);
		}
		if (x != y)
			return x - y;
	}
}

static int by_flags(const char *a, const char *a_end, const char *b, const char *b_end, int flags)
{
	if (flags & NUMERIC)
		return numeric(a, a_end, b, b_end);
	if (flags & GENERAL) {
		double x = strtod(strndup(a, (size_t)(a_end - a)), NULL), y = strtod(strndup(b, (size_t)(b_end - b)), NULL);

		return (x > y) - (x < y);
	}
	if (flags & HUMAN) {
		int x = human_power(a, a_end), y = human_power(b, b_end);

		return x != y ? x - y : numeric(a, a_end, b, b_end);
	}
	if (flags & MONTH)
		return month(a, a_end) - month(b, b_end);
	if (flags & VERSION) {
		char *x = strndup(a, (size_t)(a_end - a)), *y = strndup(b, (size_t)(b_end - b));
		int result = strverscmp(x, y);

		free(x);
		free(y);
		return result;
	}
	return textual(a, a_end, b, b_end, flags);
}

static int by_keys(const struct line *a, const struct line *b)
{
	int i, result;

	for (i = 0; i < key_count; i++) {
		const char *x = field_start(a, &keys[i]), *x_end = field_end(a, &keys[i]);
		const char *y = field_start(b, &keys[i]), *y_end = field_end(b, &keys[i]);

		result = by_flags(x, x_end < x ? x : x_end, y, y_end < y ? y : y_end, keys[i].flags);
		if (result)
			return keys[i].flags & REVERSE ? -result : result;
	}
	return 0;
}

static int compare(const struct line *a, const struct line *b)
{
	int result = by_keys(a, b);

	if (result || unique || stable)
		return result;
	result = textual(a->text, a->text + a->length, b->text, b->text + b->length, 0);
	return global & REVERSE ? -result : result;
}

/* A merge sort keeps the order of equal lines. */
static void merge_sort(struct line *from, struct line *to, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	merge_sort(from, to, half);
	merge_sort(from + half, to + half, n - half);
	while (i < half && j < n)
		to[k++] = compare(&from[i], &from[j]) <= 0 ? from[i++] : from[j++];
	while (i < half)
		to[k++] = from[i++];
	while (j < n)
		to[k++] = from[j++];
	memcpy(from, to, n * sizeof *from);
}

static int flag_of(char letter)
{
	switch (letter) {
	case 'n': return NUMERIC;
	case 'f': return FOLD;
	case 'r': return REVERSE;
	case 'b': return BLANKS;
	case 'd': return DICTIONARY;
	case 'i': return PRINTING;
	case 'g': return GENERAL;
	case 'h': return HUMAN;
	case 'M': return MONTH;
	case 'V': return VERSION;
	case 'R': return RANDOM;
	default: return 0;
	}
}

static void read_key(const char *text)
{
	struct key *key = &keys[key_count++];
	const char *start = text;
	char *end;

	memset(key, 0, sizeof *key);
	key->from_field = strtoul(text, &end, 10);
	if (end == text)
		core_error(2, 0, "%s: invalid field specification %s", "invalid number at field start", core_quote(start));
	if (key->from_field == 0)
		core_error(2, 0, "%s: invalid field specification %s", "field number is zero", core_quote(start));
	key->from_char = 1;
	if (*end == '.') {
		key->from_char = strtoul(end + 1, &end, 10);
		if (key->from_char == 0)
			core_error(2, 0, "%s: invalid field specification %s", "character offset is zero", core_quote(start));
	}
	for (; flag_of(*end); end++)
		key->flags |= flag_of(*end), key->has_flags = 1;
	if (*end == ',') {
		key->to_field = strtoul(end + 1, &end, 10);
		if (key->to_field == 0)
			core_error(2, 0, "%s: invalid field specification %s", "field number is zero", core_quote(start));
		if (*end == '.')
			key->to_char = strtoul(end + 1, &end, 10);
		for (; flag_of(*end); end++) {
			key->flags |= *end == 'b' ? BLANKS_END : flag_of(*end);
			key->has_flags = 1;
		}
	}
	if (*end)
		core_error(2, 0, "%s: invalid field specification %s", "stray character in field spec", core_quote(start));
}

static void read_file(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *line = NULL;
	size_t line_room = 0;
	ssize_t length;

	if (!file)
		core_error(2, errno, "cannot read: %s", core_quotef(name));
	while ((length = core_line(file, &line, &line_room, line_end)) > 0) {
		if (line[length - 1] == line_end)
			length--;
		if (count == room)
			lines = core_realloc(lines, (room = room ? room * 2 : 256) * sizeof *lines);
		lines[count].text = core_malloc((size_t)length + 1);
		memcpy(lines[count].text, line, (size_t)length);
		lines[count].text[length] = '\0';
		lines[count++].length = (size_t)length;
	}
	if (ferror(file))
		core_error(2, errno, "read failed: %s", core_quotef(name));
	free(line);
	if (file != stdin)
		fclose(file);
}

static int check_order(const char *name)
{
	size_t i;

	for (i = 1; i < count; i++) {
		int result = compare(&lines[i - 1], &lines[i]);

		if (result > 0 || (unique && result == 0)) {
			if (check == 'c')
				core_error(0, 0, "%s:%zu: disorder: %s", name, i + 1, lines[i].text);
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "ignore-leading-blanks", 0, NULL, 'b' }, { "check", 2, NULL, 'c' }, { "dictionary-order", 0, NULL, 'd' }, { "ignore-case", 0, NULL, 'f' },
		{ "general-numeric-sort", 0, NULL, 'g' }, { "human-numeric-sort", 0, NULL, 'h' }, { "ignore-nonprinting", 0, NULL, 'i' },
		{ "key", 1, NULL, 'k' }, { "merge", 0, NULL, 'm' }, { "month-sort", 0, NULL, 'M' }, { "numeric-sort", 0, NULL, 'n' },
		{ "output", 1, NULL, 'o' }, { "reverse", 0, NULL, 'r' }, { "stable", 0, NULL, 's' }, { "field-separator", 1, NULL, 't' },
		{ "unique", 0, NULL, 'u' }, { "version-sort", 0, NULL, 'V' }, { "zero-terminated", 0, NULL, 'z' }, { "random-sort", 0, NULL, 'R' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *output = NULL, *checked;
	int option, i;
	size_t at;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "bcCdfghik:mMno:rRsS:t:T:uVy:z", longs)) != -1) {
		switch (option) {
		case 'k': if (key_count < 31) read_key(optarg); break;
		case 'o': output = optarg; break;
		case 's': stable = 1; break;
		case 't':
			if (strcmp(optarg, "\\0") == 0)
				separator = 0;
			else if (!optarg[0] || optarg[1])
				core_error(2, 0, optarg[0] ? "multi-character tab %s" : "empty tab", core_quote(optarg));
			else
				separator = (unsigned char)optarg[0];
			break;
		case 'u': unique = 1; break;
		case 'z': line_end = 0; break;
		case 'c': check = optarg && strcmp(optarg, "diagnose-first") != 0 ? 'C' : 'c'; break;
		case 'C': check = 'C'; break;
		case 'm': case 'S': case 'T': break;
		default: global |= flag_of((char)option);
		}
	}
	for (i = 0; i < key_count; i++)
		if (!keys[i].has_flags)
			keys[i].flags = global;
	if (key_count == 0) {
		keys[0].from_field = keys[0].from_char = 1;
		keys[0].flags = global;
		key_count = 1;
	}
	checked = optind < argc ? argv[optind] : "-";
	if (optind == argc)
		read_file("-");
	for (; optind < argc; optind++)
		read_file(argv[optind]);
	if (check)
		return check_order(checked);
	merge_sort(lines, core_malloc((count + 1) * sizeof *lines), count);
	if (output && !freopen(output, "w", stdout))
		core_error(2, errno, "open failed: %s", core_quotef(output));
	for (at = 0; at < count; at++) {
		if (unique && at > 0 && compare(&lines[at - 1], &lines[at]) == 0)
			continue;
		fwrite(lines[at].text, 1, lines[at].length, stdout);
		putchar(line_end);
	}
	return 0;
}
