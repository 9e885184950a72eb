/* printf: a format that is used again until its arguments are over. */
#include "printf_format.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void put_code(unsigned value)
{
	if (value < 0x80) {
		putchar((int)value);
	} else if (value < 0x800) {
		putchar((int)(0xC0 | value >> 6));
		putchar((int)(0x80 | (value & 0x3F)));
	} else if (value < 0x10000) {
		putchar((int)(0xE0 | value >> 12));
		putchar((int)(0x80 | (value >> 6 & 0x3F)));
		putchar((int)(0x80 | (value & 0x3F)));
	} else {
		putchar((int)(0xF0 | value >> 18));
		putchar((int)(0x80 | (value >> 12 & 0x3F)));
		putchar((int)(0x80 | (value >> 6 & 0x3F)));
		putchar((int)(0x80 | (value & 0x3F)));
	}
}

static unsigned digits(const char **at, int base, int most)
{
	unsigned value = 0;

	while (most-- > 0 && isxdigit((unsigned char)**at)) {
		int digit = isdigit((unsigned char)**at) ? **at - '0' : tolower((unsigned char)**at) - 'a' + 10;

		if (digit >= base)
			break;
		value = value * (unsigned)base + (unsigned)digit;
		(*at)++;
	}
	return value;
}

const char *print_escape(const char *text, int octal0, int *stop)
{
	static const char from[] = "abeEfnrtv", to[] = "\a\b\033\033\f\n\r\t\v";
	char c = *text++;
	const char *at = c ? strchr(from, c) : NULL;

	if (at) {
		putchar(to[at - from]);
	} else if (c == 'c') {
		*stop = 1;
	} else if (c == '\\') {
		putchar('\\');
	} else if (c == '0' && octal0) {
		putchar((int)digits(&text, 8, 3));
	} else if (c >= '0' && c <= '7') {
		text--;
		putchar((int)digits(&text, 8, 3));
	} else if (c == 'x' && isxdigit((unsigned char)*text)) {
		putchar((int)digits(&text, 16, 2));
	} else if ((c == 'u' || c == 'U') && isxdigit((unsigned char)*text)) {
		put_code(digits(&text, 16, c == 'u' ? 4 : 8));
	} else if ((c == '"' || c == '\'') && !octal0) {
		putchar(c);
	} else {
		putchar('\\');
		if (!c)
			return text - 1;
		putchar(c);
	}
	return text;
}

struct run { char **argv; int argc, at, status; const struct printf_style *style; };

static const char *next(struct run *run)
{
	return run->at < run->argc ? run->argv[run->at++] : NULL;
}

static void check(struct run *run, const char *text, const char *end)
{
	enum printf_error error;

	if (errno == ERANGE)
		error = PRINTF_RANGE;
	else if (end == text)
		error = PRINTF_NOT_A_NUMBER;
	else if (*end)
		error = PRINTF_NOT_COMPLETE;
	else
		return;
	run->style->complain(error, text);
	run->status = 1;
}

