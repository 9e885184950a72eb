/* Builtins: set, shopt, ulimit. */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

int sh_opt_e, sh_opt_u, sh_opt_x, sh_opt_f, sh_opt_n, sh_opt_v, sh_opt_C, sh_opt_a, sh_opt_m, sh_opt_pipefail, sh_opt_c, sh_opt_b, sh_opt_noeof;
int sh_nullglob, sh_dotglob, sh_failglob, sh_nocasematch, sh_expand_aliases, sh_extglob, sh_lastpipe;
static int always = 1, never;

static const struct { const char *name; char letter; int *value; int dash; } options[] = {
	{ "allexport", 'a', &sh_opt_a, 1 }, { "braceexpand", 'B', &always, 0 }, { "emacs", 0, &never, 1 }, { "errexit", 'e', &sh_opt_e, 1 },
	{ "errtrace", 'E', &never, 0 }, { "functrace", 'T', &never, 0 }, { "hashall", 'h', &always, 0 }, { "histexpand", 'H', &never, 0 },
	{ "history", 0, &never, 0 }, { "ignoreeof", 0, &sh_opt_noeof, 1 }, { "interactive-comments", 0, &always, 0 },
	{ "keyword", 'k', &never, 0 }, { "monitor", 'm', &sh_opt_m, 1 }, { "noclobber", 'C', &sh_opt_C, 1 }, { "noexec", 'n', &sh_opt_n, 1 },
	{ "noglob", 'f', &sh_opt_f, 1 }, { "nolog", 0, &never, 0 }, { "notify", 'b', &sh_opt_b, 1 }, { "nounset", 'u', &sh_opt_u, 1 },
	{ "onecmd", 't', &never, 0 }, { "physical", 'P', &never, 0 }, { "pipefail", 0, &sh_opt_pipefail, 0 }, { "posix", 0, &sh_posix, 0 },
	{ "privileged", 'p', &never, 0 }, { "verbose", 'v', &sh_opt_v, 1 }, { "vi", 0, &never, 0 }, { "xtrace", 'x', &sh_opt_x, 1 },
};
enum { OPTIONS = sizeof options / sizeof *options };

int sh_option_is_on(const char *name)
{
	int i;

	for (i = 0; i < OPTIONS; i++)
		if (strcmp(options[i].name, name) == 0)
			return *options[i].value;
	return 0;
}

static int by_name(const char *name, int on)
{
	int i;

	for (i = 0; i < OPTIONS; i++)
		if (strcmp(options[i].name, name) == 0 && (options[i].dash || !sh_dash)) {
			if (options[i].value != &always && options[i].value != &never)
				*options[i].value = on;
			return 0;
		}
	if (sh_dash) {
		sh_error("Illegal option %co %s", on ? '-' : '+', name);
		sh_fatal_error(2);
		return 2;
	}
	return sh_builtin_error(2, "%s: invalid option name", name);
}

static int by_letter(char letter, int on)
{
	int i;

	for (i = 0; i < OPTIONS; i++)
		if (options[i].letter == letter && (options[i].dash || !sh_dash)) {
			if (options[i].value != &always && options[i].value != &never)
				*options[i].value = on;
			return 0;
		}
	if (sh_dash) {
		sh_error("Illegal option %c%c", on ? '-' : '+', letter);
		sh_fatal_error(2);
		return 2;
	}
	{
		char option[3] = { on ? '-' : '+', letter, 0 };

		return sh_usage(option, "set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]");
	}
}

static void list_options(int as_commands)
{
	int i;

	if (sh_dash && !as_commands)
		puts("Current option settings");
	for (i = 0; i < OPTIONS; i++) {
		if (sh_dash && !options[i].dash)
			continue;
		if (as_commands)
			printf("set %co %s\n", *options[i].value ? '-' : '+', options[i].name);
		else if (sh_dash)
			printf("%-16s%s\n", options[i].name, *options[i].value ? "on" : "off");
		else
			printf("%-15s\t%s\n", options[i].name, *options[i].value ? "on" : "off");
	}
}

/* Options of `set` and of the shell's own command line; the index behind them, or a status below 0 as -status. */
int sh_set_options(int argc, char **argv, int i, int *dashes)
{
	int status;

	for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		int on = argv[i][0] == '-';
		const char *p = argv[i] + 1;

		if (strcmp(argv[i], "--") == 0) {
			*dashes = 1;
			return i + 1;
		}
		for (; *p; p++) {
			if (*p == 'o') {
				if (i + 1 >= argc) {
					list_options(!on);
					return -1000;
				}
				status = by_name(argv[++i], on);
				if (status)
					return -status;
				break;
			}
			status = by_letter(*p, on);
			if (status)
				return -status;
		}
	}
	if (i < argc && strcmp(argv[i], "-") == 0) {
		sh_opt_x = sh_opt_v = 0;
		i++;
	}
	return i;
}

