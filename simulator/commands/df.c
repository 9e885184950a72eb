/* df(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* Columns, in the order of --output; those shown, by these numbers. */
enum { SOURCE, TYPE, ITOTAL, IUSED, IAVAIL, IPERCENT, SIZE, USED, AVAIL, PERCENT, PATH, TARGET, COLUMNS };
static const struct { const char *name, *heading; int width, left; } columns[COLUMNS] = {
	{ "source", "Filesystem", 14, 1 }, { "fstype", "Type", 4, 1 }, { "itotal", "Inodes", 5, 0 }, { "iused", "IUsed", 5, 0 }, { "iavail", "IFree", 5, 0 }, { "ipcent", "IUse%", 4, 0 },
	{ "size", NULL, 5, 0 }, { "used", "Used", 5, 0 }, { "avail", "Available", 5, 0 }, { "pcent", "Use%", 4, 0 }, { "file", "File", 0, 1 }, { "target", "Mounted on", 0, 1 },
};
struct row { char *cell[COLUMNS]; };
static struct row *rows;
static int shown[COLUMNS], shown_count, row_count, inodes, human, all, with_total, status;
static struct statvfs totals = { .f_frsize = 1 };
static unsigned long long unit = 1024;
static char letter;
static const char *only_types[16], *not_types[16];
static int only_count, not_count;
struct mount { char *source, *type, *target; unsigned long long dev; };
static struct mount *mounts;
static int mount_count;

/* \040 and the like. */
static char *unescape(char *text)
{
	char *to = text, *from = text;

	for (; *from; from++) {
		if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] && from[3]) {
			*to++ = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + from[3] - '0');
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return text;
}

static void read_mounts(void)
{
	FILE *file = fopen("/proc/self/mountinfo", "r");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		core_error(1, errno, "cannot read table of mounted file systems");
	while (getline(&line, &room, file) > 0) {
		char *dash = strstr(line, " - "), *word;
		unsigned major, minor;
		int field = 0;
		struct mount mount = { NULL, NULL, NULL, 0 };

		if (!dash)
			continue;
		*dash = '\0';
		for (word = strtok(line, " "); word; word = strtok(NULL, " "), field++) {
			if (field == 2 && sscanf(word, "%u:%u", &major, &minor) == 2)
				mount.dev = (unsigned long long)major << 20 | minor;
			if (field == 4)
				mount.target = unescape(core_strdup(word));
		}
		mount.type = core_strdup(strtok(dash + 3, " "));
		word = strtok(NULL, " ");
		mount.source = unescape(core_strdup(word ? word : "none"));
		mounts = core_realloc(mounts, (size_t)(mount_count + 1) * sizeof *mounts);
		mounts[mount_count++] = mount;
	}
	free(line);
	fclose(file);
}

static char *size_text(unsigned long long bytes_unit, unsigned long long count)
{
	char text[32];

	if (human)
		core_human(count * bytes_unit, human, text);
	else
		snprintf(text, sizeof text, letter ? "%llu%c" : "%llu", (count * bytes_unit + unit - 1) / unit, letter);
	return core_strdup(text);
}

static char *count_text(unsigned long long count)
{
	char text[32];

	if (human)
		core_human(count, human, text);
	else
		snprintf(text, sizeof text, "%llu", count);
	return core_strdup(text);
}

static char *percent(unsigned long long used, unsigned long long free_count)
{
	char text[16];

	if (used + free_count == 0)
		return core_strdup("-");
	snprintf(text, sizeof text, "%llu%%", (used * 100 + used + free_count - 1) / (used + free_count));
	return core_strdup(text);
}

