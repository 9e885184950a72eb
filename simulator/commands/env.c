/* env(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static char **split_text(const char *text, int argc, char **argv, int *count)
{
	char **words = core_malloc((strlen(text) + (size_t)argc + 3) * sizeof *words), *word, *at;
	int n = 0, i;

	words[n++] = argv[0];
	while (*text) {
		char quote = 0;

		text += strspn(text, " \t\n");
		if (!*text)
			break;
		word = at = core_malloc(strlen(text) + 1);
		for (; *text && (quote || !strchr(" \t\n", *text)); text++) {
			if (quote ? *text == quote : *text == '\'' || *text == '"')
				quote = quote ? 0 : *text;
			else
				*at++ = *text == '\\' && text[1] && quote != '\'' ? *++text : *text;
		}
		*at = '\0';
		words[n++] = word;
	}
	for (i = optind; i < argc; i++)
		words[n++] = argv[i];
	words[n] = NULL;
	*count = n;
	return words;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "ignore-environment", 0, NULL, 'i' }, { "null", 0, NULL, '0' }, { "unset", 1, NULL, 'u' }, { "chdir", 1, NULL, 'C' },
		{ "split-string", 1, NULL, 'S' }, { "debug", 0, NULL, 'v' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	static char *empty[] = { NULL };
	int option, zero = 0, assigned;
	const char *directory = NULL, *unset[64];
	int unset_count = 0, clear = 0, i;

	core_trouble = 125;
	core_start(argv[0], "[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]");
	while ((option = core_getopt(argc, argv, "+C:iS:u:v0", longs)) != -1) {
		switch (option) {
		case 'i': clear = 1; break;
		case '0': zero = 1; break;
		case 'u': if (unset_count < 64) unset[unset_count++] = optarg; break;
		case 'C': directory = optarg; break;
		case 'S':
			argv = split_text(optarg, argc, argv, &argc);
			optind = 1;
			break;
		}
	}
	if (optind < argc && strcmp(argv[optind], "-") == 0) {
		clear = 1;
		optind++;
	}
	if (clear)
		environ = empty;
	for (i = 0; i < unset_count; i++)
		if (unsetenv(unset[i]) != 0)
			core_error(125, errno, "cannot unset %s", core_quote(unset[i]));
	for (assigned = optind; assigned < argc && strchr(argv[assigned], '='); assigned++)
		if (putenv(argv[assigned]) != 0)
			core_error(125, errno, "cannot set %s", core_quote(argv[assigned]));
	if (zero && assigned < argc)
		core_error(0, 0, "cannot specify --null (-0) with command"), core_try_help(125);
	if (directory && assigned >= argc)
		core_error(0, 0, "must specify command with --chdir (-C)"), core_try_help(125);
	if (assigned >= argc) {
		char **at;

		for (at = environ; *at; at++)
			printf("%s%c", *at, zero ? 0 : '\n');
		return 0;
	}
	if (directory && chdir(directory) != 0)
		core_error(125, errno, "cannot change directory to %s", core_quoteaf(directory));
	execvp(argv[assigned], argv + assigned);
	i = errno == ENOENT ? 127 : 126;
	core_error(0, errno, "%s", core_quote(argv[assigned]));
	if (i == 127 && strchr(argv[assigned], ' '))
		core_error(0, 0, "use -[v]S to pass options in shebang lines");
	return i;
}