int sh_b_set(int argc, char **argv)
{
	int i, dashes = 0, count;

	if (argc == 1) {
		struct sh_var **all = sh_all_vars(&count);
		struct sh_function *function;

		for (i = 0; i < count; i++) {
			if (all[i]->flags & (V_ARRAY | V_ASSOC) && !sh_dash) {
				struct sh_element *element;

				printf("%s=(", all[i]->name);
				for (element = all[i]->elements; element; element = element->next)
					printf("%s[%ld]=\"%s\"", element == all[i]->elements ? "" : " ", element->index, element->value);
				printf(")\n");
			} else if (all[i]->value) {
				printf("%s=%s\n", all[i]->name, sh_dash ? sh_always_quote(all[i]->value) : *all[i]->value ? sh_quote(all[i]->value) : "");
			}
		}
		for (function = sh_dash ? NULL : sh_function_list; function; function = function->next)
			sh_print_function(function->name, function->body);
		return 0;
	}
	i = sh_set_options(argc, argv, 1, &dashes);
	if (i < 0)
		return i == -1000 ? 0 : -i;
	if (i < argc || dashes) {
		char **args = sh_xmalloc((size_t)(argc - i + 1) * sizeof *args);

		for (count = 0; i < argc; i++)
			args[count++] = sh_xstrdup(argv[i]);
		args[count] = NULL;
		sh_args = args;
		sh_arg_count = count;
	}
	return 0;
}

static const struct { const char *name; int *value; } shell_options[] = {
	{ "dotglob", &sh_dotglob }, { "expand_aliases", &sh_expand_aliases }, { "extglob", &sh_extglob }, { "failglob", &sh_failglob },
	{ "lastpipe", &sh_lastpipe }, { "nocasematch", &sh_nocasematch }, { "nullglob", &sh_nullglob }, { "checkwinsize", &always },
	{ "cmdhist", &always }, { "globskipdots", &always }, { "sourcepath", &always }, { "globstar", &never }, { "nocaseglob", &never },
	{ "inherit_errexit", &never }, { "huponexit", &never }, { "login_shell", &never }, { "autocd", &never }, { "histappend", &never },
	{ "progcomp", &always }, { "promptvars", &always }, { "interactive_comments", &always }, { "execfail", &never }, { "xpg_echo", &never },
};

int sh_b_shopt(int argc, char **argv)
{
	int i = 1, set = -1, quiet = 0, status = 0;
	size_t j;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-s") == 0)
			set = 1;
		else if (strcmp(argv[i], "-u") == 0)
			set = 0;
		else if (strcmp(argv[i], "-q") == 0)
			quiet = 1;
		else if (strcmp(argv[i], "-p") != 0)
			return sh_usage(argv[i], "shopt [-pqsu] [-o] [optname ...]");
	}
	if (i == argc) {
		for (j = 0; j < sizeof shell_options / sizeof *shell_options; j++)
			if (set < 0 || !!*shell_options[j].value == set)
				printf("%-20s\t%s\n", shell_options[j].name, *shell_options[j].value ? "on" : "off");
		return 0;
	}
	for (; i < argc; i++) {
		for (j = 0; j < sizeof shell_options / sizeof *shell_options; j++)
			if (strcmp(shell_options[j].name, argv[i]) == 0)
				break;
		if (j == sizeof shell_options / sizeof *shell_options) {
			status = sh_builtin_error(1, "%s: invalid shell option name", argv[i]);
			continue;
		}
		if (set >= 0) {
			if (shell_options[j].value != &always && shell_options[j].value != &never)
				*shell_options[j].value = set;
		} else {
			if (!quiet)
				printf("%-20s\t%s\n", argv[i], *shell_options[j].value ? "on" : "off");
			if (!*shell_options[j].value)
				status = 1;
		}
	}
	return status;
}

