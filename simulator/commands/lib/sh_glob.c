/* File names that match a pattern, sorted. */
#include "sh.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static void names(const char *directory, const char *part, size_t part_length, const char *rest, struct sh_list *out);

/* Goes on with what stands behind the pattern's next component; path is what was found so far. */
static void walk(const char *path, const char *pattern, struct sh_list *out)
{
	struct sh_buf at = { 0 };
	size_t length;

	sh_puts(&at, path);
	for (;;) {
		while (*pattern == '/')
			sh_put(&at, *pattern++);
		length = strcspn(pattern, "/");
		if (length == 0) {
			if (exists(sh_text(&at)))
				sh_push(out, sh_text(&at));
			return;
		}
		if (sh_has_glob(sh_copyn(pattern, length))) {
			names(sh_text(&at), sh_copyn(pattern, length), length, pattern + length, out);
			return;
		}
		sh_puts(&at, sh_unescape(sh_copyn(pattern, length)));
		pattern += length;
		if (*pattern == '\0') {
			if (exists(sh_text(&at)))
				sh_push(out, sh_text(&at));
			return;
		}
	}
}

static void names(const char *directory, const char *part, size_t part_length, const char *rest, struct sh_list *out)
{
	DIR *dir = opendir(*directory ? directory : ".");
	struct dirent *entry;

	(void)part_length;
	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;
		struct sh_buf path = { 0 };

		if (name[0] == '.' && part[0] != '.' && !(part[0] == '\\' && part[1] == '.') && !sh_dotglob)
			continue;
		if (name[0] == '.' && part[0] != '.' && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0))
			continue;
		/* Since bash 5.2 no pattern finds . and .. (globskipdots). */
		if (!sh_dash && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0))
			continue;
		if (!sh_match(part, name))
			continue;
		sh_puts(&path, directory);
		sh_puts(&path, name);
		if (*rest) {
			struct stat st;

			if (stat(sh_text(&path), &st) != 0 || !S_ISDIR(st.st_mode))
				continue;
			walk(sh_text(&path), rest, out);
		} else {
			sh_push(out, sh_text(&path));
		}
	}
	closedir(dir);
}

int sh_glob(const char *pattern, struct sh_list *out)
{
	struct sh_list found = { 0 };
	int i;

	walk("", pattern, &found);
	if (found.count > 1)
		qsort(found.item, (size_t)found.count, sizeof *found.item, compare);
	for (i = 0; i < found.count; i++)
		sh_push(out, found.item[i]);
	return found.count;
}
