/* base64(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static int column, wrap = 76;

static void put(char c)
{
	putchar(c);
	if (wrap && ++column == wrap) {
		putchar('\n');
		column = 0;
	}
}

static void encode(FILE *file)
{
	unsigned char bytes[3];
	size_t got;

	while ((got = fread(bytes, 1, 3, file)) > 0) {
		unsigned value = (unsigned)bytes[0] << 16 | (got > 1 ? (unsigned)bytes[1] << 8 : 0) | (got > 2 ? bytes[2] : 0);

		put(letters[value >> 18]);
		put(letters[value >> 12 & 63]);
		put(got > 1 ? letters[value >> 6 & 63] : '=');
		put(got > 2 ? letters[value & 63] : '=');
	}
	if (wrap && column)
		putchar('\n');
}

static void decode(FILE *file, int ignore)
{
	unsigned value = 0;
	int count = 0, padding = 0, c;

	while ((c = getc(file)) != EOF) {
		const char *at = c ? strchr(letters, c) : NULL;

		if (c == '\n')
			continue;
		if (c == '=' && count >= 2) {
			padding++;
			value <<= 6;
		} else if (at && !padding) {
			value = value << 6 | (unsigned)(at - letters);
		} else if (ignore) {
			continue;
		} else {
			core_error(1, 0, "invalid input");
		}
		if (++count < 4)
			continue;
		putchar((int)(value >> 16 & 255));
		if (padding < 2)
			putchar((int)(value >> 8 & 255));
		if (padding < 1)
			putchar((int)(value & 255));
		count = padding = 0;
		value = 0;
	}
	if (count)
		core_error(1, 0, "invalid input");
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "decode", 0, NULL, 'd' }, { "ignore-garbage", 0, NULL, 'i' }, { "wrap", 1, NULL, 'w' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, decodes = 0, ignore = 0;
	FILE *file = stdin;

	core_start(argv[0], "[OPTION]... [FILE]");
	while ((option = core_getopt(argc, argv, "diw:", longs)) != -1) {
		if (option == 'd')
			decodes = 1;
		else if (option == 'i')
			ignore = 1;
		else if (!*optarg || optarg[strspn(optarg, "0123456789")])
			core_error(1, 0, "invalid wrap size: %s", core_quote(optarg));
		else
			wrap = atoi(optarg);
	}
	if (argc - optind > 1)
		core_extra_operand(argv[optind + 1]);
	if (optind < argc && strcmp(argv[optind], "-") != 0) {
		file = fopen(argv[optind], "r");
		if (!file)
			core_error(1, errno, "%s", core_quotef(argv[optind]));
	}
	if (decodes)
		decode(file, ignore);
	else
		encode(file);
	return 0;
}