static void add_row(const char *source, const char *type, const struct statvfs *fs, const char *path, const char *target)
{
	unsigned long long size = fs->f_frsize ? fs->f_frsize : fs->f_bsize;
	struct row row = { {
		core_strdup(source), core_strdup(type), count_text(fs->f_files), count_text(fs->f_files - fs->f_ffree), count_text(fs->f_favail),
		percent(fs->f_files - fs->f_ffree, fs->f_favail), size_text(size, fs->f_blocks), size_text(size, fs->f_blocks - fs->f_bfree), size_text(size, fs->f_bavail),
		percent(fs->f_blocks - fs->f_bfree, fs->f_bavail), core_strdup(path), core_strdup(target),
	} };

	rows = core_realloc(rows, (size_t)(row_count + 1) * sizeof *rows);
	rows[row_count++] = row;
	totals.f_blocks += fs->f_blocks * size;
	totals.f_bfree += fs->f_bfree * size;
	totals.f_bavail += fs->f_bavail * size;
	totals.f_files += fs->f_files;
	totals.f_ffree += fs->f_ffree;
	totals.f_favail += fs->f_favail;
}

static int wanted(const char *type)
{
	int i;

	for (i = 0; i < not_count; i++)
		if (strcmp(not_types[i], type) == 0)
			return 0;
	for (i = 0; i < only_count; i++)
		if (strcmp(only_types[i], type) == 0)
			return 1;
	return only_count == 0;
}

static void show(const struct mount *mount, const char *argument)
{
	struct statvfs fs;

	if (!wanted(mount->type))
		return;
	if (statvfs(mount->target, &fs) != 0) {
		if (errno != EACCES || argument) {
			core_error(0, errno, "%s", core_quotef(mount->target));
			status = 1;
		}
		return;
	}
	if (argument || all || fs.f_blocks)
		add_row(mount->source, mount->type, &fs, argument ? argument : "-", mount->target);
}

/* The mount that a file is on: the last one whose target is above it, on its device. */
static void show_file(const char *path)
{
	char *real = realpath(path, NULL);
	const struct mount *best = NULL;
	size_t best_length = 0;
	struct stat st;
	int i;

	if (!real || stat(real, &st) != 0) {
		core_error(0, errno, "%s", core_quotef(path));
		status = 1;
		return;
	}
	for (i = 0; i < mount_count; i++) {
		size_t length = strlen(mounts[i].target);

		if (strcmp(mounts[i].target, "/") == 0)
			length = 0;
		if (strncmp(real, mounts[i].target, length) == 0 && (real[length] == '/' || !real[length] || length == 0) && length >= best_length) {
			best = &mounts[i];
			best_length = length;
		}
	}
	if (best)
		show(best, path);
	free(real);
}

/* Of several mounts of one device the one with the shortest path is shown, where the first of them stood; of several at one place the last. */
static void show_all(void)
{
	int *chosen = core_malloc((size_t)(mount_count + 1) * sizeof *chosen), count = 0, i, j;

	for (i = 0; i < mount_count; i++) {
		struct statvfs fs;

		if (!all && (!wanted(mounts[i].type) || statvfs(mounts[i].target, &fs) != 0 || fs.f_blocks == 0))
			continue;
		for (j = 0; j < count && !all; j++)
			if (mounts[chosen[j]].dev == mounts[i].dev || strcmp(mounts[chosen[j]].target, mounts[i].target) == 0)
				break;
		if (all || j == count)
			chosen[count++] = i;
		else if (strlen(mounts[i].target) < strlen(mounts[chosen[j]].target) || strcmp(mounts[chosen[j]].target, mounts[i].target) == 0)
			chosen[j] = i;
	}
	for (i = 0; i < count; i++)
		show(&mounts[chosen[i]], NULL);
	free(chosen);
}

static void print(void)
{
	int i, c, widths[COLUMNS];

	for (c = 0; c < shown_count; c++) {
		widths[c] = columns[shown[c]].width;
		for (i = 0; i < row_count; i++)
			if ((int)strlen(rows[i].cell[shown[c]]) > widths[c])
				widths[c] = (int)strlen(rows[i].cell[shown[c]]);
	}
	for (i = 0; i < row_count; i++)
		for (c = 0; c < shown_count; c++) {
			int left = columns[shown[c]].left;

			printf("%s%*s%s", c ? " " : "", !left ? widths[c] : c == shown_count - 1 ? 0 : -widths[c], rows[i].cell[shown[c]], c == shown_count - 1 ? "\n" : "");
		}
}

