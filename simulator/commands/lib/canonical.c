/* Names without links, which realpath() gives only when everything exists. */
#define _GNU_SOURCE
#include "canonical.h"
#include "core.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LINKS = 40 };

static void shorten(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
}

char *canonical(const char *path, enum canonical_mode mode, int keep_links)
{
	char *rest = core_strdup(path), *out = core_malloc(65536), *at;
	int links = 0;

	if (!*path) {
		errno = ENOENT;
		return NULL;
	}
	if (*path == '/')
		*out = '\0';
	else if (!getcwd(out, 4096))
		return NULL;
	else if (strcmp(out, "/") == 0)
		*out = '\0';
	at = rest;
	while (*at) {
		char *end, target[4096];
		struct stat st;
		ssize_t length;
		int last;

		at += strspn(at, "/");
		if (!*at)
			break;
		end = at + strcspn(at, "/");
		last = end[strspn(end, "/")] == '\0';
		if (end - at == 1 && *at == '.') {
			at = end;
			continue;
		}
		if (end - at == 2 && strncmp(at, "..", 2) == 0) {
			shorten(out);
			at = end;
			continue;
		}
		strcat(out, "/");
		strncat(out, at, (size_t)(end - at));
		if (lstat(out, &st) != 0) {
			if (mode == CANON_MISSING || (mode == CANON_ALL_BUT_LAST && last && errno == ENOENT)) {
				at = end;
				continue;
			}
			return NULL;
		}
		if (!S_ISLNK(st.st_mode) || keep_links) {
			if (!last && !S_ISDIR(st.st_mode) && !S_ISLNK(st.st_mode) && mode != CANON_MISSING) {
				errno = ENOTDIR;
				return NULL;
			}
			if (last && *end == '/' && !S_ISDIR(st.st_mode) && !S_ISLNK(st.st_mode) && mode == CANON_EXISTING) {
				errno = ENOTDIR;
				return NULL;
			}
			at = end;
			continue;
		}
		if (++links > MOST_LINKS) {
			errno = ELOOP;
			if (mode != CANON_MISSING)
				return NULL;
			at = end;
			continue;
		}
		length = readlink(out, target, sizeof target - 1);
		if (length < 0)
			return NULL;
		target[length] = '\0';
		{
			char *joined = core_malloc((size_t)length + strlen(end) + 2);

			sprintf(joined, "%s%s", target, end);
			rest = at = joined;
		}
		if (*target == '/')
			*out = '\0';
		else
			shorten(out);
	}
	if (!*out)
		strcpy(out, "/");
	(void)rest;
	return out;
}
