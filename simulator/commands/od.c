/* od(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct type { char letter; int size, width, trailer; };
static struct type types[8];
static int type_count, all, radix = 'o', status;
static unsigned long long limit = (unsigned long long)-1, skip;
static int per_line = 16;

static void add(char letter, int size, int trailer)
{
	static const int octal[] = { 0, 3, 6, 0, 11, 0, 0, 0, 22 }, hex[] = { 0, 2, 4, 0, 8, 0, 0, 0, 16 }, decimal[] = { 0, 4, 6, 0, 11, 0, 0, 0, 20 }, plain[] = { 0, 3, 5, 0, 10, 0, 0, 0, 20 };
	struct type type = { letter, size, 3, trailer };

	if (letter == 'o') type.width = octal[size];
	else if (letter == 'x') type.width = hex[size];
	else if (letter == 'd') type.width = decimal[size];
	else if (letter == 'u') type.width = plain[size];
	if (type_count < 8)
		types[type_count++] = type;
}

static void read_types(const char *text)
{
	while (*text) {
		char letter = *text++;
		int size = letter == 'a' || letter == 'c' ? 1 : 4, trailer = 0;

		if (!strchr("acdoux", letter))
			core_error(1, 0, "invalid character '%c' in type string %s", letter, core_quote(text - 1));
		if (*text == 'C') size = 1, text++;
		else if (*text == 'S') size = 2, text++;
		else if (*text == 'I') size = 4, text++;
		else if (*text == 'L') size = 8, text++;
		else if (isdigit((unsigned char)*text)) size = (int)strtol(text, (char **)&text, 10);
		if (size != 1 && size != 2 && size != 4 && size != 8)
			core_error(1, 0, "invalid type string %s;\nthis system doesn't provide a %d-byte integral type", core_quote(text), size);
		if (*text == 'z') trailer = 1, text++;
		add(letter, size, trailer);
	}
}

static const char *character(unsigned char c, char letter)
{
	static const char *const names[] = { "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so", "si", "dle", "dc1", "dc2", "dc3", "dc4",
					     "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us", "sp" };
	static char text[8];

	if (letter == 'a') {
		c &= 127;
		if (c <= 32)
			return names[c];
		if (c == 127)
			return "del";
	} else {
		static const char from[] = "\a\b\f\n\r\t\v", to[] = "abfnrtv";
		const char *at = c ? strchr(from, c) : NULL;

		if (at) {
			sprintf(text, "\\%c", to[at - from]);
			return text;
		}
		if (c == 0)
			return "\\0";
		if (c < 32 || c > 126) {
			sprintf(text, "%03o", c);
			return text;
		}
	}
	sprintf(text, "%c", c);
	return text;
}

static void put_address(unsigned long long address)
{
	if (radix == 'o') printf("%07llo", address);
	else if (radix == 'x') printf("%06llx", address);
	else if (radix == 'd') printf("%07llu", address);
}

static int widest_step(void)
{
	int best = 0, i;

	for (i = 0; i < type_count; i++) {
		int need = (types[i].width + 1) * (8 / types[i].size);

		if (need > best)
			best = need;
	}
	return best;
}

static void line(const unsigned char *bytes, size_t length, unsigned long long address)
{
	int t, step = widest_step();

	for (t = 0; t < type_count; t++) {
		struct type *type = &types[t];
		int at, cells = 8 / type->size, pad = step - (type->width + 1) * cells, cell = 0, written = 0;

		if (t == 0)
			put_address(address);
		else
			printf("%*s", radix == 'n' ? 0 : radix == 'x' ? 6 : 7, "");
		for (at = 0; at < per_line; at += type->size) {
			unsigned long long value = 0;
			int lead = type->width + 1 + (pad * (cell % cells + 1) / cells - pad * (cell % cells) / cells);

			cell++;
			if (at >= (int)length) {
				if (type->trailer)
					printf("%*s", lead, "");
				continue;
			}
			memcpy(&value, bytes + at, (size_t)(at + type->size <= (int)length ? type->size : (int)length - at));
			written = 1;
			switch (type->letter) {
			case 'o': printf("%*s%0*llo", lead - type->width, "", type->width, value); break;
			case 'x': printf("%*s%0*llx", lead - type->width, "", type->width, value); break;
			case 'u': printf("%*llu", lead, value); break;
			case 'd':
				printf("%*lld", lead, type->size == 1 ? (long long)(signed char)value : type->size == 2 ? (long long)(short)value : type->size == 4 ? (long long)(int)value : (long long)value);
				break;
			default: printf("%*s", lead, character((unsigned char)value, type->letter));
			}
		}
		(void)written;
		if (type->trailer) {
			size_t i;

			fputs("  >", stdout);
			for (i = 0; i < length; i++)
				putchar(bytes[i] >= 32 && bytes[i] < 127 ? bytes[i] : '.');
			putchar('<');
		}
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "address-radix", 1, NULL, 'A' }, { "skip-bytes", 1, NULL, 'j' }, { "read-bytes", 1, NULL, 'N' }, { "format", 1, NULL, 't' }, { "output-duplicates", 0, NULL, 'v' },
		{ "width", 2, NULL, 'w' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	unsigned char bytes[256], last[256];
	unsigned long long address;
	size_t length = 0;
	int option, c, starred = 0, have_last = 0, file = 0;
	FILE *input = NULL;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "A:j:N:t:vw::abcdiloxsh", longs)) != -1) {
		switch (option) {
		case 'A': radix = *optarg; break;
		case 'j': if (!core_size(optarg, &skip)) core_error(1, 0, "invalid -j argument %s", core_quote(optarg)); break;
		case 'N': if (!core_size(optarg, &limit)) core_error(1, 0, "invalid -N argument %s", core_quote(optarg)); break;
		case 't': read_types(optarg); break;
		case 'v': all = 1; break;
		case 'w': per_line = optarg ? atoi(optarg) : 32; break;
		case 'a': add('a', 1, 0); break;
		case 'b': add('o', 1, 0); break;
		case 'c': add('c', 1, 0); break;
		case 'd': add('u', 2, 0); break;
		case 'i': add('d', 4, 0); break;
		case 'l': add('d', 8, 0); break;
		case 'o': add('o', 2, 0); break;
		case 's': add('d', 2, 0); break;
		case 'x': case 'h': add('x', 2, 0); break;
		}
	}
	if (type_count == 0)
		add('o', 2, 0);
	address = skip;
	for (;;) {
		c = EOF;
		while (limit > 0 && (!input || (c = getc(input)) == EOF)) {
			if (input && input != stdin)
				fclose(input);
			input = NULL;
			if (optind == argc && file++ == 0)
				input = stdin;
			else if (optind < argc) {
				file = 1;
				input = strcmp(argv[optind], "-") == 0 ? stdin : fopen(argv[optind], "r");
				if (!input) {
					core_error(0, errno, "%s", core_quotef(argv[optind]));
					status = 1;
				}
				optind++;
			} else
				break;
		}
		if (c == EOF)
			break;
		if (skip > 0) {
			skip--;
			continue;
		}
		limit--;
		bytes[length++] = (unsigned char)c;
		if ((int)length < per_line)
			continue;
		if (have_last && !all && memcmp(bytes, last, length) == 0) {
			if (!starred)
				puts("*");
			starred = 1;
		} else {
			line(bytes, length, address);
			starred = 0;
		}
		memcpy(last, bytes, length);
		have_last = 1;
		address += length;
		length = 0;
	}
	if (length > 0)
		line(bytes, length, address);
	address += length;
	if (radix != 'n') {
		put_address(address);
		putchar('\n');
	}
	return status;
}
