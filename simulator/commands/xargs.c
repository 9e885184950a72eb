/* xargs(1) of findutils 4.9. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMMAND_LENGTH = 131072 };
static char **base;
static int base_count, status, trace, no_empty, zero, delimiter = -1, most_args, line_args, parallel = 1, running, exit_too_long;
static const char *replace, *end_word;
static char **args;
static int arg_count, arg_room;
static size_t length_limit = COMMAND_LENGTH, used;
static FILE *input;

static void collect(int block)
{
	int child;
	pid_t pid = waitpid(-1, &child, block ? 0 : WNOHANG);

	if (pid <= 0)
		return;
	running--;
	if (WIFSIGNALED(child)) {
		core_error(125, 0, "%s: terminated by signal %d", base[0], WTERMSIG(child));
	} else if (WEXITSTATUS(child) == 255) {
		core_error(124, 0, "%s: exited with status 255; aborting", base[0]);
	} else if (WEXITSTATUS(child) == 126 || WEXITSTATUS(child) == 127) {
		exit(WEXITSTATUS(child));
	} else if (WEXITSTATUS(child)) {
		status = 123;
	}
}

static void run(char **argv)
{
	pid_t pid;
	int i;

	if (trace) {
		for (i = 0; argv[i]; i++)
			fprintf(stderr, i ? " %s" : "%s", argv[i]);
		fputc('\n', stderr);
	}
	while (parallel && running >= parallel)
		collect(1);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		core_error(1, errno, "cannot fork");
	if (pid == 0) {
		int null = open("/dev/null", O_RDONLY), error;

		if (null > 0) {
			dup2(null, 0);
			close(null);
		}
		execvp(argv[0], argv);
		error = errno;
		core_error(0, error, "%s", argv[0]);
		_exit(error == ENOENT ? 127 : 126);
	}
	running++;
	if (parallel == 1)
		collect(1);
}

static void run_collected(void)
{
	char **argv = core_malloc((size_t)(base_count + arg_count + 1) * sizeof *argv);

	memcpy(argv, base, (size_t)base_count * sizeof *argv);
	memcpy(argv + base_count, args, (size_t)arg_count * sizeof *argv);
	argv[base_count + arg_count] = NULL;
	run(argv);
	free(argv);
	arg_count = 0;
	used = 0;
}

static char *replaced(const char *text, const char *with)
{
	size_t step = strlen(replace), room = 1;
	const char *p;
	char *out, *at;

	for (p = text; *p; p++)
		room += strncmp(p, replace, step) == 0 ? strlen(with) : 1;
	out = at = core_malloc(room + strlen(with));
	while (*text) {
		if (strncmp(text, replace, step) == 0) {
			at = stpcpy(at, with);
			text += step;
		} else {
			*at++ = *text++;
		}
	}
	*at = '\0';
	return out;
}

static void add(char *arg)
{
	size_t need = strlen(arg) + 1;
	int i;

	if (replace) {
		char **argv = core_malloc((size_t)(base_count + 1) * sizeof *argv);

		argv[0] = base[0];
		for (i = 1; i < base_count; i++)
			argv[i] = replaced(base[i], arg);
		argv[base_count] = NULL;
		run(argv);
		return;
	}
	if (arg_count > 0 && used + need > length_limit) {
		if (exit_too_long)
			core_error(1, 0, "argument list too long");
		run_collected();
	}
	if (arg_count == arg_room)
		args = core_realloc(args, (size_t)(arg_room = arg_room ? arg_room * 2 : 64) * sizeof *args);
	args[arg_count++] = arg;
	used += need;
	if (most_args && arg_count >= most_args)
		run_collected();
}

static char *word;
static size_t word_length, word_room;

static void put(int c)
{
	if (word_length + 2 > word_room)
		word = core_realloc(word, word_room = word_room ? word_room * 2 : 64);
	word[word_length++] = (char)c;
	word[word_length] = '\0';
}

static void unmatched(int quote)
{
	if (arg_count)
		run_collected();
	core_error(1, 0, "unmatched %s quote; by default quotes are special to xargs unless you use the -0 option", quote == '"' ? "double" : "single");
}

static void read_words(void)
{
	int c, quote = 0, any = 0, lines = 0, started = 0;

	while ((c = getc(input)) != EOF) {
		if (delimiter >= 0) {
			if (c == delimiter) {
				add(core_strdup(any ? word : ""));
				any = 0;
				word_length = 0;
			} else {
				put(c);
				any = 1;
			}
			continue;
		}
		if (quote) {
			if (c == '\n')
				unmatched(quote);
			if (c == quote)
				quote = 0;
			else
				put(c);
			continue;
		}
		if (c == '\\') {
			c = getc(input);
			if (c == EOF)
				break;
			put(c);
			any = 1;
			continue;
		}
		if (c == '"' || c == '\'') {
			quote = c;
			any = 1;
			if (!word_length) {
				put(' ');
				word[word_length = 0] = '\0';
			}
			continue;
		}
		if (replace ? c == '\n' : isspace(c)) {
			if (any) {
				if (end_word && strcmp(word, end_word) == 0)
					return;
				add(core_strdup(word));
				started = 1;
			}
			if (c == '\n' && started && line_args && ++lines >= line_args) {
				if (arg_count)
					run_collected();
				lines = 0;
			}
			any = 0;
			word_length = 0;
			continue;
		}
		if (replace && !any && isblank(c))
			continue;
		put(c);
		any = 1;
	}
	if (quote)
		unmatched(quote);
	if (any && !(end_word && strcmp(word, end_word) == 0))
		add(core_strdup(word));
}

static int number(const char *text, char option)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end) {
		fprintf(stderr, "%s: invalid number \"%s\" for -%c option\n", core_name, text, option);
		core_try_help(1);
	}
	return (int)value;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "null", 0, NULL, '0' }, { "arg-file", 1, NULL, 'a' }, { "delimiter", 1, NULL, 'd' }, { "eof", 2, NULL, 'e' }, { "replace", 2, NULL, 'i' },
		{ "max-lines", 2, NULL, 'l' }, { "max-args", 1, NULL, 'n' }, { "interactive", 0, NULL, 'p' }, { "no-run-if-empty", 0, NULL, 'r' },
		{ "max-chars", 1, NULL, 's' }, { "verbose", 0, NULL, 't' }, { "exit", 0, NULL, 'x' }, { "max-procs", 1, NULL, 'P' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	static char *echo[] = { (char *)"echo", NULL };
	int option;

	core_start(argv[0], "[OPTION]... COMMAND [INITIAL-ARGS]...");
	input = stdin;
	while ((option = core_getopt(argc, argv, "+0a:E:e::i::I:l::L:n:prs:txP:d:", longs)) != -1) {
		switch (option) {
		case '0': zero = 1; delimiter = 0; break;
		case 'a':
			input = fopen(optarg, "r");
			if (!input)
				core_error(1, errno, "Cannot open input file %s", core_quote(optarg));
			break;
		case 'd': delimiter = optarg[0] == '\\' ? optarg[1] == 'n' ? '\n' : optarg[1] == 't' ? '\t' : optarg[1] == '0' ? 0 : optarg[1] : (unsigned char)optarg[0]; break;
		case 'E': case 'e': end_word = optarg; break;
		case 'I': replace = optarg; break;
		case 'i': replace = optarg ? optarg : "{}"; break;
		case 'L': line_args = number(optarg, 'L'); break;
		case 'l': line_args = optarg ? number(optarg, 'l') : 1; break;
		case 'n': most_args = number(optarg, 'n'); break;
		case 'r': no_empty = 1; break;
		case 's': length_limit = (size_t)number(optarg, 's'); break;
		case 't': case 'p': trace = 1; break;
		case 'x': exit_too_long = 1; break;
		case 'P': parallel = number(optarg, 'P'); break;
		}
	}
	base = optind < argc ? argv + optind : echo;
	base_count = optind < argc ? argc - optind : 1;
	{
		int i;

		for (i = 0; i < base_count; i++)
			length_limit -= strlen(base[i]) + 1 < length_limit ? strlen(base[i]) + 1 : 0;
	}
	{
		static int ran;

		read_words();
		if (arg_count > 0 || (!replace && !no_empty && !ran && running == 0 && status == 0 && !most_args && used == 0 && feof(input) && word_length == 0 && !word))
			run_collected();
	}
	while (running > 0)
		collect(1);
	return status;
}