static uintmax_t integer(struct run *run, int is_signed)
{
	const char *text = next(run);
	uintmax_t value;
	char *end;

	if (!text || (!*text && !run->style->bash))
		return 0;
	if (*text == '"' || *text == '\'') {
		const unsigned char *c = (const unsigned char *)text + 1;

		if (c[0] >= 0xC2 && c[0] < 0xE0 && c[1])
			return (c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu);
		if (c[0] >= 0xE0 && c[0] < 0xF0 && c[1] && c[2])
			return (c[0] & 0x0Fu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
		return *c;
	}
	errno = 0;
	value = is_signed ? (uintmax_t)strtoimax(text, &end, 0) : strtoumax(text, &end, 0);
	check(run, text, end);
	return value;
}

static double floating(struct run *run)
{
	const char *text = next(run);
	double value;
	char *end;

	if (!text)
		return 0;
	if (*text == '"' || *text == '\'')
		return (unsigned char)text[1];
	errno = 0;
	value = strtod(text, &end);
	check(run, text, end);
	return value;
}

/* Text with a width and a precision in bytes. */
static void put_text(const char *text, size_t length, int left, int width, int precision)
{
	if (precision >= 0 && (size_t)precision < length)
		length = (size_t)precision;
	if (!left)
		printf("%*s", width > (int)length ? width - (int)length : 0, "");
	fwrite(text, 1, length, stdout);
	if (left)
		printf("%*s", width > (int)length ? width - (int)length : 0, "");
}

static void put_time(struct run *run, const char *format, size_t length)
{
	const char *text = next(run);
	char copy[128], out[256];
	time_t when;
	struct tm tm;

	if (length == 0)
		strcpy(copy, "%X");
	else
		snprintf(copy, sizeof copy, "%.*s", (int)length, format);
	when = !text || strcmp(text, "-1") == 0 || strcmp(text, "-2") == 0 ? time(NULL) : (time_t)atoll(text);
	localtime_r(&when, &tm);
	strftime(out, sizeof out, copy, &tm);
	fputs(out, stdout);
}

/* One conversion; at is behind the %. NULL when it is none. */
static const char *conversion(struct run *run, const char *at, int *stop)
{
	char spec[64] = "%", *to = spec + 1;
	const char *start = at;
	int width = 0, precision = -1, left = 0;

	while (*at && strchr("-+ #0'", *at)) {
		left |= *at == '-';
		if (*at != '\'' && to < spec + 12 && !strchr(spec + 1, *at))
			*to++ = *at;
		at++;
	}
	if (*at == '*') {
		width = (int)(intmax_t)integer(run, 1);
		at++;
		if (width < 0) {
			left = 1;
			width = -width;
			*to++ = '-';
		}
	} else {
		width = (int)strtol(at, (char **)&at, 10);
	}
	if (*at == '.') {
		at++;
		if (*at == '*')
			precision = (int)(intmax_t)integer(run, 1), at++;
		else
			precision = (int)strtol(at, (char **)&at, 10);
	}
	if (width)
		to += sprintf(to, "%d", width);
	if (precision >= 0)
		to += sprintf(to, ".%d", precision);
	if (*at == '(' && run->style->bash) {
		const char *close = strstr(at, ")T");

		if (close) {
			put_time(run, at + 1, (size_t)(close - at - 1));
			return close + 2;
		}
	}
	while (*at && strchr("hlLqjzt", *at) && (*at != 'q' || !run->style->quote || (at[1] && strchr("diouxX", at[1]))))
		at++;
	switch (*at) {
	case 'd': case 'i':
		strcpy(to, "jd");
		printf(spec, (intmax_t)integer(run, 1));
		break;
	case 'o': case 'u': case 'x': case 'X':
		*to++ = 'j';
		*to++ = *at;
		*to = '\0';
		printf(spec, integer(run, 0));
		break;
	case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
		*to++ = *at;
		*to = '\0';
		printf(spec, floating(run));
		break;
	case 'c': {
		const char *text = next(run);

		put_text(text ? text : "", text && *text ? 1 : 0, left, width, -1);
		break;
	}
	case 's': {
		const char *text = next(run);

		put_text(text ? text : "", text ? strlen(text) : 0, left, width, precision);
		break;
	}
	case 'q': {
		const char *text = next(run);
		char *quoted;

		if (!run->style->quote)
			goto bad;
		quoted = run->style->quote(text ? text : "");
		put_text(quoted, strlen(quoted), left, width, precision);
		break;
	}
	case 'b': {
		const char *text = next(run);

		while (text && *text && !*stop) {
			if (*text == '\\')
				text = print_escape(text + 1, 1, stop);
			else
				putchar(*text++);
		}
		break;
	}
	default:
	bad: {
		char wrong[64];

		snprintf(wrong, sizeof wrong, "%%%.*s", (int)(at - start + (*at != '\0' && !run->style->dash)), start);
		run->style->complain(PRINTF_DIRECTIVE, run->style->bash ? at : wrong);
		run->status = run->style->dash ? 2 : 1;
		return NULL;
	}
	}
	return at + 1;
}

int printf_format(const char *format, int argc, char **argv, const struct printf_style *style)
{
	struct run run = { argv, argc, 0, 0, style };
	int stop = 0, before;

	do {
		const char *at = format;

		before = run.at;
		while (*at && !stop) {
			if (*at == '\\') {
				at = print_escape(at + 1, 0, &stop);
			} else if (*at != '%') {
				putchar(*at++);
			} else if (at[1] == '%') {
				putchar('%');
				at += 2;
			} else {
				at = conversion(&run, at + 1, &stop);
				if (!at)
					return run.status;
			}
		}
	} while (!stop && run.at < run.argc && run.at > before);
	if (!stop && run.at < run.argc && run.at == before)
		style->complain(PRINTF_EXTRA, run.argv[run.at]);
	return run.status;
}
