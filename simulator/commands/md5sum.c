/* md5sum(1) of coreutils: RFC 1321. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const uint32_t sines[64] = {
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122,
	0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6,
	0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60,
	0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039,
	0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const unsigned char shifts[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };

static void block(uint32_t state[4], const unsigned char *bytes)
{
	uint32_t word[16], a = state[0], b = state[1], c = state[2], d = state[3];
	int i;

	for (i = 0; i < 16; i++)
		word[i] = bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 | (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24;
	for (i = 0; i < 64; i++) {
		int round = i / 16, shift = shifts[round][i % 4];
		uint32_t f = round == 0 ? (b & c) | (~b & d) : round == 1 ? (d & b) | (~d & c) : round == 2 ? b ^ c ^ d : c ^ (b | ~d);
		int from = round == 0 ? i : round == 1 ? (5 * i + 1) % 16 : round == 2 ? (3 * i + 5) % 16 : 7 * i % 16;
		uint32_t sum = a + f + sines[i] + word[from];

		a = d;
		d = c;
		c = b;
		b += sum << shift | sum >> (32 - shift);
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
}

static int digest(const char *name, char text[33])
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	uint32_t state[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };
	unsigned char bytes[128];
	uint64_t total = 0;
	size_t got;
	int i;

	if (!file) {
		core_error(0, errno, "%s", core_quotef(name));
		return 0;
	}
	while ((got = fread(bytes, 1, 64, file)) == 64) {
		block(state, bytes);
		total += 64;
	}
	if (ferror(file)) {
		core_error(0, errno, "%s", core_quotef(name));
		return 0;
	}
	total += got;
	memset(bytes + got, 0, sizeof bytes - got);
	bytes[got] = 0x80;
	for (i = 0; i < 8; i++)
		bytes[(got < 56 ? 56 : 120) + i] = (unsigned char)(total * 8 >> (8 * i));
	block(state, bytes);
	if (got >= 56)
		block(state, bytes + 64);
	for (i = 0; i < 16; i++)
		sprintf(text + 2 * i, "%02x", state[i / 4] >> (8 * (i % 4)) & 255);
	if (file != stdin)
		fclose(file);
	return 1;
}

static int check(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *line = NULL, text[33];
	size_t room = 0;
	int failed = 0, unreadable = 0;

	if (!file) {
		core_error(0, errno, "%s", core_quotef(name));
		return 1;
	}
	while (getline(&line, &room, file) > 34) {
		char *path = line + 34;

		path[strcspn(path, "\n")] = '\0';
		if (!digest(path, text)) {
			printf("%s: FAILED open or read\n", path);
			unreadable++;
		} else if (strncasecmp(text, line, 32) == 0) {
			printf("%s: OK\n", path);
		} else {
			printf("%s: FAILED\n", path);
			failed++;
		}
	}
	fflush(stdout);
	if (unreadable)
		core_error(0, 0, "WARNING: %d listed file%s could not be read", unreadable, unreadable > 1 ? "s" : "");
	if (failed)
		core_error(0, 0, "WARNING: %d computed checksum%s did NOT match", failed, failed > 1 ? "s" : "");
	return failed || unreadable;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "check", 0, NULL, 'c' }, { "binary", 0, NULL, 'b' }, { "text", 0, NULL, 't' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	static char *standard[] = { (char *)"-" };
	int option, checks = 0, status = 0, i, count;
	char text[33];

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "bctw", longs)) != -1)
		checks |= option == 'c';
	count = argc - optind;
	argv += optind;
	if (count == 0) {
		argv = standard;
		count = 1;
	}
	for (i = 0; i < count; i++) {
		if (checks)
			status |= check(argv[i]);
		else if (digest(argv[i], text))
			printf("%s  %s\n", text, argv[i]);
		else
			status = 1;
	}
	return status;
}
