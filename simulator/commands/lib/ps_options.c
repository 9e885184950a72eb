/* ps: its options, in the ways of three families. */
#define _GNU_SOURCE
#include "ps_wanted.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ps_wanted ps_wanted = { .headings = true };
struct ps_process ps_self;
struct ps_key ps_keys[8];
size_t ps_n_keys;

void ps_usage(const char *message)
{
	if (message)
		fprintf(stderr, "error: %s\n", message);
	fprintf(stderr, "\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n");
	exit(EXIT_FAILURE);
}

static void add_keys(const char *text)
{
	char *copy = strdup(text), *rest = copy, *word;
	while ((word = strsep(&rest, ",")) && ps_n_keys < 8) {
		bool down = *word == '-';
		if (*word == '-' || *word == '+')
			word++;
		ps_keys[ps_n_keys].column = ps_find_column(word);
		if (!ps_keys[ps_n_keys].column)
			ps_usage("unknown sort specifier");
		ps_keys[ps_n_keys++].down = down;
	}
	free(copy);
}

static void set_format(char letter, bool bsd)
{
	if (ps_wanted.format && (ps_wanted.format != letter || ps_wanted.bsd_format != bsd) && !(bsd && strchr("ulvjs", ps_wanted.format)))
		ps_usage("conflicting format options");
	ps_wanted.format = letter;
	ps_wanted.bsd_format = bsd;
}

/* The argument of an option: what follows in the same word, or the next one. */
static const char *argument(const char **at, char *argv[], int *i, const char *message)
{
	const char *text = *at + 1;
	if (!*text) {
		text = argv[++*i];
		if (!text)
			ps_usage(message);
	}
	*at = NULL;
	return text;
}

static void unix_options(char *argv[], int *i)
{
	for (const char *at = argv[*i] + 1; at && *at; at = at ? at + 1 : NULL) {
		switch (*at) {
		case 'e': case 'A': ps_wanted.everything = true; break;
		case 'a': ps_wanted.with_tty = ps_wanted.no_leaders = true; break;
		case 'd': ps_wanted.no_leaders = true; break;
		case 'N': ps_wanted.negate = true; break;
		case 'f': case 'l': case 'j': case 'F': set_format(*at, false); break;
		case 'H': ps_forest = 'H'; break;
		case 'L': ps_wanted.threads = true; break;
		case 'T': ps_wanted.threads = ps_wanted.spids = true; break;
		case 'y': ps_wanted.extra_y = true; break;
		case 'w': case 'c': case 'm': case 'M': break;
		case 'x': ps_usage("must set personality to get -x option");
		case 'o': case 'O': ps_add_format(argument(&at, argv, i, "format specification must follow -o")); break;
		case 'p': ps_select(PS_BY_PID, argument(&at, argv, i, "list of process IDs must follow -p")); break;
		case 'q': ps_select(PS_BY_PID, argument(&at, argv, i, "list of process IDs must follow -q")); break;
		case 'C': ps_select(PS_BY_COMM, argument(&at, argv, i, "list of command names must follow -C")); break;
		case 'u': ps_select(PS_BY_EUID, argument(&at, argv, i, "list of users must follow -u")); break;
		case 'U': ps_select(PS_BY_RUID, argument(&at, argv, i, "list of real users must follow -U")); break;
		case 'g': ps_select(PS_BY_SESSION, argument(&at, argv, i, "list of session leaders OR effective group names must follow -g")); break;
		case 'G': ps_select(PS_BY_RGID, argument(&at, argv, i, "list of real groups must follow -G")); break;
		case 's': ps_select(PS_BY_SESSION, argument(&at, argv, i, "list of session IDs must follow -s")); break;
		case 't': ps_select(PS_BY_TTY, argument(&at, argv, i, "list of terminals (pty, tty...) must follow -t")); break;
		case 'V': printf("ps from procps-ng 4.0.2\n"); exit(EXIT_SUCCESS);
		default:
			if (isdigit((unsigned char)*at)) {
				ps_select(PS_BY_PID, at);
				set_format('x', true);
				return;
			}
			ps_usage("unsupported SysV option");
		}
	}
}

