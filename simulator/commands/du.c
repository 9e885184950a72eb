/* du(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int all, apparent, human, summarize, total_wanted, one_system, status, max_depth = -1, follow;
static unsigned long long unit = 1024;
struct seen { struct seen *next; dev_t dev; ino_t ino; };
static struct seen *seen[256];

static int again(const struct stat *st)
{
	struct seen **bucket = &seen[st->st_ino % 256], *at;

	if (st->st_nlink < 2 || S_ISDIR(st->st_mode))
		return 0;
	for (at = *bucket; at; at = at->next)
		if (at->dev == st->st_dev && at->ino == st->st_ino)
			return 1;
	at = core_malloc(sizeof *at);
	at->dev = st->st_dev;
	at->ino = st->st_ino;
	at->next = *bucket;
	*bucket = at;
	return 0;
}

static void put(unsigned long long bytes, const char *path)
{
	char text[24];

	if (human)
		core_human(bytes, human, text);
	else
		snprintf(text, sizeof text, "%llu", (bytes + unit - 1) / unit);
	printf("%s\t%s\n", text, path);
}

static unsigned long long measure(const char *path, int depth, dev_t device)
{
	unsigned long long bytes;
	struct stat st;

	if ((follow ? stat(path, &st) : lstat(path, &st)) != 0) {
		core_error(0, errno, "cannot access %s", core_quoteaf(path));
		status = 1;
		return 0;
	}
	if (depth == 0)
		device = st.st_dev;
	if ((one_system && st.st_dev != device) || again(&st))
		return 0;
	bytes = apparent ? (unsigned long long)st.st_size : (unsigned long long)st.st_blocks * 512;
	if (S_ISDIR(st.st_mode)) {
		DIR *directory = opendir(path);
		struct dirent *entry;
		char **names = NULL;
		int count = 0, i;

		if (!directory) {
			core_error(0, errno, "cannot read directory %s", core_quoteaf(path));
			status = 1;
		}
		while (directory && (entry = readdir(directory)) != NULL) {
			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			names = core_realloc(names, (size_t)(count + 1) * sizeof *names);
			names[count++] = core_strdup(entry->d_name);
		}
		if (directory)
			closedir(directory);
		for (i = 0; i < count; i++) {
			char *inner = core_malloc(strlen(path) + strlen(names[i]) + 2);

			sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, names[i]);
			bytes += measure(inner, depth + 1, device);
			free(inner);
			free(names[i]);
		}
		free(names);
	}
	if (depth == 0 || (!summarize && (all || S_ISDIR(st.st_mode)) && (max_depth < 0 || depth <= max_depth)))
		put(bytes, path);
	return bytes;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "apparent-size", 0, NULL, 'A' }, { "bytes", 0, NULL, 'b' }, { "total", 0, NULL, 'c' }, { "max-depth", 1, NULL, 'd' },
		{ "human-readable", 0, NULL, 'h' }, { "si", 0, NULL, 'H' }, { "summarize", 0, NULL, 's' }, { "one-file-system", 0, NULL, 'x' }, { "dereference", 0, NULL, 'L' },
		CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	unsigned long long total = 0;
	int option;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "abcd:hHkLmsxD", longs)) != -1) {
		switch (option) {
		case 'a': all = 1; break;
		case 'A': apparent = 1; break;
		case 'b': apparent = 1; unit = 1; break;
		case 'c': total_wanted = 1; break;
		case 'd':
			if (!*optarg || optarg[strspn(optarg, "0123456789")])
				core_error(0, 0, "invalid maximum depth %s", core_quote(optarg)), core_try_help(1);
			max_depth = atoi(optarg);
			break;
		case 'h': human = 1024; break;
		case 'H': human = 1000; break;
		case 'k': unit = 1024; break;
		case 'm': unit = 1048576; break;
		case 'L': follow = 1; break;
		case 's': summarize = 1; break;
		case 'x': one_system = 1; break;
		}
	}
	if (summarize && all)
		core_error(0, 0, "cannot both summarize and show all entries"), core_try_help(1);
	if (optind == argc)
		total += measure(".", 0, 0);
	for (; optind < argc; optind++)
		total += measure(argv[optind], 0, 0);
	if (total_wanted)
		put(total, "total");
	return status;
}
