/* GNU programs' messages and options. */
#include "core.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *core_name = "";
int core_trouble = 1;
static const char *core_usage = "";

static void close_stdout(void)
{
	int failed = ferror(stdout);

	if ((fflush(stdout) != 0 || failed) && errno != EPIPE) {
		fprintf(stderr, "%s: write error", core_name);
		if (!failed || errno)
			fprintf(stderr, ": %s", strerror(errno));
		fputc('\n', stderr);
		_exit(core_trouble);
	}
}

void core_start(const char *argv0, const char *usage)
{
	core_name = argv0;
	core_usage = usage;
	atexit(close_stdout);
}

void core_error(int status, int errnum, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "%s: ", core_name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	if (errnum)
		fprintf(stderr, ": %s", strerror(errnum));
	fputc('\n', stderr);
	if (status)
		exit(status);
}

void core_try_help(int status)
{
	fprintf(stderr, "Try '%s --help' for more information.\n", core_name);
	exit(status);
}

int core_getopt(int argc, char **argv, const char *letters, const struct option *options)
{
	int option = getopt_long(argc, argv, letters, options, NULL);
	const char *base;

	switch (option) {
	case '?':
		core_try_help(core_trouble);
	case CORE_HELP:
		printf("Usage: %s %s\n", core_name, core_usage);
		exit(0);
	case CORE_VERSION:
		base = strrchr(core_name, '/');
		printf("%s (GNU coreutils) 9.1\n", base ? base + 1 : core_name);
		exit(0);
	}
	return option;
}

void core_missing_operand(const char *after)
{
	if (after)
		core_error(0, 0, "missing operand after %s", core_quote(after));
	else
		core_error(0, 0, "missing operand");
	core_try_help(core_trouble);
}

void core_extra_operand(const char *operand)
{
	core_error(0, 0, "extra operand %s", core_quote(operand));
	core_try_help(core_trouble);
}

void *core_malloc(size_t size)
{
	void *got = malloc(size ? size : 1);

	if (!got)
		core_error(core_trouble, 0, "memory exhausted");
	return got;
}

void *core_realloc(void *old, size_t size)
{
	void *got = realloc(old, size ? size : 1);

	if (!got)
		core_error(core_trouble, 0, "memory exhausted");
	return got;
}

char *core_strdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(core_malloc(size), text, size);
}

ssize_t core_line(FILE *from, char **line, size_t *room, int delimiter)
{
	ssize_t length = getdelim(line, room, delimiter, from);

	return length;
}

int core_size(const char *text, unsigned long long *value)
{
	static const char units[] = "KMGTPE";
	unsigned long long unit = 1024;
	const char *at;
	char *end;
	int i;

	if (*text < '0' || *text > '9')
		return 0;
	errno = 0;
	*value = strtoull(text, &end, 10);
	if (errno)
		return 0;
	if (*end == 'b' && !end[1]) {
		*value *= 512;
		return 1;
	}
	if (*end == 'k')
		at = units;
	else
		at = *end ? strchr(units, *end) : NULL;
	if (at) {
		end++;
		if (*end == 'B') {
			unit = 1000;
			end++;
		} else if (end[0] == 'i' && end[1] == 'B') {
			end += 2;
		}
		for (i = 0; i <= at - units; i++)
			*value *= unit;
	}
	return *end == '\0';
}

char *core_base_name(const char *path)
{
	size_t end = strlen(path), start;
	char *copy;

	while (end > 1 && path[end - 1] == '/')
		end--;
	start = end;
	while (start > 0 && path[start - 1] != '/')
		start--;
	if (start == end && end == 1)
		start = 0;
	copy = core_malloc(end - start + 1);
	memcpy(copy, path + start, end - start);
	copy[end - start] = '\0';
	return copy;
}

int core_yes(void)
{
	int first, c;

	fflush(stdout);
	fflush(stderr);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return first == 'y' || first == 'Y';
}