static void choose(const char *list)
{
	char *copy = core_strdup(list), *word;
	int c, i;

	for (word = strtok(copy, ","); word; word = strtok(NULL, ",")) {
		for (c = 0; c < COLUMNS && strcmp(columns[c].name, word); c++)
			;
		for (i = 0; i < shown_count && shown[i] != c; i++)
			;
		if (c == COLUMNS || i < shown_count) {
			core_error(0, 0, c == COLUMNS ? "option --output: field %s unknown" : "option --output: field %s used more than once", core_quote(word));
			core_try_help(1);
		}
		shown[shown_count++] = c;
	}
	free(copy);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "human-readable", 0, NULL, 'h' }, { "si", 0, NULL, 'H' }, { "inodes", 0, NULL, 'i' }, { "print-type", 0, NULL, 'T' },
		{ "type", 1, NULL, 't' }, { "exclude-type", 1, NULL, 'x' }, { "total", 0, NULL, 'c' }, { "local", 0, NULL, 'l' }, { "portability", 0, NULL, 'P' },
		{ "block-size", 1, NULL, 'B' }, { "sync", 0, NULL, 's' }, { "no-sync", 0, NULL, 's' }, { "output", 2, NULL, 'o' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct row head;
	int option, portable = 0, output = 0, with_type = 0, c;
	char blocks[32];

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "aB:iF:hHklmPTt:vx:", longs)) != -1) {
		switch (option) {
		case 'a': all = 1; break;
		case 'B': if (!core_size(optarg[0] >= '0' && optarg[0] <= '9' ? optarg : "1", &unit)) core_error(1, 0, "invalid --block-size argument %s", core_quote(optarg));
			letter = *optarg >= 'A' ? *optarg : '\0';
			if (*optarg == 'M') unit = 1048576; else if (*optarg == 'K') unit = 1024; else if (*optarg == 'G') unit = 1073741824; break;
		case 'h': human = 1024; break;
		case 'H': human = 1000; break;
		case 'i': inodes = 1; break;
		case 'k': unit = 1024; break;
		case 'm': unit = 1048576; break;
		case 'P': portable = 1; break;
		case 'T': with_type = 1; break;
		case 't': case 'F': if (only_count < 16) only_types[only_count++] = optarg; break;
		case 'x': if (not_count < 16) not_types[not_count++] = optarg; break;
		case 'c': with_total = 1; break;
		case 'o':
			output = 1;
			if (optarg)
				choose(optarg);
			break;
		}
	}
	if (output && (inodes || portable || with_type)) {
		core_error(0, 0, "options %s and --output are mutually exclusive", inodes ? "-i" : portable ? "-P" : "-T");
		core_try_help(1);
	}
	if (shown_count == 0)
		for (c = 0; c < COLUMNS; c++)
			if (output || c == SOURCE || c == TARGET || (c == TYPE && with_type) || (inodes ? c >= ITOTAL && c <= IPERCENT : c >= SIZE && c <= PERCENT))
				shown[shown_count++] = c;
	read_mounts();
	if (human)
		strcpy(blocks, "Size");
	else if (portable)
		snprintf(blocks, sizeof blocks, "%llu-blocks", unit);
	else if (unit % 1048576 == 0)
		snprintf(blocks, sizeof blocks, "%lluM-blocks", unit / 1048576);
	else if (unit % 1024 == 0)
		snprintf(blocks, sizeof blocks, "%lluK-blocks", unit / 1024);
	else
		snprintf(blocks, sizeof blocks, "%lluB-blocks", unit);
	for (c = 0; c < COLUMNS; c++)
		head.cell[c] = (char *)(c == SIZE ? blocks : c == AVAIL && (human || output) ? "Avail" : c == PERCENT && portable ? "Capacity" : columns[c].heading);
	rows = core_malloc(sizeof *rows);
	rows[row_count++] = head;
	if (optind == argc)
		show_all();
	for (; optind < argc; optind++)
		show_file(argv[optind]);
	if (with_total && row_count > 1) {
		struct statvfs sum = totals;

		add_row("total", "-", &sum, "-", shown[0] == SOURCE ? "-" : "total");
	}
	if (row_count > 1)
		print();
	else if (status == 0)
		core_error(1, 0, "no file systems processed");
	return status;
}
