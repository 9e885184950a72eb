/* Braces: a{b,c}d and {1..5}; $'…' escapes. */
#include "sh.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Over one quoted or nested piece that braces do not reach into; the place behind it, or at itself. */
static const char *skip(const char *at, const char *end)
{
	if (*at == '\\' && at + 1 < end)
		return at + 2;
	if (*at == '"' || *at == '\'' || *at == '`')
		return sh_skip_quote(at, end);
	if (*at == '$' && at + 1 < end && at[1] == '{') {
		at = sh_skip_braced(at + 2, end, 0);
		return at < end ? at + 1 : end;
	}
	if ((*at == '$' || *at == '<' || *at == '>') && at + 1 < end && at[1] == '(') {
		at = sh_skip_paren(at + 2, end);
		return at < end ? at + 1 : end;
	}
	return at;
}

/* at is behind a `{`: the matching `}`, and whether there is a comma at its level; NULL without one. */
static const char *closing(const char *at, const char *end, int *comma)
{
	int depth = 1;

	*comma = 0;
	while (at < end) {
		const char *after = skip(at, end);

		if (after != at) {
			at = after;
			continue;
		}
		if (*at == '{')
			depth++;
		else if (*at == '}' && --depth == 0)
			return at;
		else if (*at == ',' && depth == 1)
			*comma = 1;
		at++;
	}
	return NULL;
}

static int padded(const char *text)
{
	if (*text == '-')
		text++;
	return text[0] == '0' && text[1];
}

static int is_number(const char *text)
{
	if (*text == '-' || *text == '+')
		text++;
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/* {1..9}, {a..e}, {1..9..2} */
static int sequence(const char *text, size_t length, struct sh_list *out)
{
	char *from = sh_copyn(text, length), *to = strstr(from, ".."), *step_text;
	long a, b, step = 1, width = 0;
	int letters = 0;

	if (!to)
		return 0;
	*to = '\0';
	to += 2;
	step_text = strstr(to, "..");
	if (step_text) {
		*step_text = '\0';
		step_text += 2;
		if (!is_number(step_text))
			return 0;
		step = labs(atol(step_text));
		if (step == 0)
			step = 1;
	}
	if (is_number(from) && is_number(to)) {
		a = atol(from);
		b = atol(to);
		if (padded(from) || padded(to)) {
			width = (long)strlen(from);
			if ((long)strlen(to) > width)
				width = (long)strlen(to);
		}
	} else if (strlen(from) == 1 && strlen(to) == 1 && isalpha((unsigned char)*from) && isalpha((unsigned char)*to)) {
		letters = 1;
		a = (unsigned char)*from;
		b = (unsigned char)*to;
	} else {
		return 0;
	}
	for (;;) {
		struct sh_buf item = { 0 };

		if (letters)
			sh_put(&item, (char)a);
		else
			sh_putf(&item, "%0*ld", (int)width, a);
		sh_push(out, sh_text(&item));
		if (a <= b ? a + step > b : a - step < b)
			break;
		a += a <= b ? step : -step;
	}
	return 1;
}

static void join(const char *before, size_t length, struct sh_list *middle, const char *after, struct sh_list *out)
{
	struct sh_list ends = { 0 };
	int i, j;

	sh_brace_expand(after, &ends);
	for (i = 0; i < middle->count; i++)
		for (j = 0; j < ends.count; j++) {
			struct sh_buf word = { 0 };

			sh_putn(&word, before, length);
			sh_puts(&word, middle->item[i]);
			sh_puts(&word, ends.item[j]);
			sh_push(out, sh_text(&word));
		}
}

void sh_brace_expand(const char *word, struct sh_list *out)
{
	const char *at = word, *end = word + strlen(word);

	while (at < end) {
		const char *after = skip(at, end), *close;
		struct sh_list middle = { 0 };
		int comma;

		if (after != at) {
			at = after;
			continue;
		}
		if (*at != '{') {
			at++;
			continue;
		}
		close = closing(at + 1, end, &comma);
		if (!close) {
			at++;
			continue;
		}
		if (comma) {
			const char *item = at + 1, *p = item;
			int depth = 0;

			for (;;) {
				after = p < close ? skip(p, close) : p;
				if (after != p) {
					p = after;
					continue;
				}
				if (p == close || (*p == ',' && depth == 0)) {
					sh_brace_expand(sh_copyn(item, (size_t)(p - item)), &middle);
					if (p == close)
						break;
					item = p + 1;
				} else {
					depth += (*p == '{') - (*p == '}');
				}
				p++;
			}
		} else if (!sequence(at + 1, (size_t)(close - at - 1), &middle)) {
			at++;
			continue;
		}
		join(word, (size_t)(at - word), &middle, close + 1, out);
		return;
	}
	sh_push(out, sh_copy(word));
}

static int digits_value(const char **at, const char *end, int base, int most)
{
	int value = 0;

	while (most-- > 0 && *at < end && isxdigit((unsigned char)**at)) {
		int digit = isdigit((unsigned char)**at) ? **at - '0' : tolower((unsigned char)**at) - 'a' + 10;

		if (digit >= base)
			break;
		value = value * base + digit;
		(*at)++;
	}
	return value;
}

static void put_code(struct sh_buf *out, unsigned value)
{
	if (value < 0x80) {
		sh_put(out, (char)value);
	} else if (value < 0x800) {
		sh_put(out, (char)(0xC0 | value >> 6));
		sh_put(out, (char)(0x80 | (value & 0x3F)));
	} else if (value < 0x10000) {
		sh_put(out, (char)(0xE0 | value >> 12));
		sh_put(out, (char)(0x80 | (value >> 6 & 0x3F)));
		sh_put(out, (char)(0x80 | (value & 0x3F)));
	} else {
		sh_put(out, (char)(0xF0 | value >> 18));
		sh_put(out, (char)(0x80 | (value >> 12 & 0x3F)));
		sh_put(out, (char)(0x80 | (value >> 6 & 0x3F)));
		sh_put(out, (char)(0x80 | (value & 0x3F)));
	}
}

char *sh_ansi_c(const char *text, size_t length, size_t *used)
{
	static const char from[] = "abeEfnrtv", to[] = "\a\b\033\033\f\n\r\t\v";
	const char *at = text, *end = text + length, *p;
	struct sh_buf out = { 0 };

	while (at < end && *at != '\'') {
		char c = *at++;

		if (c != '\\' || at >= end) {
			sh_put(&out, c);
			continue;
		}
		c = *at++;
		p = strchr(from, c);
		if (p && c)
			sh_put(&out, to[p - from]);
		else if (c >= '0' && c <= '7')
			at--, sh_put(&out, (char)digits_value(&at, end, 8, 3));
		else if (c == 'x')
			sh_put(&out, (char)digits_value(&at, end, 16, 2));
		else if (c == 'u' || c == 'U')
			put_code(&out, (unsigned)digits_value(&at, end, 16, c == 'u' ? 4 : 8));
		else if (c == 'c' && at < end)
			sh_put(&out, (char)(*at++ & 0x1F));
		else if (strchr("\\'\"?", c))
			sh_put(&out, c);
		else
			sh_put(&out, '\\'), sh_put(&out, c);
	}
	*used = (size_t)(at - text) + (at < end);
	return sh_text(&out);
}
