/* rev(1) of util-linux. Uses lib/ul.c. */
#include "lib/core.h"
#include "lib/ul.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
"\n"
"Usage:\n"
" rev [options] [file ...]\n"
"\n"
"Reverse lines characterwise.\n"
"\n"
"Options:\n"
" -h, --help     display this help\n"
" -V, --version  display version\n"
"\n"
"For more details see rev(1).\n";

static void reverse(FILE *from)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	while ((length = getline(&line, &room, from)) > 0) {
		int newline = line[length - 1] == '\n';
		size_t end = (size_t)length - (size_t)newline, at;
		char *turned = malloc(end + 1);

		if (!turned)
			break;
		/* characters stay whole: what follows a first byte goes with it */
		for (at = 0; at < end;) {
			int code;
			size_t one = core_char(line + at, end - at, &code);

			memcpy(turned + end - at - one, line + at, one);
			at += one;
		}
		fwrite(turned, 1, end, stdout);
		if (newline)
			putchar('\n');
		free(turned);
	}
	free(line);
}

int main(int argc, char **argv)
{
	int i = 1, status = 0;

	if (i < argc && (!strcmp(argv[i], "-V") || !strcmp(argv[i], "--version"))) {
		puts("rev from util-linux 2.38.1");
		return 0;
	}
	if (i < argc && (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help"))) {
		fputs(usage, stdout);
		return 0;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i < argc && argv[i][0] == '-' && argv[i][1]) {
		fprintf(stderr, argv[i][1] == '-' ? "rev: unrecognized option '%s'\n" : "rev: invalid option -- '%c'\n", argv[i][1] == '-' ? (long)argv[i] : (long)argv[i][1]);
		fprintf(stderr, "Try 'rev --help' for more information.\n");
		return 1;
	}
	if (i >= argc)
		reverse(stdin);
	for (; i < argc; i++) {
		FILE *from = fopen(argv[i], "r");

		if (!from) {
			fprintf(stderr, "rev: cannot open %s: %s\n", argv[i], strerror(errno));
			status = 1;
			continue;
		}
		reverse(from);
		fclose(from);
	}
	return status;
}
