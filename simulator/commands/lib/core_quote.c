/* Names in messages; characters of UTF-8. */
#include "core.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFERS = 8 };
static char *buffers[BUFFERS];

static char *buffer(size_t size)
{
	static int next;

	next = (next + 1) % BUFFERS;
	buffers[next] = core_realloc(buffers[next], size);
	return buffers[next];
}

int core_utf8(void)
{
	static int known = -1;

	if (known < 0) {
		const char *name = getenv("LC_ALL");

		if (!name || !*name)
			name = getenv("LC_CTYPE");
		if (!name || !*name)
			name = getenv("LANG");
		known = name && (strstr(name, "UTF-8") || strstr(name, "utf8"));
	}
	return known;
}

size_t core_char(const char *text, size_t length, int *code)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t need, i;
	int value;

	*code = at[0];
	if (at[0] < 0x80)
		return 1;
	*code = -1;
	if (!core_utf8() || at[0] < 0xC2 || at[0] > 0xF4)
		return 1;
	need = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	if (length < need)
		return 1;
	value = at[0] & (0xFF >> (need + 1));
	for (i = 1; i < need; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 1;
		value = value << 6 | (at[i] & 0x3F);
	}
	if ((need == 3 && value < 0x800) || (value >= 0xD800 && value < 0xE000) || (need == 4 && (value < 0x10000 || value > 0x10FFFF)))
		return 1;
	*code = value;
	return need;
}

int core_width(int code)
{
	if (code < 32 || (code >= 127 && code < 160))
		return 0;
	if ((code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F) || (code >= 0xFE00 && code <= 0xFE0F))
		return 0;
	if ((code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF && code != 0x303F) || (code >= 0xAC00 && code <= 0xD7A3) ||
	    (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
	    (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD))
		return 2;
	return 1;
}

static int printable(const char *text, size_t length, size_t *size)
{
	int code;

	*size = core_char(text, length, &code);
	return code >= 32 && code != 127 && !(code >= 128 && code < 160);
}

const char *core_quote(const char *text)
{
	static const char from[] = "\a\b\f\n\r\t\v\\", to[] = "abfnrtv\\";
	size_t length = strlen(text), size;
	char *out = buffer(length * 4 + 8), *at = out;
	int curly = core_utf8();

	at = stpcpy(at, curly ? "\xE2\x80\x98" : "'");
	while (length > 0) {
		const char *known = strchr(from, *text);

		if (known) {
			*at++ = '\\';
			*at++ = to[known - from];
			size = 1;
		} else if (*text == '\'' && !curly) {
			*at++ = '\\';
			*at++ = '\'';
			size = 1;
		} else if (printable(text, length, &size)) {
			memcpy(at, text, size);
			at += size;
		} else {
			size = 1;
			at += sprintf(at, "\\%03o", (unsigned char)*text);
		}
		text += size;
		length -= size;
	}
	strcpy(at, curly ? "\xE2\x80\x99" : "'");
	return out;
}

static int needs_quotes(const char *text)
{
	size_t length = strlen(text), size;

	if (!*text || *text == '~' || *text == '#')
		return 1;
	if (text[strcspn(text, " \t\n!\"$&'()*;<=>[\\^`|?")] != '\0')
		return 1;
	if (strcmp(text, "{") == 0 || strcmp(text, "}") == 0)
		return 1;
	for (; length > 0; text += size, length -= size)
		if (!printable(text, length, &size))
			return 1;
	return 0;
}

/* Parts with unprintable characters go between $' and '. */
static const char *shell(const char *text, int always)
{
	static const char from[] = "\a\b\f\n\r\t\v", to[] = "abfnrtv";
	size_t length = strlen(text), size;
	char *out, *at;
	int escaped = 0;

	if (!always && !needs_quotes(text))
		return text;
	out = at = buffer(length * 8 + 8);
	if (strchr(text, '\'') && !strpbrk(text, "\"$`\\!\n\t")) {
		sprintf(out, "\"%s\"", text);
		return out;
	}
	*at++ = '\'';
	while (length > 0) {
		if (printable(text, length, &size)) {
			if (escaped)
				at = stpcpy(at, "''");
			escaped = 0;
			if (*text == '\'') {
				at = stpcpy(at, "'\\''");
			} else {
				memcpy(at, text, size);
				at += size;
			}
		} else {
			const char *known = strchr(from, *text);

			size = 1;
			if (!escaped)
				at = stpcpy(at, "'$'");
			escaped = 1;
			if (known && *text)
				at += sprintf(at, "\\%c", to[known - from]);
			else
				at += sprintf(at, "\\%03o", (unsigned char)*text);
		}
		text += size;
		length -= size;
	}
	strcpy(at, "'");
	return out;
}

const char *core_quoteaf(const char *text)
{
	return shell(text, 1);
}

const char *core_quotef(const char *text)
{
	return shell(text, 0);
}
