/* find(1) of findutils 4.9. Uses lib/core*.c, lib/find_*.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/find.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct find_options find = { .max_depth = -1 };
int find_status, find_pruned;

static void visit(const char *path, const char *base, int depth, dev_t device, const struct stat *parents, int parent_count)
{
	struct find_file file = { .path = path, .base = base, .depth = depth, .start = find.start };
	int follow = find.follow == 'L' || (find.follow == 'H' && depth == 0);
	struct dirent *entry;
	DIR *directory;
	char **names = NULL;
	int count = 0, room = 0, i;
	struct stat *chain;

	if ((follow ? stat(path, &file.st) : -1) != 0 && lstat(path, &file.st) != 0) {
		core_error(0, errno, "%s", core_quote(path));
		find_status = 1;
		return;
	}
	if (find.one_system && depth > 0 && file.st.st_dev != device)
		return;
	if (depth == 0)
		device = file.st.st_dev;
	find_pruned = 0;
	if (!find.depth_first && depth >= find.min_depth)
		find_evaluate(find.expression, &file);
	if (!S_ISDIR(file.st.st_mode) || find_pruned || (find.max_depth >= 0 && depth >= find.max_depth)) {
		if (find.depth_first && depth >= find.min_depth)
			find_evaluate(find.expression, &file);
		return;
	}
	for (i = 0; i < parent_count; i++)
		if (parents[i].st_dev == file.st.st_dev && parents[i].st_ino == file.st.st_ino) {
			core_error(0, 0, "File system loop detected; %s is part of the same file system loop as %s.", core_quote(path), core_quote(find.start));
			find_status = 1;
			return;
		}
	directory = opendir(path);
	if (!directory) {
		core_error(0, errno, "%s", core_quote(path));
		find_status = 1;
	}
	while (directory && (entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (count == room)
			names = core_realloc(names, (size_t)(room = room ? room * 2 : 16) * sizeof *names);
		names[count++] = core_strdup(entry->d_name);
	}
	if (directory)
		closedir(directory);
	chain = core_malloc((size_t)(parent_count + 1) * sizeof *chain);
	if (parent_count)
		memcpy(chain, parents, (size_t)parent_count * sizeof *chain);
	chain[parent_count] = file.st;
	for (i = 0; i < count; i++) {
		char *inner = core_malloc(strlen(path) + strlen(names[i]) + 2);

		sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, names[i]);
		visit(inner, names[i], depth + 1, device, chain, follow || find.follow == 'L' ? parent_count + 1 : 0);
		free(inner);
		free(names[i]);
	}
	free(chain);
	free(names);
	if (find.depth_first && depth >= find.min_depth)
		find_evaluate(find.expression, &file);
}

int main(int argc, char **argv)
{
	static char *here[] = { (char *)"." };
	int at = 1, first, count, i;
	char **paths;

	core_start(argv[0], "[-H] [-L] [-P] [path...] [expression]");
	while (at < argc && argv[at][0] == '-' && strchr("HLP", argv[at][1]) && argv[at][1] && !argv[at][2])
		find.follow = argv[at++][1];
	first = at;
	while (at < argc && argv[at][0] != '-' && strcmp(argv[at], "(") != 0 && strcmp(argv[at], "!") != 0)
		at++;
	paths = at > first ? argv + first : here;
	count = at > first ? at - first : 1;
	find_parse(argv + at);
	for (i = 0; i < count; i++) {
		char *base;

		find.start = paths[i];
		base = core_base_name(paths[i]);
		visit(paths[i], base, 0, 0, NULL, 0);
	}
	find_finish();
	return find_status;
}
