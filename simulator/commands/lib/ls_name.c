/* ls: names, with quotes, colours and marks; the order of files. */
#define _GNU_SOURCE
#include "ls.h"
#include "core.h"

#include <stdlib.h>
#include <string.h>

static const char *c_quoted(const char *name, const char *around)
{
	static char *out;
	static const char from[] = "\a\b\f\n\r\t\v\\\"", to[] = "abfnrtv\\\"";
	size_t length = strlen(name);
	char *at;

	free(out);
	out = at = core_malloc(length * 4 + 3);
	at = stpcpy(at, around);
	while (length > 0) {
		int code;
		size_t size = core_char(name, length, &code);
		const char *known = strchr(from, *name);

		if (known && *name && (*name != '"' || *around)) {
			*at++ = '\\';
			*at++ = to[known - from];
			size = 1;
		} else if (*name == ' ' && !*around) {
			at = stpcpy(at, "\\ ");
		} else if (code < 32 || code == 127) {
			size = 1;
			at += sprintf(at, "\\%03o", (unsigned char)*name);
		} else {
			memcpy(at, name, size);
			at += size;
		}
		name += size;
		length -= size;
	}
	strcpy(at, around);
	return out;
}

static const char *questioned(const char *name)
{
	static char *out;
	size_t length = strlen(name);
	char *at;

	free(out);
	out = at = core_malloc(length + 1);
	while (length > 0) {
		int code;
		size_t size = core_char(name, length, &code);

		if (code < 32 || code == 127) {
			*at++ = '?';
		} else {
			memcpy(at, name, size);
			at += size;
		}
		name += size;
		length -= size;
	}
	*at = '\0';
	return out;
}

const char *ls_show_name(const char *name)
{
	if (ls.quote_c)
		return c_quoted(name, "\"");
	if (ls.escape)
		return c_quoted(name, "");
	if (ls.shell_quotes)
		return core_quotef(name);
	return ls.literal == 2 ? questioned(name) : name;
}

int ls_name_is_quoted(const char *name)
{
	const char *shown = ls.shell_quotes ? core_quotef(name) : name;

	return shown != name && shown[0] != name[0];
}

int ls_display_width(const char *text)
{
	size_t length = strlen(text);
	int width = 0;

	while (length > 0) {
		int code;
		size_t size = core_char(text, length, &code);

		width += code < 0 ? 1 : core_width(code);
		text += size;
		length -= size;
	}
	return width;
}

char ls_mark(unsigned mode, int has_stat)
{
	if (!has_stat)
		return 0;
	if (S_ISDIR(mode))
		return '/';
	if (!ls.classify)
		return 0;
	if (S_ISLNK(mode))
		return '@';
	if (S_ISFIFO(mode))
		return '|';
	if (S_ISSOCK(mode))
		return '=';
	return S_ISREG(mode) && mode & 0111 && ls.classify == 1 ? '*' : 0;
}

static const char *color_of(unsigned mode)
{
	if (S_ISDIR(mode)) {
		if (mode & S_ISVTX && mode & S_IWOTH)
			return "30;42";
		if (mode & S_IWOTH)
			return "34;42";
		return mode & S_ISVTX ? "37;44" : "01;34";
	}
	if (S_ISLNK(mode))
		return "01;36";
	if (S_ISFIFO(mode))
		return "40;33";
	if (S_ISSOCK(mode))
		return "01;35";
	if (S_ISBLK(mode) || S_ISCHR(mode))
		return "40;33;01";
	if (mode & S_ISUID)
		return "37;41";
	if (mode & S_ISGID)
		return "30;43";
	return mode & 0111 ? "01;32" : NULL;
}

void ls_put_name(const struct ls_file *file, int link)
{
	unsigned mode = link ? file->target.st_mode : file->st.st_mode;
	int has = link ? file->has_target : file->has_stat, broken = file->link && !file->has_target;
	const char *color = ls.color && (has || broken) ? color_of(broken ? S_IFLNK : mode) : NULL;
	static int started;

	if (color && !started)
		fputs("\033[0m", stdout);
	if (color) {
		started = 1;
		printf("\033[%sm", color);
	}
	fputs(ls_show_name(link ? file->link : file->name), stdout);
	if (color)
		fputs("\033[0m", stdout);
}

int ls_name_columns(const struct ls_file *file)
{
	int width = ls_display_width(ls_show_name(file->name));

	if ((ls.classify || ls.slashes) && ls_mark(file->st.st_mode, file->has_stat))
		width++;
	return width;
}

const struct timespec *ls_time(const struct ls_file *file)
{
	return ls.time == 'a' ? &file->st.st_atim : ls.time == 'c' ? &file->st.st_ctim : &file->st.st_mtim;
}

/* Digits in names count as numbers. */
static int version(const char *a, const char *b)
{
	int result = strverscmp(a, b);

	return result ? result : strcmp(a, b);
}

static int compare(const void *left, const void *right)
{
	const struct ls_file *a = left, *b = right;
	int result = 0;

	if (ls.groups_first) {
		int first = (a->has_stat && S_ISDIR(a->st.st_mode)) || (a->has_target && S_ISDIR(a->target.st_mode));
		int second = (b->has_stat && S_ISDIR(b->st.st_mode)) || (b->has_target && S_ISDIR(b->target.st_mode));

		if (first != second)
			return second - first;
	}
	switch (ls.sort) {
	case LS_SIZE: result = (b->st.st_size > a->st.st_size) - (b->st.st_size < a->st.st_size); break;
	case LS_TIME: {
		const struct timespec *x = ls_time(a), *y = ls_time(b);

		result = (y->tv_sec > x->tv_sec) - (y->tv_sec < x->tv_sec);
		if (!result)
			result = (y->tv_nsec > x->tv_nsec) - (y->tv_nsec < x->tv_nsec);
		break;
	}
	case LS_EXTENSION: {
		const char *x = strrchr(a->name, '.'), *y = strrchr(b->name, '.');

		result = strcmp(x ? x : "", y ? y : "");
		break;
	}
	case LS_VERSION: result = version(a->name, b->name); break;
	default: break;
	}
	if (!result)
		result = strcmp(a->name, b->name);
	return ls.reverse ? -result : result;
}

void ls_sort_files(struct ls_file *files, int count)
{
	if (ls.sort != LS_NONE && count > 1)
		qsort(files, (size_t)count, sizeof *files, compare);
}
