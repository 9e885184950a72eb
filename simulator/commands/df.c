/* df(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

struct row { char *cell[8]; };
static struct row *rows;
static int row_count, inodes, human, with_type, all, with_total, status;
static unsigned long long unit = 1024, totals[3];
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
		snprintf(text, sizeof text, "%llu", (count * bytes_unit + unit - 1) / unit);
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

static void add_row(const char *source, const char *type, unsigned long long frsize, unsigned long long blocks, unsigned long long free_count,
		    unsigned long long available, const char *target)
{
	struct row row;
	unsigned long long used = blocks - free_count;
	int n = 0;

	row.cell[n++] = core_strdup(source);
	if (with_type)
		row.cell[n++] = core_strdup(type);
	row.cell[n++] = inodes ? count_text(blocks) : size_text(frsize, blocks);
	row.cell[n++] = inodes ? count_text(used) : size_text(frsize, used);
	row.cell[n++] = inodes ? count_text(available) : size_text(frsize, available);
	row.cell[n++] = percent(used, available);
	row.cell[n++] = core_strdup(target);
	row.cell[n] = NULL;
	rows = core_realloc(rows, (size_t)(row_count + 1) * sizeof *rows);
	rows[row_count++] = row;
	totals[0] += blocks * frsize;
	totals[1] += free_count * frsize;
	totals[2] += available * frsize;
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

static void show(const struct mount *mount, int is_argument)
{
	struct statvfs fs;

	if (!wanted(mount->type))
		return;
	if (statvfs(mount->target, &fs) != 0) {
		if (errno != EACCES || is_argument) {
			core_error(0, errno, "%s", core_quotef(mount->target));
			status = 1;
		}
		return;
	}
	if (!is_argument && !all && fs.f_blocks == 0)
		return;
	if (inodes)
		add_row(mount->source, mount->type, 1, fs.f_files, fs.f_ffree, fs.f_favail, mount->target);
	else
		add_row(mount->source, mount->type, fs.f_frsize ? fs.f_frsize : fs.f_bsize, fs.f_blocks, fs.f_bfree, fs.f_bavail, mount->target);
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
		show(best, 1);
	free(real);
}

/* Of several mounts of one device the one with the shortest path is shown, where the first of them stood; of several at one place the last. */
static void show_all(void)
{
	int *shown = core_malloc((size_t)(mount_count + 1) * sizeof *shown), count = 0, i, j;

	for (i = 0; i < mount_count; i++) {
		struct statvfs fs;

		if (!all && (!wanted(mounts[i].type) || statvfs(mounts[i].target, &fs) != 0 || fs.f_blocks == 0))
			continue;
		for (j = 0; j < count && !all; j++)
			if (mounts[shown[j]].dev == mounts[i].dev || strcmp(mounts[shown[j]].target, mounts[i].target) == 0)
				break;
		if (all || j == count)
			shown[count++] = i;
		else if (strlen(mounts[i].target) < strlen(mounts[shown[j]].target) || strcmp(mounts[shown[j]].target, mounts[i].target) == 0)
			shown[j] = i;
	}
	for (i = 0; i < count; i++)
		show(&mounts[shown[i]], 0);
	free(shown);
}

static void print(void)
{
	int widths[8] = { 14 }, columns = with_type ? 7 : 6, i, c, first_number = with_type ? 2 : 1;

	if (with_type)
		widths[1] = 4;
	for (c = first_number; c < columns - 2; c++)
		widths[c] = 5;
	widths[columns - 2] = 4;
	for (i = 0; i < row_count; i++)
		for (c = 0; c < columns; c++)
			if ((int)strlen(rows[i].cell[c]) > widths[c])
				widths[c] = (int)strlen(rows[i].cell[c]);
	for (i = 0; i < row_count; i++) {
		for (c = 0; c < columns; c++) {
			if (c == columns - 1)
				printf(" %s", rows[i].cell[c]);
			else if (c < first_number)
				printf("%s%-*s", c ? " " : "", widths[c], rows[i].cell[c]);
			else
				printf(" %*s", widths[c], rows[i].cell[c]);
		}
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "human-readable", 0, NULL, 'h' }, { "si", 0, NULL, 'H' }, { "inodes", 0, NULL, 'i' }, { "print-type", 0, NULL, 'T' },
		{ "type", 1, NULL, 't' }, { "exclude-type", 1, NULL, 'x' }, { "total", 0, NULL, 'c' }, { "local", 0, NULL, 'l' }, { "portability", 0, NULL, 'P' },
		{ "block-size", 1, NULL, 'B' }, { "sync", 0, NULL, 's' }, { "no-sync", 0, NULL, 's' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct row head;
	int option, portable = 0, n = 0;
	char blocks[32];

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "aB:iF:hHklmPTt:vx:", longs)) != -1) {
		switch (option) {
		case 'a': all = 1; break;
		case 'B': if (!core_size(optarg[0] >= '0' && optarg[0] <= '9' ? optarg : "1", &unit)) core_error(1, 0, "invalid --block-size argument %s", core_quote(optarg));
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
		}
	}
	read_mounts();
	head.cell[n++] = (char *)"Filesystem";
	if (with_type)
		head.cell[n++] = (char *)"Type";
	if (inodes)
		strcpy(blocks, "Inodes");
	else if (human)
		strcpy(blocks, "Size");
	else if (portable)
		snprintf(blocks, sizeof blocks, "%llu-blocks", unit);
	else if (unit % 1048576 == 0)
		snprintf(blocks, sizeof blocks, "%lluM-blocks", unit / 1048576);
	else if (unit % 1024 == 0)
		snprintf(blocks, sizeof blocks, "%lluK-blocks", unit / 1024);
	else
		snprintf(blocks, sizeof blocks, "%lluB-blocks", unit);
	head.cell[n++] = blocks;
	head.cell[n++] = (char *)(inodes ? "IUsed" : "Used");
	head.cell[n++] = (char *)(inodes ? "IFree" : human ? "Avail" : "Available");
	head.cell[n++] = (char *)(inodes ? "IUse%" : portable ? "Capacity" : "Use%");
	head.cell[n++] = (char *)"Mounted on";
	rows = core_malloc(sizeof *rows);
	rows[row_count++] = head;
	if (optind == argc)
		show_all();
	for (; optind < argc; optind++)
		show_file(argv[optind]);
	if (with_total && !inodes)
		add_row("total", "-", 1, totals[0], totals[1], totals[2], "-");
	if (row_count > 1)
		print();
	else if (status == 0)
		core_error(1, 0, "no file systems processed");
	return status;
}
