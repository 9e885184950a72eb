/* dd(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOTRUNC = 1, NOCREAT = 2, EXCL = 4, SYNC = 8, NOERROR = 16, UCASE = 32, LCASE = 64, FSYNC = 128, FDATASYNC = 256, SPARSE = 512, SWAB = 1024 };
enum { FULLBLOCK = 1, APPEND = 2, COUNT_BYTES = 4, SKIP_BYTES = 8, SEEK_BYTES = 16, IGNORED = 32 };
enum { STATUS_DEFAULT, STATUS_NONE, STATUS_NOXFER, STATUS_PROGRESS };

struct word { const char *name; int value; };
static const struct word conversions[] = {
	{ "notrunc", NOTRUNC }, { "nocreat", NOCREAT }, { "excl", EXCL }, { "sync", SYNC }, { "noerror", NOERROR }, { "ucase", UCASE }, { "lcase", LCASE },
	{ "fsync", FSYNC }, { "fdatasync", FDATASYNC }, { "sparse", SPARSE }, { "swab", SWAB }, { NULL, 0 },
};
static const struct word flags[] = {
	{ "fullblock", FULLBLOCK }, { "append", APPEND }, { "count_bytes", COUNT_BYTES }, { "skip_bytes", SKIP_BYTES }, { "seek_bytes", SEEK_BYTES },
	{ "direct", IGNORED }, { "dsync", IGNORED }, { "sync", IGNORED }, { "nonblock", IGNORED }, { "noatime", IGNORED }, { "nocache", IGNORED }, { "noctty", IGNORED },
	{ "nofollow", IGNORED }, { "directory", IGNORED }, { NULL, 0 },
};

static const char *input, *output;
static unsigned long long ibs = 512, obs = 512, bs, skip, seek, count = ~0ULL;
static int conversion, iflag, oflag, report, count_bytes, skip_bytes, seek_bytes;
static unsigned long long full_in, part_in, full_out, part_out, bytes, truncated;

static int known(const char *list, const struct word *words, const char *message)
{
	int found = 0;

	while (*list) {
		size_t length = strcspn(list, ",");
		const struct word *w;

		for (w = words; w->name && (strlen(w->name) != length || strncmp(w->name, list, length)); w++)
			;
		if (!w->name) {
			char *bad = core_strdup(list);

			bad[length] = 0;
			core_error(0, 0, "%s: %s", message, core_quote(bad));
			core_try_help(1);
		}
		found |= w->value;
		list += length + (list[length] == ',');
	}
	return found;
}

/* 2x512, 3k, 1B: a number of blocks, or of bytes where it ends in B. */
static unsigned long long number(const char *text, int *in_bytes)
{
	unsigned long long value = 1;
	char *copy = core_strdup(text), *part = copy, *next;

	if (in_bytes && strchr(text, 'B') && !strchr(text, 'x') && text[strlen(text) - 1] == 'B' && !strpbrk(text, "kKMGTPE")) {
		copy[strlen(copy) - 1] = 0;
		*in_bytes = 1;
	}
	do {
		unsigned long long one, factor = 1;
		char *end;

		next = strchr(part, 'x');
		if (next)
			*next++ = 0;
		errno = 0;
		one = strtoull(part, &end, 10);
		if (end == part || *part == '-')
			core_error(1, 0, "invalid number: %s", core_quote(text));
		if (*end == 'c')
			end++;
		else if (*end == 'w')
			factor = 2, end++;
		else if (*end == 'b')
			factor = 512, end++;
		else if (*end) {
			static const char units[] = "KMGTPE";
			const char *unit = strchr(units, *end == 'k' ? 'K' : *end);
			unsigned long long base = end[1] == 'B' ? 1000 : 1024;

			if (!unit)
				core_error(1, 0, "invalid number: %s", core_quote(text));
			for (const char *u = units; u <= unit; u++)
				factor *= base;
			end += end[1] == 'B' ? 2 : end[1] == 'i' && end[2] == 'B' ? 3 : 1;
		}
		if (*end)
			core_error(1, 0, "invalid number: %s", core_quote(text));
		value *= one * factor;
		part = next;
	} while (part);
	free(copy);
	return value;
}

