/* paste(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static char *delimiters;
static int delimiter_count, line_end = '\n';

/* \n, \t, \\ and \0, which is none. */
static void read_delimiters(const char *text)
{
	delimiters = core_malloc(strlen(text) + 1);
	for (; *text; text++) {
		int c = (unsigned char)*text;

		if (c == '\\' && text[1]) {
			c = *++text;
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c == '0' ? 0 : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c == 'v' ? '\v' : c;
		}
		delimiters[delimiter_count++] = (char)c;
	}
	if (delimiter_count == 0)
		delimiters[delimiter_count++] = 0;
}

static void between(int n)
{
	int c = delimiters[n % delimiter_count];

	if (c)
		putchar(c);
}

static FILE *opened(const char *name, int *status)
{
	FILE *from = strcmp(name, "-") ? fopen(name, "r") : stdin;

	if (!from) {
		core_error(0, errno, "%s", core_quotef(name));
		*status = 1;
	}
	return from;
}

static int serial(char **names, int count)
{
	int status = 0, i;

	for (i = 0; i < count; i++) {
		FILE *from = opened(names[i], &status);
		char *line = NULL;
		size_t room = 0;
		ssize_t length;
		int n;

		if (!from)
			continue;
		for (n = 0; (length = core_line(from, &line, &room, line_end)) > 0; n++) {
			if (n > 0)
				between(n - 1);
			fwrite(line, 1, (size_t)length - (line[length - 1] == line_end), stdout);
		}
		putchar(line_end);
		free(line);
		if (from != stdin)
			fclose(from);
	}
	return status;
}

static int parallel(char **names, int count)
{
	FILE **from = core_malloc((size_t)count * sizeof *from);
	char *line = NULL;
	size_t room = 0;
	int status = 0, open = 0, i;

	for (i = 0; i < count; i++) {
		from[i] = opened(names[i], &status);
		if (!from[i])
			exit(1);
		open++;
	}
	while (open > 0) {
		int begun = 0;

		for (i = 0; i < count; i++) {
			ssize_t length = from[i] ? core_line(from[i], &line, &room, line_end) : -1;

			if (length <= 0 && from[i]) {
				int k, shared = 0;

				for (k = 0; k < count; k++)
					shared += k != i && from[k] == from[i];
				if (!shared && from[i] != stdin)
					fclose(from[i]);
				from[i] = NULL;
				if (--open == 0 && !begun)
					return status;
			}
			/* what is missing before the first that has something left */
			if (length > 0 && !begun) {
				for (int k = 0; k < i; k++)
					between(k);
				begun = 1;
			}
			if (length > 0)
				fwrite(line, 1, (size_t)length - (line[length - 1] == line_end), stdout);
			if (begun && i < count - 1)
				between(i);
		}
		if (begun)
			putchar(line_end);
	}
	return status;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "delimiters", 1, NULL, 'd' }, { "serial", 0, NULL, 's' }, { "zero-terminated", 0, NULL, 'z' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	static char *standard[] = { "-" };
	const char *list = "\\t";
	int option, one = 0;

	core_start(argv[0], "[OPTION]... [FILE]...");
	while ((option = core_getopt(argc, argv, "d:sz", longs)) != -1) {
		if (option == 'd')
			list = optarg;
		else if (option == 's')
			one = 1;
		else if (option == 'z')
			line_end = 0;
	}
	read_delimiters(list);
	if (optind == argc)
		return one ? serial(standard, 1) : parallel(standard, 1);
	return one ? serial(argv + optind, argc - optind) : parallel(argv + optind, argc - optind);
}
