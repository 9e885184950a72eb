/* sed: texts between delimiters, regular expressions, and what is wrong with a script. */
#define _GNU_SOURCE
#include "core.h"
#include "sed_script.h"

#include <stdlib.h>
#include <string.h>

const char *sed_start, *sed_at, *sed_where;
int sed_by_file, sed_expressions, sed_extended;

void sed_bad(const char *what)
{
	int line = 1;
	const char *p;

	fflush(stdout);
	if (sed_by_file) {
		for (p = sed_start; p < sed_at; p++)
			line += *p == '\n';
		fprintf(stderr, "%s: file %s line %d: %s\n", core_name, sed_where, line, what);
	} else {
		fprintf(stderr, "%s: -e expression #%d, char %d: %s\n", core_name, sed_expressions, (int)(sed_at - sed_start), what);
	}
	exit(1);
}

void sed_blanks(void)
{
	while (*sed_at == ' ' || *sed_at == '\t')
		sed_at++;
}

/* Text up to the delimiter; `\` before the delimiter goes, `\n` is a newline. */
char *sed_delimited(char delimiter, int is_regex)
{
	char *out = core_malloc(strlen(sed_at) + 2), *to = out;
	int in_class = 0;

	while (*sed_at && (*sed_at != delimiter || in_class)) {
		if (*sed_at == '\\' && !in_class) {
			sed_at++;
			if (!*sed_at)
				break;
			if (*sed_at == delimiter && delimiter != '\\') {
				/* s|a\|b|: the character itself */
				if (is_regex && strchr("$*.[]^+?(){}|", delimiter) && !strchr("+?(){}|", delimiter))
					*to++ = '\\';
				*to++ = *sed_at++;
				continue;
			}
			if (*sed_at == 'n' && is_regex) {
				*to++ = '\n';
				sed_at++;
				continue;
			}
			*to++ = '\\';
			*to++ = *sed_at++;
			continue;
		}
		if (is_regex && *sed_at == '[' && !in_class) {
			in_class = 1;
			*to++ = *sed_at++;
			if (*sed_at == '^')
				*to++ = *sed_at++;
			if (*sed_at == ']')
				*to++ = *sed_at++;
			continue;
		}
		if (in_class && *sed_at == '[' && (sed_at[1] == ':' || sed_at[1] == '.' || sed_at[1] == '=')) {
			const char *close = strchr(sed_at + 2, ']');

			if (close) {
				memcpy(to, sed_at, (size_t)(close + 1 - sed_at));
				to += close + 1 - sed_at;
				sed_at = close + 1;
				continue;
			}
		}
		if (in_class && *sed_at == '\\' && sed_at[1] == 'n') {
			*to++ = '\n';
			sed_at += 2;
			continue;
		}
		if (in_class && *sed_at == ']')
			in_class = 0;
		*to++ = *sed_at++;
	}
	*to = '\0';
	if (!*sed_at)
		return NULL;
	sed_at++;
	return out;
}

static char *unescape_regex(const char *text)
{
	static const char from[] = "aftvr", to[] = "\a\f\t\v\r";
	char *out = core_malloc(strlen(text) + 1), *p = out;

	for (; *text; text++) {
		const char *known = text[0] == '\\' && text[1] ? strchr(from, text[1]) : NULL;

		if (known) {
			*p++ = to[known - from];
			text++;
		} else {
			if (text[0] == '\\' && text[1])
				*p++ = *text++;
			*p++ = *text;
		}
	}
	*p = '\0';
	return out;
}

regex_t *sed_compile(const char *text, int flags)
{
	regex_t *regex;
	char message[128];
	int error;

	if (!*text)
		return NULL;   /* the last one that was used */
	regex = core_malloc(sizeof *regex);
	error = regcomp(regex, unescape_regex(text), (sed_extended ? REG_EXTENDED : 0) | flags);
	if (error) {
		regerror(error, NULL, message, sizeof message);
		sed_bad(message);
	}
	return regex;
}
