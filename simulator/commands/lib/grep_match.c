/* grep: patterns, and where they match in a line. */
#define _GNU_SOURCE
#include "grep.h"
#include "core.h"

#include <ctype.h>
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef __REG_LENIENT
#define __REG_LENIENT 0   /* another libc: its own syntax */
#endif

struct pattern { char *text; size_t length; regex_t regex; };
static struct pattern *patterns;
static int count;

static void add_one(const char *text, size_t length)
{
	patterns = core_realloc(patterns, (size_t)(count + 1) * sizeof *patterns);
	patterns[count].text = core_malloc(length + 1);
	memcpy(patterns[count].text, text, length);
	patterns[count].text[length] = '\0';
	patterns[count++].length = length;
}

void grep_add(const char *text, size_t length)
{
	const char *end = text + length;

	for (;;) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));

		add_one(text, (size_t)((newline ? newline : end) - text));
		if (!newline)
			return;
		text = newline + 1;
	}
}

void grep_add_file(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (!file)
		core_error(2, errno, "%s", name);
	while ((length = core_line(file, &line, &room, '\n')) > 0)
		add_one(line, (size_t)length - (line[length - 1] == '\n'));
	free(line);
	if (file != stdin)
		fclose(file);
}

/* \d and its like of -P, which is otherwise taken as an extended expression. */
static char *from_perl(const char *text)
{
	char *out = core_malloc(strlen(text) * 9 + 1), *at = out;

	for (; *text; text++) {
		if (text[0] == '\\' && text[1] == 'd') {
			at = stpcpy(at, "[0-9]");
			text++;
		} else if (text[0] == '\\' && text[1] == 'D') {
			at = stpcpy(at, "[^0-9]");
			text++;
		} else if (text[0] == '\\' && text[1] == 't') {
			*at++ = '\t';
			text++;
		} else if (text[0] == '(' && text[1] == '?' && text[2] == ':') {
			*at++ = '(';
			text += 2;
		} else if (text[0] == '(' && text[1] == '?') {
			core_error(2, 0, "the -P option only supports what extended expressions have, \\d, \\t and (?:…)");
		} else if (text[0] == '*' && text[1] == '?') {
			core_error(2, 0, "the -P option only supports what extended expressions have, \\d, \\t and (?:…)");
		} else {
			if (text[0] == '\\' && text[1])
				*at++ = *text++;
			*at++ = *text;
		}
	}
	*at = '\0';
	return out;
}

void grep_compile(void)
{
	int i;

	for (i = 0; i < count; i++) {
		char message[128];
		int error;

		if (grep.fixed)
			continue;
		if (grep.perl)
			patterns[i].text = from_perl(patterns[i].text);
		error = regcomp(&patterns[i].regex, patterns[i].text, (grep.extended ? REG_EXTENDED : 0) | __REG_LENIENT | (grep.icase ? REG_ICASE : 0));
		if (error) {
			regerror(error, NULL, message, sizeof message);
			core_error(2, 0, "%s", message);
		}
	}
}

static int is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 128;
}

static int same(const char *a, const char *b, size_t length)
{
	return (grep.icase ? strncasecmp(a, b, length) : memcmp(a, b, length)) == 0;
}

static int find_one(struct pattern *pattern, const char *text, size_t length, size_t at, size_t *from, size_t *to)
{
	regmatch_t found[1];

	if (grep.fixed) {
		for (; at + pattern->length <= length; at++)
			if (same(text + at, pattern->text, pattern->length)) {
				*from = at;
				*to = at + pattern->length;
				return 1;
			}
		return 0;
	}
	found[0].rm_so = (regoff_t)at;
	found[0].rm_eo = (regoff_t)length;
	if (regexec(&pattern->regex, text, 1, found, REG_STARTEND) != 0)
		return 0;
	*from = (size_t)found[0].rm_so;
	*to = (size_t)found[0].rm_eo;
	return 1;
}

/* A match that stands alone as a word; shorter ones at the same place count, too. */
static int find_word(struct pattern *pattern, const char *text, size_t length, size_t at, size_t *from, size_t *to)
{
	while (at <= length && find_one(pattern, text, length, at, from, to)) {
		size_t end = *to;

		for (;;) {
			if ((*from == 0 || !is_word(text[*from - 1])) && (end == length || !is_word(text[end])) ) {
				*to = end;
				return 1;
			}
			if (end == *from || grep.fixed)
				break;
			{
				size_t inner_from, inner_to;

				if (!find_one(pattern, text, end - 1, *from, &inner_from, &inner_to) || inner_from != *from)
					break;
				end = inner_to;
			}
		}
		at = *from + 1;
	}
	return 0;
}

int grep_find(const char *text, size_t length, size_t at, size_t *from, size_t *to)
{
	int i, found = 0;

	for (i = 0; i < count; i++) {
		size_t one_from, one_to;

		if (grep.line) {
			if (at > 0)
				continue;
			if (grep.fixed ? patterns[i].length != length || !same(text, patterns[i].text, length)
				       : !find_one(&patterns[i], text, length, 0, &one_from, &one_to) || one_from != 0 || one_to != length)
				continue;
			one_from = 0;
			one_to = length;
		} else if (grep.word ? !find_word(&patterns[i], text, length, at, &one_from, &one_to) : !find_one(&patterns[i], text, length, at, &one_from, &one_to)) {
			continue;
		}
		if (!found || one_from < *from || (one_from == *from && one_to > *to)) {
			*from = one_from;
			*to = one_to;
		}
		found = 1;
	}
	return found;
}
