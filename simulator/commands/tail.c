/* tail(1) of coreutils; -f looks every second. Uses lib/core*.c. */
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static unsigned long long count = 10;
static int by_bytes, from_start, follow, status, delimiter = '\n', headings = -1;
static double interval = 1;
struct followed { const char *name; int fd; off_t size; };
static struct followed *followed;
static int followed_count;
static const char *last_heading;

static void heading(const char *name)
{
	static int any;

	if (!headings)
		return;
	printf("%s==> %s <==\n", any ? "\n" : "", name);
	any = 1;
	last_heading = name;
}

static char *read_all(int fd, size_t *length, const char *name)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t got;

	*length = 0;
	for (;;) {
		if (room - *length < 8192)
			text = core_realloc(text, room = room ? room * 2 : 16384);
		got = read(fd, text + *length, room - *length);
		if (got == 0)
			return text;
		if (got < 0) {
			core_error(0, errno, "error reading %s", core_quoteaf(name));
			status = 1;
			return text;
		}
		*length += (size_t)got;
	}
}

static void last(int fd, const char *name)
{
	size_t length, start = 0;
	char *text;
	struct stat st;

	/* The bytes of a regular file's end need no reading of the rest. */
	if (by_bytes && !from_start && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (unsigned long long)st.st_size > count)
		lseek(fd, st.st_size - (off_t)count, SEEK_SET);
	text = read_all(fd, &length, name);
	if (from_start) {
		unsigned long long skip = count ? count - 1 : 0;

		if (by_bytes) {
			start = skip > length ? length : (size_t)skip;
		} else {
			while (start < length && skip > 0)
				if (text[start++] == delimiter)
					skip--;
		}
	} else if (by_bytes) {
		start = count > length ? 0 : length - (size_t)count;
	} else {
		unsigned long long left = count;

		start = length;
		if (count == 0)
			left = 0;
		else if (start > 0 && text[start - 1] == delimiter)
			start--;
		while (start > 0 && count > 0) {
			if (text[start - 1] == delimiter && --left == 0)
				break;
			start--;
		}
	}
	fwrite(text + start, 1, length - start, stdout);
	fflush(stdout);
	free(text);
}

static void one(const char *name)
{
	int fd = strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);
	const char *shown = fd == 0 ? "standard input" : name;
	struct stat st;

	if (fd < 0) {
		core_error(0, errno, "cannot open %s for reading", core_quoteaf(name));
		status = 1;
		return;
	}
	heading(shown);
	last(fd, shown);
	if (follow && fstat(fd, &st) == 0 && !S_ISFIFO(st.st_mode)) {
		followed[followed_count].name = shown;
		followed[followed_count].fd = fd;
		followed[followed_count++].size = st.st_size;
	} else if (fd > 0) {
		close(fd);
	}
}

static void follow_files(void)
{
	struct timespec pause = { (time_t)interval, (long)((interval - (double)(time_t)interval) * 1e9) };
	int i;

	while (followed_count > 0) {
		for (i = 0; i < followed_count; i++) {
			struct followed *file = &followed[i];
			struct stat st;
			char buf[4096];
			ssize_t got;

			if (fstat(file->fd, &st) == 0 && st.st_size < file->size) {
				core_error(0, 0, "%s: file truncated", core_quotef(file->name));
				lseek(file->fd, 0, SEEK_SET);
			}
			while ((got = read(file->fd, buf, sizeof buf)) > 0) {
				if (last_heading != file->name)
					heading(file->name);
				fwrite(buf, 1, (size_t)got, stdout);
			}
			file->size = st.st_size;
		}
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
}

static void read_count(const char *text)
{
	from_start = *text == '+';
	if (*text == '-' || *text == '+')
		text++;
	if (!core_size(text, &count))
		core_error(1, 0, "invalid number of %s: %s", by_bytes ? "bytes" : "lines", core_quote(text));
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", 1, NULL, 'c' }, { "lines", 1, NULL, 'n' }, { "quiet", 0, NULL, 'q' }, { "silent", 0, NULL, 'q' }, { "verbose", 0, NULL, 'v' },
		{ "follow", 2, NULL, 'f' }, { "retry", 0, NULL, 'R' }, { "sleep-interval", 1, NULL, 's' }, { "zero-terminated", 0, NULL, 'z' },
		{ "pid", 1, NULL, 'P' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option;

	core_start(argv[0], "[OPTION]... [FILE]...");
	if (argc > 1 && (argv[1][0] == '-' || argv[1][0] == '+') && isdigit((unsigned char)argv[1][1])) {   /* tail -5 */
		char *end;

		from_start = argv[1][0] == '+';
		count = strtoull(argv[1] + 1, &end, 10);
		for (; *end; end++) {
			if (*end == 'c')
				by_bytes = 1;
			else if (*end == 'f')
				follow = 1;
		}
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	while ((option = core_getopt(argc, argv, "c:n:fFqs:vz", longs)) != -1) {
		switch (option) {
		case 'c': by_bytes = 1; read_count(optarg); break;
		case 'n': by_bytes = 0; read_count(optarg); break;
		case 'f': case 'F': follow = 1; break;
		case 'q': headings = 0; break;
		case 'v': headings = 1; break;
		case 's': interval = atof(optarg); break;
		case 'z': delimiter = 0; break;
		}
	}
	if (headings < 0)
		headings = argc - optind > 1;
	followed = core_malloc((size_t)(argc + 1) * sizeof *followed);
	if (optind == argc)
		one("-");
	for (; optind < argc; optind++)
		one(argv[optind]);
	if (follow && followed_count == 0 && status)
		core_error(1, 0, "no files remaining");
	follow_files();
	return status;
}