static unsigned long long block_size(const char *text)
{
	unsigned long long size = number(text, NULL);

	if (size == 0)
		core_error(1, 0, "invalid number: %s", core_quote(text));
	return size;
}

static void operand(const char *text)
{
	const char *value = strchr(text, '=');
	size_t length;

	if (!value) {
		core_error(0, 0, "unrecognized operand %s", core_quote(text));
		core_try_help(1);
	}
	length = (size_t)(value++ - text);
#define IS(name) (length == sizeof name - 1 && !strncmp(text, name, length))
	if (IS("if")) input = value;
	else if (IS("of")) output = value;
	else if (IS("ibs")) ibs = block_size(value);
	else if (IS("obs")) obs = block_size(value);
	else if (IS("bs")) bs = block_size(value);
	else if (IS("cbs")) (void)block_size(value);
	else if (IS("count")) count = number(value, &count_bytes);
	else if (IS("skip") || IS("iseek")) skip = number(value, &skip_bytes);
	else if (IS("seek") || IS("oseek")) seek = number(value, &seek_bytes);
	else if (IS("conv")) conversion |= known(value, conversions, "invalid conversion");
	else if (IS("iflag")) iflag |= known(value, flags, "invalid input flag");
	else if (IS("oflag")) oflag |= known(value, flags, "invalid output flag");
	else if (IS("status")) {
		static const struct word levels[] = { { "none", STATUS_NONE }, { "noxfer", STATUS_NOXFER }, { "progress", STATUS_PROGRESS }, { NULL, 0 } };

		report = known(value, levels, "invalid status level");
	} else {
		core_error(0, 0, "unrecognized operand %s", core_quote(text));
		core_try_help(1);
	}
}

static void put(const char *from, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t wrote = write(1, from + done, length - done);

		if (wrote < 0)
			core_error(1, errno, "error writing %s", core_quoteaf(output ? output : "standard output"));
		done += (size_t)wrote;
		bytes += (unsigned long long)wrote;
	}
	if (length == obs)
		full_out++;
	else
		part_out++;
}

static void convert(char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length && conversion & (UCASE | LCASE); i++)
		if (conversion & UCASE && text[i] >= 'a' && text[i] <= 'z')
			text[i] -= 32;
		else if (conversion & LCASE && text[i] >= 'A' && text[i] <= 'Z')
			text[i] += 32;
	for (i = 0; i + 1 < length && conversion & SWAB; i += 2) {
		char kept = text[i];

		text[i] = text[i + 1];
		text[i + 1] = kept;
	}
}

/* Where the input begins to be read: by seeking, or by reading over it. */
static void skip_input(char *block)
{
	unsigned long long left = skip_bytes || iflag & SKIP_BYTES ? skip : skip * ibs;
	struct stat st;

	if (left == 0)
		return;
	if (lseek(0, 0, SEEK_CUR) >= 0) {
		if (fstat(0, &st) == 0 && S_ISREG(st.st_mode) && (unsigned long long)st.st_size < left)
			core_error(0, 0, "%s: cannot skip to specified offset", core_quotef(input ? input : "standard input"));
		lseek(0, (off_t)left, SEEK_CUR);
		return;
	}
	while (left > 0) {
		ssize_t got = read(0, block, left < ibs ? left : ibs);

		if (got <= 0)
			break;
		left -= (unsigned long long)got;
	}
}

static void seek_output(void)
{
	off_t at = (off_t)(seek_bytes || oflag & SEEK_BYTES ? seek : seek * obs);
	struct stat st;

	if (output && !(conversion & NOTRUNC) && seek > 0 && fstat(1, &st) == 0 && S_ISREG(st.st_mode) && ftruncate(1, at) != 0)
		core_error(1, errno, "failed to truncate to %lld bytes in output file %s", (long long)at, core_quoteaf(output));
	if (at > 0 && lseek(1, at, SEEK_CUR) < 0)
		core_error(1, errno, "%s: cannot seek", core_quotef(output ? output : "standard output"));
}

