/* wc(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct counts { unsigned long long lines, words, chars, bytes, longest; };
static int lines, words, chars, bytes, longest, status, width = 1;
static struct counts total;

static int count(int fd, struct counts *c)
{
	static char buf[16384 + 4];
	unsigned long long column = 0;
	size_t kept = 0, i;
	int in_word = 0;
	ssize_t got;

	while ((got = read(fd, buf + kept, 16384)) > 0) {
		size_t length = kept + (size_t)got;

		c->bytes += (unsigned long long)got;
		for (i = 0; i < length;) {
			int code;
			size_t size = core_char(buf + i, length - i, &code);

			if (code < 0 && length - i < 4 && core_utf8() && (unsigned char)buf[i] >= 0xC2)
				break;
			i += size;
			if (code >= 0)
				c->chars++;
			if (code == '\n') {
				c->lines++;
				if (column > c->longest)
					c->longest = column;
				column = 0;
				in_word = 0;
			} else if (code == ' ' || (code >= 9 && code <= 13)) {
				if (code == '\t')
					column += 8 - column % 8;
				else if (code == ' ')
					column++;
				else if (code == '\r' || code == '\f') {
					if (column > c->longest)
						c->longest = column;
					column = 0;
				}
				in_word = 0;
			} else if (code >= 32) {
				column += (unsigned)core_width(code);
				if (!in_word)
					c->words++;
				in_word = 1;
			}
		}
		kept = length - i;
		memmove(buf, buf + i, kept);
	}
	if (column > c->longest)
		c->longest = column;
	return got == 0;
}

static void print(const struct counts *c, const char *name)
{
	const char *between = "";

	if (lines) printf("%s%*llu", between, width, c->lines), between = " ";
	if (words) printf("%s%*llu", between, width, c->words), between = " ";
	if (chars) printf("%s%*llu", between, width, c->chars), between = " ";
	if (bytes) printf("%s%*llu", between, width, c->bytes), between = " ";
	if (longest) printf("%s%*llu", between, width, c->longest);
	if (name)
		printf(" %s", strchr(name, '\n') ? core_quotef(name) : name);
	putchar('\n');
}

static void one(const char *name, int standard)
{
	struct counts c = { 0, 0, 0, 0, 0 };
	int fd = standard || strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);

	if (fd < 0) {
		core_error(0, errno, "%s", core_quotef(name));
		status = 1;
		return;
	}
	if (!count(fd, &c)) {
		core_error(0, errno, "%s", core_quotef(standard ? "standard input" : name));
		status = 1;
	}
	if (fd > 0)
		close(fd);
	print(&c, standard ? NULL : name);
	total.lines += c.lines;
	total.words += c.words;
	total.chars += c.chars;
	total.bytes += c.bytes;
	if (c.longest > total.longest)
		total.longest = c.longest;
}

/* As many digits as all the sizes together have; 7 where a file's size does not tell. */
static int digits(int argc, char **argv)
{
	unsigned long long sum = 0;
	int i, at_least = 1, result = 1;
	struct stat st;

	if (argc == 0)
		return fstat(0, &st) == 0 && S_ISREG(st.st_mode) ? snprintf(NULL, 0, "%llu", (unsigned long long)st.st_size) : 7;
	if (argc == 1 && lines + words + chars + bytes + longest == 1)
		return 1;
	for (i = 0; i < argc; i++) {
		if ((strcmp(argv[i], "-") == 0 ? fstat(0, &st) : stat(argv[i], &st)) != 0)
			continue;
		if (S_ISREG(st.st_mode))
			sum += (unsigned long long)st.st_size;
		else
			at_least = 7;
	}
	result = snprintf(NULL, 0, "%llu", sum);
	return result < at_least ? at_least : result;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", 0, NULL, 'c' }, { "chars", 0, NULL, 'm' }, { "lines", 0, NULL, 'l' }, { "words", 0, NULL, 'w' }, { "max-line-length", 0, NULL, 'L' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, operands;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "clLmw", longs)) != -1) {
		switch (option) {
		case 'c': bytes = 1; break;
		case 'm': chars = 1; break;
		case 'l': lines = 1; break;
		case 'w': words = 1; break;
		case 'L': longest = 1; break;
		}
	}
	if (!(bytes || chars || lines || words || longest))
		bytes = lines = words = 1;
	operands = argc - optind;
	width = digits(operands, argv + optind);
	if (operands == 0 && lines + words + chars + bytes + longest == 1)
		width = 1;
	if (operands == 0)
		one("-", 1);
	for (; optind < argc; optind++)
		one(argv[optind], 0);
	if (operands > 1)
		print(&total, "total");
	return status;
}
