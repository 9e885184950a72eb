#define _GNU_SOURCE
#include "ul_mountinfo.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `\040` and its like, in place. */
static char *decoded(char *text)
{
	char *to = text;
	for (char *from = text; *from; from++) {
		if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] && from[3]) {
			*to++ = (from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0');
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = 0;
	return text;
}

static char *word(char **rest)
{
	char *found = strsep(rest, " ");
	return found ? found : (char *)"";
}

static bool parse(char *line, struct ul_mount *out)
{
	char *rest = line;
	out->id = atoi(word(&rest));
	out->parent = atoi(word(&rest));
	if (sscanf(word(&rest), "%u:%u", &out->major, &out->minor) != 2)
		return false;
	out->root = strdup(decoded(word(&rest)));
	out->target = strdup(decoded(word(&rest)));
	out->options = strdup(word(&rest));
	char optional[256] = "", *field;
	while ((field = strsep(&rest, " ")) && strcmp(field, "-")) {
		if (strlen(optional) + strlen(field) + 2 > sizeof optional)
			continue;
		if (*optional)
			strcat(optional, " ");
		strcat(optional, field);
	}
	out->optional = strdup(optional);
	out->type = strdup(decoded(word(&rest)));
	out->source = strdup(decoded(word(&rest)));
	out->super_options = strdup(rest ? rest : "");
	return true;
}

struct ul_mounts ul_mounts_read(const char *file)
{
	struct ul_mounts mounts = { NULL, 0 };
	size_t room = 0, size = 0;
	char *line = NULL;
	FILE *lines = fopen(file, "r");
	if (!lines)
		err(EXIT_FAILURE, "failed to read mtab");
	while (getline(&line, &size, lines) > 0) {
		line[strcspn(line, "\n")] = 0;
		if (mounts.n == room) {
			room = room ? room * 2 : 32;
			mounts.list = realloc(mounts.list, room * sizeof *mounts.list);
			if (!mounts.list)
				err(EXIT_FAILURE, "cannot allocate memory");
		}
		if (parse(line, &mounts.list[mounts.n]))
			mounts.n++;
	}
	free(line);
	fclose(lines);
	return mounts;
}

bool ul_in_list(const char *list, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = list; at; at = strchr(at, ',')) {
		if (*at == ',')
			at++;
		if (!strncmp(at, word, length) && (at[length] == ',' || at[length] == 0))
			return true;
	}
	return false;
}

/* Appends the words of a list, but for those which are there. */
static void append(char *all, const char *list)
{
	char *copy = strdup(list), *rest = copy, *one;
	while ((one = strsep(&rest, ",")))
		if (*one && strcmp(one, "rw") && strcmp(one, "ro")) {
			strcat(all, ",");
			strcat(all, one);
		}
	free(copy);
}

char *ul_mount_options(const struct ul_mount *mount)
{
	char *all = malloc(strlen(mount->options) + strlen(mount->super_options) + 8);
	if (!all)
		err(EXIT_FAILURE, "cannot allocate memory");
	strcpy(all, ul_in_list(mount->options, "ro") || ul_in_list(mount->super_options, "ro") ? "ro" : "rw");
	append(all, mount->options);
	append(all, mount->super_options);
	return all;
}

const struct ul_mount *ul_mount_on(const struct ul_mounts *mounts, const char *target)
{
	for (size_t i = mounts->n; i > 0; i--)
		if (!strcmp(mounts->list[i - 1].target, target))
			return &mounts->list[i - 1];
	return NULL;
}

bool ul_type_matches(const char *type, const char *list)
{
	bool negated = !strncmp(list, "no", 2) && strncmp(list, "none", 4) && strncmp(list, "notanfs", 7);
	return ul_in_list(negated ? list + 2 : list, type) != negated;
}