static void copy(void)
{
	int counted = count_bytes || iflag & COUNT_BYTES;
	unsigned long long left = counted ? count : 0, blocks = 0;
	char *in = core_malloc(ibs + 1), *out = core_malloc(obs + 1);
	size_t held = 0;

	skip_input(in);
	seek_output();
	while (counted ? left > 0 : blocks < count) {
		size_t want = counted && left < ibs ? left : ibs, got = 0;

		for (;;) {
			ssize_t one = read(0, in + got, want - got);

			if (one < 0) {
				core_error(conversion & NOERROR ? 0 : 1, errno, "error reading %s", core_quoteaf(input ? input : "standard input"));
				break;
			}
			got += (size_t)one;
			if (one == 0 || got == want || !(iflag & FULLBLOCK))
				break;
		}
		if (got == 0)
			break;
		if (got == ibs)
			full_in++;
		else
			part_in++;
		blocks++;
		left -= counted ? got : 0;
		if (conversion & SYNC && got < ibs) {
			memset(in + got, 0, ibs - got);
			got = ibs;
		}
		convert(in, got);
		if (bs && !(conversion & (SYNC | UCASE | LCASE | SWAB))) {
			/* with bs= each block that was read is written as it came */
			put(in, got);
			continue;
		}
		for (size_t at = 0; at < got;) {
			size_t room = obs - held < got - at ? obs - held : got - at;

			memcpy(out + held, in + at, room);
			held += room;
			at += room;
			if (held == obs) {
				put(out, held);
				held = 0;
			}
		}
	}
	if (held > 0)
		put(out, held);
	if (conversion & FSYNC && fsync(1) != 0)
		core_error(1, errno, "fsync failed for %s", core_quoteaf(output ? output : "standard output"));
	if (conversion & FDATASYNC && fdatasync(1) != 0)
		core_error(1, errno, "fdatasync failed for %s", core_quoteaf(output ? output : "standard output"));
}

static void scaled(double value, int base, char text[32])
{
	static const char *const binary[] = { "B", "KiB", "MiB", "GiB", "TiB" }, *const decimal[] = { "B", "kB", "MB", "GB", "TB" };
	int n = 0;

	while (value >= base && n < 4)
		value /= base, n++;
	if (n == 0 || value >= 10)
		snprintf(text, 32, "%.0f %s", value, (base == 1024 ? binary : decimal)[n]);
	else
		snprintf(text, 32, "%.1f %s", value, (base == 1024 ? binary : decimal)[n]);
}

static void summary(double seconds)
{
	char small[32], large[32], rate[32];

	if (report == STATUS_NONE)
		return;
	fprintf(stderr, "%llu+%llu records in\n%llu+%llu records out\n", full_in, part_in, full_out, part_out);
	if (truncated)
		fprintf(stderr, "%llu truncated record%s\n", truncated, truncated == 1 ? "" : "s");
	if (report == STATUS_NOXFER)
		return;
	scaled((double)bytes, 1000, small);
	scaled((double)bytes, 1024, large);
	scaled(seconds > 0 ? (double)bytes / seconds : 0, 1000, rate);
	fprintf(stderr, "%llu byte%s", bytes, bytes == 1 ? "" : "s");
	if (bytes >= 1024)
		fprintf(stderr, " (%s, %s)", small, large);
	else if (bytes >= 1000)
		fprintf(stderr, " (%s)", small);
	fprintf(stderr, " copied, %g s, %s/s\n", seconds, seconds > 0 ? rate : "Infinity B");
}

int main(int argc, char **argv)
{
	struct timespec from, to;
	int i;

	core_start(argv[0], "[OPERAND]...\n  or:  dd OPTION");
	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			continue;
		else
			operand(argv[i]);
	if (bs)
		ibs = obs = bs;
	if (input) {
		int fd = open(input, O_RDONLY);

		if (fd < 0)
			core_error(1, errno, "failed to open %s", core_quoteaf(input));
		dup2(fd, 0);
		close(fd);
	}
	if (output) {
		int how = O_WRONLY | (conversion & NOCREAT ? 0 : O_CREAT) | (conversion & EXCL ? O_EXCL : 0) | (oflag & APPEND ? O_APPEND : 0) | (seek || conversion & NOTRUNC ? 0 : O_TRUNC);
		int fd = open(output, how, 0666);

		if (fd < 0)
			core_error(1, errno, "failed to open %s", core_quoteaf(output));
		dup2(fd, 1);
		close(fd);
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	copy();
	clock_gettime(CLOCK_MONOTONIC, &to);
	summary((double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
	return 0;
}