static const struct { char letter; int resource; long unit; const char *text; const char *unit_text; const char *dash_text; } limits[] = {
	{ 'R', -1, 1, "real-time non-blocking time", "microseconds, ", NULL },
	{ 'c', RLIMIT_CORE, 1024, "core file size", "blocks, ", "coredump(blocks)" }, { 'd', RLIMIT_DATA, 1024, "data seg size", "kbytes, ", "data(kbytes)" },
	{ 'e', RLIMIT_NICE, 1, "scheduling priority", "", NULL }, { 'f', RLIMIT_FSIZE, 1024, "file size", "blocks, ", "file(blocks)" },
	{ 'i', RLIMIT_SIGPENDING, 1, "pending signals", "", NULL }, { 'l', RLIMIT_MEMLOCK, 1024, "max locked memory", "kbytes, ", "locked memory(kbytes)" },
	{ 'm', RLIMIT_RSS, 1024, "max memory size", "kbytes, ", "memory(kbytes)" }, { 'n', RLIMIT_NOFILE, 1, "open files", "", "nofiles" },
	{ 'p', -2, 512, "pipe size", "512 bytes, ", NULL }, { 'q', RLIMIT_MSGQUEUE, 1, "POSIX message queues", "bytes, ", NULL },
	{ 'r', RLIMIT_RTPRIO, 1, "real-time priority", "", "rtprio" }, { 's', RLIMIT_STACK, 1024, "stack size", "kbytes, ", "stack(kbytes)" },
	{ 't', RLIMIT_CPU, 1, "cpu time", "seconds, ", "time(seconds)" }, { 'u', RLIMIT_NPROC, 1, "max user processes", "", "process" },
	{ 'v', RLIMIT_AS, 1024, "virtual memory", "kbytes, ", "vmemory(kbytes)" }, { 'x', RLIMIT_LOCKS, 1, "file locks", "", "locks" },
};
enum { LIMITS = sizeof limits / sizeof *limits };

static void print_limit(int i, int hard, int named)
{
	struct rlimit limit = { 0, 0 };
	rlim_t value;

	if (named) {
		char unit[32];

		snprintf(unit, sizeof unit, "(%s-%c) ", limits[i].unit_text, limits[i].letter);
		printf("%-25s %20s", limits[i].text, unit);
	}
	if (limits[i].resource == -2) {
		puts("8");
		return;
	}
	if (limits[i].resource == -1) {
		puts("unlimited");
		return;
	}
	getrlimit(limits[i].resource, &limit);
	value = hard ? limit.rlim_max : limit.rlim_cur;
	if (value == RLIM_INFINITY)
		puts("unlimited");
	else
		printf("%llu\n", (unsigned long long)value / (unsigned long long)(sh_dash && strchr("cf", limits[i].letter) ? 512 : limits[i].unit));
}

int sh_b_ulimit(int argc, char **argv)
{
	int i = 1, hard = 0, soft = 0, at = -1, all = 0, j;
	struct rlimit limit;
	rlim_t value;

	for (; i < argc && argv[i][0] == '-'; i++) {
		const char *p;

		for (p = argv[i] + 1; *p; p++) {
			if (*p == 'H')
				hard = 1;
			else if (*p == 'S')
				soft = 1;
			else if (*p == 'a')
				all = 1;
			else {
				for (j = 0; j < LIMITS && limits[j].letter != *p; j++)
					;
				if (j == LIMITS)
					return sh_usage(argv[i], "ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]");
				at = j;
			}
		}
	}
	if (all) {
		const char *letter;

		for (j = 0; j < LIMITS && !sh_dash; j++)
			print_limit(j, hard, 1);
		for (letter = sh_dash ? "tfdscmlunvxr" : ""; *letter; letter++)
			for (j = 0; j < LIMITS; j++)
				if (limits[j].letter == *letter)
					printf("%-20s ", limits[j].dash_text), print_limit(j, hard, 0);
		return 0;
	}
	for (j = 0; at < 0 && j < LIMITS; j++)
		if (limits[j].letter == 'f')
			at = j;
	if (i >= argc) {
		print_limit(at, hard, 0);
		return 0;
	}
	if (limits[at].resource < 0)
		return sh_builtin_error(1, "%s: cannot modify limit: %s", limits[at].text, strerror(EINVAL));
	getrlimit(limits[at].resource, &limit);
	if (strcmp(argv[i], "unlimited") == 0)
		value = RLIM_INFINITY;
	else if (strcmp(argv[i], "hard") == 0)
		value = limit.rlim_max;
	else if (strcmp(argv[i], "soft") == 0)
		value = limit.rlim_cur;
	else if (argv[i][strspn(argv[i], "0123456789")] == '\0')
		value = (rlim_t)strtoull(argv[i], NULL, 10) * (rlim_t)limits[at].unit;
	else
		return sh_dash ? sh_builtin_error(2, "bad number") : sh_builtin_error(1, "%s: invalid number", argv[i]);
	if (!hard && !soft)
		hard = soft = 1;
	if (hard)
		limit.rlim_max = value;
	if (soft)
		limit.rlim_cur = value;
	if (setrlimit(limits[at].resource, &limit) != 0)
		return sh_dash ? sh_builtin_error(2, "error setting limit (%s)", strerror(errno)) : sh_builtin_error(1, "%s: cannot modify limit: %s", limits[at].text, strerror(errno));
	return 0;
}
