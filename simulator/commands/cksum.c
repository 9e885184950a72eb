/* cksum(1) of coreutils: the CRC of POSIX. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <string.h>

static uint32_t add(uint32_t crc, unsigned char byte)
{
	int bit;

	crc ^= (uint32_t)byte << 24;
	for (bit = 0; bit < 8; bit++)
		crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7 : 0);
	return crc;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	static char *standard[] = { (char *)"-", NULL };
	int status = 0, none;

	core_start(argv[0], "[FILE]...");
	core_getopt(argc, argv, "", longs);
	none = optind == argc;
	for (argv = none ? standard : argv + optind; *argv; argv++) {
		FILE *file = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		unsigned long long length = 0, left;
		uint32_t crc = 0;
		int c;

		while (file && (c = getc(file)) != EOF) {
			crc = add(crc, (unsigned char)c);
			length++;
		}
		if (!file || ferror(file)) {
			core_error(0, errno, "%s", core_quotef(*argv));
			status = 1;
			continue;
		}
		for (left = length; left; left >>= 8)
			crc = add(crc, (unsigned char)left);
		printf(none ? "%u %llu\n" : "%u %llu %s\n", ~crc, length, *argv);
		if (file != stdin)
			fclose(file);
	}
	return status;
}
