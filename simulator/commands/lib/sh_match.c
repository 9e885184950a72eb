/* Patterns: `*`, `?`, `[…]`, and with extglob `@(…)` and its like. A backslash takes the meaning of the next character. */
#include "sh.h"

#include <ctype.h>
#include <string.h>
#include <stdlib.h>

size_t sh_char_length(const char *text)
{
	unsigned char c = (unsigned char)*text;
	size_t length = 1, i;

	if (c < 0xC2 || !sh_utf8())
		return 1;
	length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
	for (i = 1; i < length; i++)
		if (((unsigned char)text[i] & 0xC0) != 0x80)
			return 1;
	return length;
}

size_t sh_text_chars(const char *text)
{
	size_t count = 0;

	for (; *text; text += sh_char_length(text))
		count++;
	return count;
}

static int utf8 = -1;

int sh_utf8(void)
{
	if (utf8 < 0) {
		const char *name = getenv("LC_ALL");

		if (!name || !*name)
			name = getenv("LC_CTYPE");
		if (!name || !*name)
			name = getenv("LANG");
		utf8 = name && (strstr(name, "UTF-8") || strstr(name, "utf8")) && !sh_dash;
	}
	return utf8;
}

static unsigned code(const char *at, size_t length)
{
	unsigned value = (unsigned char)*at;
	size_t i;

	if (length == 1)
		return value;
	value &= length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07;
	for (i = 1; i < length; i++)
		value = value << 6 | ((unsigned char)at[i] & 0x3F);
	return value;
}

static const struct { const char *name; int (*is)(int); } classes[] = {
	{ "alpha:", isalpha }, { "digit:", isdigit }, { "alnum:", isalnum }, { "upper:", isupper }, { "lower:", islower }, { "space:", isspace },
	{ "blank:", isblank }, { "punct:", ispunct }, { "print:", isprint }, { "graph:", isgraph }, { "cntrl:", iscntrl }, { "xdigit:", isxdigit },
};

static const char *class_end(const char *pattern, unsigned c, int *matched)
{
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		size_t length = strlen(classes[i].name);

		if (strncmp(pattern + 2, classes[i].name, length) == 0 && pattern[2 + length] == ']') {
			if (c < 128 && classes[i].is((int)c))
				*matched = 1;
			return pattern + 3 + length;
		}
	}
	return NULL;
}

/* pattern is behind `[`; NULL when it has no end. */
static const char *bracket(const char *pattern, unsigned c, int *result)
{
	int negated = *pattern == '!' || *pattern == '^', matched = 0, first = 1;

	if (negated)
		pattern++;
	while (*pattern && (*pattern != ']' || first)) {
		unsigned low, high;
		size_t length;
		const char *end;

		first = 0;
		if (pattern[0] == '[' && pattern[1] == ':' && (end = class_end(pattern, c, &matched)) != NULL) {
			pattern = end;
			continue;
		}
		if (*pattern == '\\' && pattern[1])
			pattern++;
		length = sh_char_length(pattern);
		low = high = code(pattern, length);
		pattern += length;
		if (pattern[0] == '-' && pattern[1] && pattern[1] != ']') {
			pattern++;
			if (*pattern == '\\' && pattern[1])
				pattern++;
			length = sh_char_length(pattern);
			high = code(pattern, length);
			pattern += length;
		}
		if (c >= low && c <= high)
			matched = 1;
		if (sh_nocasematch && c < 128 && ((unsigned)tolower((int)c) == low || (unsigned)toupper((int)c) == low))
			matched = 1;
	}
	if (*pattern != ']')
		return NULL;
	*result = matched != negated;
	return pattern + 1;
}

static int match(const char *pattern, const char *pattern_end, const char *text, const char *end);

/* Behind `?(` and the like: where its `)` is; alternatives are tried one by one. */
static const char *group_end(const char *at, const char *end)
{
	int depth = 1;

	for (; at < end; at++) {
		if (*at == '\\' && at + 1 < end)
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at;
	}
	return NULL;
}

static int one_of(const char *group, const char *group_close, const char *text, const char *end)
{
	const char *start = group;
	int depth = 0;

	for (;; group++) {
		if (group == group_close || (*group == '|' && depth == 0)) {
			if (match(start, group, text, end))
				return 1;
			if (group == group_close)
				return 0;
			start = group + 1;
		} else if (*group == '\\') {
			group++;
		} else {
			depth += (*group == '(') - (*group == ')');
		}
	}
}

static int extended(char kind, const char *group, const char *close, const char *pattern_end, const char *text, const char *end)
{
	const char *rest = close + 1, *at;

	if ((kind == '?' || kind == '*') && match(rest, pattern_end, text, end))
		return 1;
	for (at = text; at <= end; at++) {
		if (kind == '!') {
			if (!one_of(group, close, text, at) && match(rest, pattern_end, at, end))
				return 1;
			continue;
		}
		if (!one_of(group, close, text, at))
			continue;
		if (match(rest, pattern_end, at, end))
			return 1;
		if ((kind == '*' || kind == '+') && at > text && extended('*', group, close, pattern_end, at, end))
			return 1;
	}
	return 0;
}

static int same(char a, char b)
{
	return a == b || (sh_nocasematch && tolower((unsigned char)a) == tolower((unsigned char)b));
}

static int match(const char *pattern, const char *pattern_end, const char *text, const char *end)
{
	while (pattern < pattern_end) {
		char c = *pattern;
		size_t length;

		if (sh_extglob && strchr("?*+@!", c) && pattern + 1 < pattern_end && pattern[1] == '(') {
			const char *close = group_end(pattern + 2, pattern_end);

			if (close)
				return extended(c, pattern + 2, close, pattern_end, text, end);
		}
		if (c == '*') {
			while (pattern < pattern_end && *pattern == '*' && !(sh_extglob && pattern + 1 < pattern_end && pattern[1] == '('))
				pattern++;
			if (pattern == pattern_end)
				return 1;
			for (;; text += sh_char_length(text)) {
				if (match(pattern, pattern_end, text, end))
					return 1;
				if (text >= end)
					return 0;
			}
		}
		if (text >= end)
			return 0;
		if (c == '?') {
			pattern++;
			text += sh_char_length(text);
			continue;
		}
		if (c == '[') {
			int result = 0;
			const char *after;

			length = sh_char_length(text);
			after = bracket(pattern + 1, code(text, length), &result);
			if (after && after <= pattern_end) {
				if (!result)
					return 0;
				pattern = after;
				text += length;
				continue;
			}
		}
		if (c == '\\' && pattern + 1 < pattern_end)
			c = *++pattern;
		if (!same(c, *text))
			return 0;
		pattern++;
		text++;
	}
	return text == end;
}

int sh_match_prefix(const char *pattern, const char *text, size_t length)
{
	return match(pattern, pattern + strlen(pattern), text, text + length);
}

int sh_match(const char *pattern, const char *text)
{
	return sh_match_prefix(pattern, text, strlen(text));
}

int sh_has_glob(const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (*pattern == '*' || *pattern == '?')
			return 1;
		else if (*pattern == '[' && strchr(pattern + 1, ']'))
			return 1;
		else if (sh_extglob && strchr("+@!", *pattern) && pattern[1] == '(')
			return 1;
	}
	return 0;
}
