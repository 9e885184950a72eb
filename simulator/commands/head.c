/* head(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long long count = 10;
static int by_bytes, all_but, status, delimiter = '\n';

static int read_error(const char *name)
{
	core_error(0, errno, "error reading %s", core_quoteaf(name));
	return 0;
}

/* Everything but the last `count`: kept until more has come. */
static int elide(int fd, const char *name)
{
	char *text = NULL;
	size_t length = 0, room = 0, end;
	ssize_t got;

	for (;;) {
		if (room - length < 8192)
			text = core_realloc(text, room = room ? room * 2 : 16384);
		got = read(fd, text + length, room - length);
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	if (got < 0)
		return read_error(name);
	end = length;
	if (by_bytes) {
		end = count > length ? 0 : length - (size_t)count;
	} else if (count > 0) {
		unsigned long long left = count;

		if (end > 0 && text[end - 1] == delimiter)
			end--;
		while (end > 0) {
			if (text[end - 1] == delimiter && --left == 0)
				break;
			end--;
		}
	}
	fwrite(text, 1, end, stdout);
	free(text);
	return 1;
}

static int first(int fd, const char *name)
{
	unsigned long long left = count;
	char buf[8192];
	ssize_t got, i;

	while (left > 0) {
		got = read(fd, buf, by_bytes && left < sizeof buf ? (size_t)left : sizeof buf);
		if (got < 0)
			return read_error(name);
		if (got == 0)
			break;
		if (by_bytes) {
			left -= (unsigned long long)got;
			i = got;
		} else {
			for (i = 0; i < got && left > 0; i++)
				if (buf[i] == delimiter)
					left--;
			/* What was read too much goes back, where that can be. */
			if (left == 0 && i < got)
				lseek(fd, i - got, SEEK_CUR);
		}
		fwrite(buf, 1, (size_t)i, stdout);
	}
	fflush(stdout);
	return 1;
}

static void one(const char *name, int heading)
{
	static int any;
	int fd = strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);
	const char *shown = fd == 0 ? "standard input" : name;

	if (fd < 0) {
		core_error(0, errno, "cannot open %s for reading", core_quoteaf(name));
		status = 1;
		return;
	}
	if (heading)
		printf("%s==> %s <==\n", any ? "\n" : "", shown);
	any = 1;
	if (!(all_but ? elide(fd, shown) : first(fd, shown)))
		status = 1;
	if (fd > 0)
		close(fd);
}

static void read_count(const char *text)
{
	all_but = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	if (!core_size(text, &count))
		core_error(1, 0, "invalid number of %s: %s", by_bytes ? "bytes" : "lines", core_quote(text));
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", 1, NULL, 'c' }, { "lines", 1, NULL, 'n' }, { "quiet", 0, NULL, 'q' }, { "silent", 0, NULL, 'q' }, { "verbose", 0, NULL, 'v' },
		{ "zero-terminated", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, headings = -1;

	core_start(argv[0], "[OPTION]... [FILE]...");
	if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {   /* head -5 */
		char *end;

		count = strtoull(argv[1] + 1, &end, 10);
		for (; *end; end++) {
			if (*end == 'c')
				by_bytes = 1;
			else if (*end == 'q')
				headings = 0;
			else if (*end == 'v')
				headings = 1;
			else if (*end != 'l')
				core_error(0, 0, "invalid trailing option -- %c", *end), core_try_help(1);
		}
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	while ((option = core_getopt(argc, argv, "c:n:qvz0123456789", longs)) != -1) {
		switch (option) {
		case 'c': by_bytes = 1; read_count(optarg); break;
		case 'n': by_bytes = 0; read_count(optarg); break;
		case 'q': headings = 0; break;
		case 'v': headings = 1; break;
		case 'z': delimiter = 0; break;
		default: core_error(0, 0, "invalid trailing option -- %c", option), core_try_help(1);
		}
	}
	if (headings < 0)
		headings = argc - optind > 1;
	if (optind == argc)
		one("-", headings);
	for (; optind < argc; optind++)
		one(argv[optind], headings);
	return status;
}