static void bsd_options(char *argv[], int *i)
{
	if (isdigit((unsigned char)argv[*i][0])) {
		ps_select(PS_BY_PID, argv[*i]);
		ps_wanted.bsd_format = true;
		return;
	}
	for (const char *at = argv[*i]; at && *at; at = at ? at + 1 : NULL) {
		ps_wanted.bsd_format |= !ps_wanted.format;
		switch (*at) {
		case 'a': ps_wanted.bsd_all = true; break;
		case 'x': ps_wanted.bsd_x = true; break;
		case 'u': case 'l': case 'j': set_format(*at, true); break;
		case 'f': ps_forest = 'f'; break;
		case 'h': ps_wanted.headings = false; break;
		case 'H': ps_wanted.threads = true; break;
		case 'r': ps_wanted.running_only = true; break;
		case 'T': ps_select(PS_BY_TTY, ps_tty(ps_self.tty)); break;
		case 'e': case 'w': case 'c': case 'n': case 'm': case 'S': case 'g': break;
		case 'o': ps_add_format(argument(&at, argv, i, "format specification must follow o")); break;
		case 'p': ps_select(PS_BY_PID, argument(&at, argv, i, "list of process IDs must follow p")); break;
		case 't': ps_select(PS_BY_TTY, argument(&at, argv, i, "list of terminals must follow t")); break;
		case 'U': ps_select(PS_BY_EUID, argument(&at, argv, i, "list of users must follow U")); break;
		case 'k': add_keys(argument(&at, argv, i, "sort specification must follow k")); break;
		case 'V': printf("ps from procps-ng 4.0.2\n"); exit(EXIT_SUCCESS);
		default: ps_usage("unsupported option (BSD syntax)");
		}
	}
}

static void long_option(char *argv[], int *i)
{
	static const struct { const char *name; enum ps_by by; const char *message; } LISTS[] = {
		{ "pid", PS_BY_PID, "list of process IDs must follow --pid" }, { "quick-pid", PS_BY_PID, "list of process IDs must follow --quick-pid" }, { "ppid", PS_BY_PPID, "list of process IDs must follow --ppid" },
		{ "sid", PS_BY_SESSION, "list of session IDs must follow --sid" }, { "tty", PS_BY_TTY, "list of ttys must follow --tty" }, { "user", PS_BY_EUID, "list of effective users must follow --user" },
		{ "User", PS_BY_RUID, "list of real users must follow --User" }, { "group", PS_BY_EGID, "list of effective groups must follow --group" }, { "Group", PS_BY_RGID, "list of real groups must follow --Group" },
	};
	const char *name = argv[*i] + 2, *value = strchr(name, '=');
	size_t length = value ? (size_t)(value - name) : strlen(name);
#define IS(text) (length == strlen(text) && !strncmp(name, text, length))
	for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++)
		if (IS(LISTS[k].name)) {
			const char *text = value ? value + 1 : argv[++*i];
			if (!text)
				ps_usage(LISTS[k].message);
			ps_select(LISTS[k].by, text);
			return;
		}
	if (IS("forest"))
		ps_forest = 'f';
	else if (IS("no-headers") || IS("no-headings") || IS("no-header") || IS("no-heading") || IS("noheaders") || IS("noheading") || IS("noheadings") || IS("noheader"))
		ps_wanted.headings = false;
	else if (IS("headers") || IS("heading") || IS("deselect") || IS("cumulative") || IS("cols") || IS("width") || IS("columns") || IS("rows") || IS("lines"))
		ps_wanted.negate |= IS("deselect");
	else if (IS("sort")) {
		const char *text = value ? value + 1 : argv[++*i];
		if (!text)
			ps_usage("long sort specification must follow --sort");
		add_keys(text);
	} else if (IS("format")) {
		const char *text = value ? value + 1 : argv[++*i];
		if (!text)
			ps_usage("format specification must follow --format");
		ps_add_format(text);
	} else if (IS("version")) {
		printf("ps from procps-ng 4.0.2\n");
		exit(EXIT_SUCCESS);
	} else if (IS("help")) {
		printf("\nUsage:\n ps [options]\n\nSelection: -e -a -p -C -u -U -G -t --ppid; a x. Output: -f -F -l -j -o; u l j. See ps(1).\n");
		exit(EXIT_SUCCESS);
	} else
		ps_usage("unknown gnu long option");
#undef IS
}

void ps_options(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "--", 2))
			long_option(argv, &i);
		else if (argv[i][0] == '-')
			unix_options(argv, &i);
		else
			bsd_options(argv, &i);
	}
}
