/* What an operator of ${…} makes of one value: # % / ^ , @ */
#include "sh.h"

#include <ctype.h>
#include <string.h>

static char *trim(const char *text, const char *op, const char *end)
{
	int longest = end - op > 1 && op[1] == op[0];
	char *pattern = sh_expand_pattern(sh_copyn(op + 1 + longest, (size_t)(end - op - 1 - longest)));
	size_t length = strlen(text), i;

	if (!pattern)
		return NULL;
	if (*op == '#') {
		for (i = 0; i <= length; i++) {
			size_t cut = longest ? length - i : i;

			if (sh_match_prefix(pattern, text, cut))
				return sh_copy(text + cut);
		}
	} else {
		for (i = 0; i <= length; i++) {
			size_t cut = longest ? i : length - i;

			if (sh_match(pattern, text + cut))
				return sh_copyn(text, cut);
		}
	}
	return sh_copy(text);
}

/* The `/` between pattern and replacement. */
static const char *separator(const char *at, const char *end)
{
	while (at < end && *at != '/') {
		if (*at == '\\')
			at += 2;
		else if (*at == '"' || *at == '\'' || *at == '`')
			at = sh_skip_quote(at, end);
		else if (*at == '$' && at + 1 < end && at[1] == '{')
			at = sh_skip_braced(at + 2, end, 0) + 1;
		else if (*at == '$' && at + 1 < end && at[1] == '(')
			at = sh_skip_paren(at + 2, end) + 1;
		else
			at++;
	}
	return at < end ? at : end;
}

/* The longest match at text; -1 without one. */
static long longest_match(const char *pattern, const char *text)
{
	size_t length = strlen(text);

	for (;; length--) {
		if (sh_match_prefix(pattern, text, length))
			return (long)length;
		if (length == 0)
			return -1;
	}
}

/* The replacement, in which an & that was not quoted is what matched. */
static void put_replacement(struct sh_buf *out, const char *with, const char *matched, size_t length)
{
	for (; *with; with++) {
		if (*with == '&')
			sh_putn(out, matched, length);
		else if (*with == '\\' && (with[1] == '&' || with[1] == '\\'))
			sh_put(out, *++with);
		else
			sh_put(out, *with);
	}
}

/* Quoted ampersands get a backslash, so that only the bare ones stand for the match. */
static char *replacement_text(const char *raw)
{
	struct sh_buf out = { 0 };
	char *text = sh_expand_string(raw, X_TILDE);
	int quoted = strpbrk(raw, "'\"\\") != NULL;

	if (!text)
		return NULL;
	for (; *text; text++) {
		if (*text == '\\' || (*text == '&' && quoted))
			sh_put(&out, '\\');
		sh_put(&out, *text);
	}
	return sh_text(&out);
}

static char *replace(const char *text, const char *op, const char *end)
{
	const char *at = op + 1, *slash;
	char kind = at < end && strchr("/#%", *at) ? *at : 0;
	struct sh_buf out = { 0 };
	char *pattern, *with;
	int done = 0;

	if (kind)
		at++;
	slash = separator(at, end);
	pattern = sh_expand_pattern(sh_copyn(at, (size_t)(slash - at)));
	with = replacement_text(slash < end ? sh_copyn(slash + 1, (size_t)(end - slash - 1)) : "");
	if (!pattern || !with)
		return NULL;
	if (!*pattern && kind != '#' && kind != '%')
		return sh_copy(text);
	if (kind == '%') {
		size_t i;

		for (i = 0; i <= strlen(text); i++)
			if (sh_match(pattern, text + i)) {
				sh_putn(&out, text, i);
				put_replacement(&out, with, text + i, strlen(text + i));
				return sh_text(&out);
			}
		return sh_copy(text);
	}
	while (*text) {
		long length = done && kind != '/' ? -1 : longest_match(pattern, text);

		if (length > 0 || (length == 0 && kind == '#')) {
			put_replacement(&out, with, text, (size_t)length);
			text += length;
			done = 1;
			if (length > 0)
				continue;
		}
		done = done || kind == '#';
		if (*text)
			sh_put(&out, *text++);
	}
	return sh_text(&out);
}

static char *change_case(const char *text, const char *op, const char *end)
{
	int all = end - op > 1 && op[1] == op[0];
	char *raw = sh_copyn(op + 1 + all, (size_t)(end - op - 1 - all));
	char *pattern = *raw ? sh_expand_pattern(raw) : (char *)"?", *copy = sh_copy(text), *p;

	if (!pattern)
		return NULL;
	for (p = copy; *p; p++) {
		if (sh_match_prefix(pattern, p, 1))
			*p = (char)(*op == '^' ? toupper((unsigned char)*p) : tolower((unsigned char)*p));
		if (!all)
			break;
	}
	return copy;
}

/* ${x@Q} and its like */
static char *at_operator(const char *text, char op)
{
	struct sh_buf out = { 0 };
	size_t used;

	switch (op) {
	case 'Q':
		if (*text && !strpbrk(text, "\n\t\033")) {
			sh_put(&out, '\'');
			for (; *text; text++) {
				if (*text == '\'')
					sh_puts(&out, "'\\''");
				else
					sh_put(&out, *text);
			}
			sh_put(&out, '\'');
			return sh_text(&out);
		}
		return *text ? sh_quote(text) : (char *)"''";
	case 'E': return sh_ansi_c(text, strlen(text), &used);
	case 'U': case 'L': case 'u': {
		char *copy = sh_copy(text), *p;

		for (p = copy; *p; p++) {
			*p = (char)(op == 'L' ? tolower((unsigned char)*p) : toupper((unsigned char)*p));
			if (op == 'u')
				break;
		}
		return copy;
	}
	default: return NULL;
	}
}

char *sh_transform(const char *text, const char *op, const char *end)
{
	switch (*op) {
	case '#': case '%': return trim(text, op, end);
	case '/': return replace(text, op, end);
	case '^': case ',': return change_case(text, op, end);
	default: return end - op == 2 ? at_operator(text, op[1]) : NULL;
	}
}
