/* The table of builtins, and what they have in common. */
#include "sh.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct sh_builtin sh_builtins[] = {
	{ ".", sh_b_source, B_SPECIAL }, { ":", sh_b_true, B_SPECIAL }, { "[", sh_b_test, 0 }, { "alias", sh_b_alias, 0 }, { "bg", sh_b_fg, 0 },
	{ "break", sh_b_break, B_SPECIAL }, { "cd", sh_b_cd, 0 }, { "command", sh_b_command, 0 }, { "continue", sh_b_break, B_SPECIAL },
	{ "declare", sh_b_declare, B_ASSIGN | B_NO_DASH }, { "disown", sh_b_disown, B_NO_DASH }, { "echo", sh_b_echo, 0 },
	{ "eval", sh_b_eval, B_SPECIAL }, { "exec", sh_b_exec, B_SPECIAL }, { "exit", sh_b_exit, B_SPECIAL }, { "export", sh_b_export, B_SPECIAL | B_ASSIGN },
	{ "false", sh_b_true, 0 }, { "fg", sh_b_fg, 0 }, { "getopts", sh_b_getopts, 0 }, { "hash", sh_b_hash, 0 }, { "jobs", sh_b_jobs, 0 },
	{ "kill", sh_b_kill, 0 }, { "let", sh_b_let, B_NO_DASH }, { "local", sh_b_declare, B_ASSIGN }, { "logout", sh_b_exit, B_NO_DASH },
	{ "mapfile", sh_b_mapfile, B_NO_DASH }, { "printf", sh_b_printf, 0 }, { "pwd", sh_b_pwd, 0 }, { "read", sh_b_read, 0 },
	{ "readarray", sh_b_mapfile, B_NO_DASH }, { "readonly", sh_b_export, B_SPECIAL | B_ASSIGN }, { "return", sh_b_return, B_SPECIAL },
	{ "set", sh_b_set, B_SPECIAL }, { "shift", sh_b_shift, B_SPECIAL }, { "shopt", sh_b_shopt, B_NO_DASH }, { "source", sh_b_source, B_NO_DASH },
	{ "test", sh_b_test, 0 }, { "times", sh_b_times, B_SPECIAL }, { "trap", sh_b_trap, B_SPECIAL }, { "true", sh_b_true, 0 }, { "type", sh_b_type, 0 },
	{ "typeset", sh_b_declare, B_ASSIGN | B_NO_DASH }, { "ulimit", sh_b_ulimit, 0 }, { "umask", sh_b_umask, 0 }, { "unalias", sh_b_unalias, 0 },
	{ "unset", sh_b_unset, B_SPECIAL }, { "wait", sh_b_wait, 0 }, { NULL, NULL, 0 },
};
const char *sh_current_builtin;

const struct sh_builtin *sh_builtin(const char *name)
{
	int i;

	for (i = 0; sh_builtins[i].name; i++)
		if (sh_builtins[i].name[0] == name[0] && strcmp(sh_builtins[i].name, name) == 0)
			return sh_dash && sh_builtins[i].flags & B_NO_DASH ? NULL : &sh_builtins[i];
	return NULL;
}

int sh_run_builtin(const struct sh_builtin *builtin, int argc, char **argv)
{
	const char *outer = sh_current_builtin;
	int status;

	sh_current_builtin = builtin->name;
	clearerr(stdout);
	status = builtin->run(argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		if (!sh_skip && errno != 0 && (strcmp(builtin->name, "eval") != 0))
			sh_builtin_error(1, sh_dash ? "%s: I/O error" : "write error: %s", sh_dash ? builtin->name : strerror(errno));
		clearerr(stdout);
		if (status == 0)
			status = 1;
	}
	sh_current_builtin = outer;
	return status;
}

static void prefix(void)
{
	fflush(stdout);
	if (sh_busybox)
		fprintf(stderr, sh_current_builtin ? "%s: %s: " : "%s: ", sh_message_name, sh_current_builtin);
	else if (sh_dash)
		fprintf(stderr, sh_current_builtin ? "%s: %d: %s: " : "%s: %d: ", sh_message_name, sh_line, sh_current_builtin);
	else if (sh_interactive_shell && !sh_sourcing)
		fprintf(stderr, "%s: ", sh_message_name);
	else
		fprintf(stderr, "%s: line %d: ", sh_message_name, sh_line);
}

void sh_error(const char *format, ...)
{
	va_list args;
	char text[4096];

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	prefix();
	fprintf(stderr, "%s\n", text);
}

int sh_builtin_error(int status, const char *format, ...)
{
	va_list args;

	prefix();
	if (sh_current_builtin && !sh_dash)
		fprintf(stderr, "%s: ", sh_current_builtin);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

int sh_usage(const char *option, const char *usage)
{
	if (sh_dash) {
		sh_builtin_error(2, "Illegal option %.2s", option);
		if (sh_builtin(sh_current_builtin)->flags & B_SPECIAL)
			sh_fatal_error(2);
		return 2;
	}
	sh_builtin_error(2, "%.2s: invalid option", option);
	fprintf(stderr, "%s: usage: %s\n", sh_current_builtin, usage);
	return 2;
}

void sh_fatal_error(int status)
{
	sh_status = status;
	if (!sh_interactive)
		sh_exit(status);
	sh_skip = SKIP_ABORT;
}

void sh_exit(int status)
{
	sh_status = status;
	status = sh_trap_exit();
	fflush(stdout);
	fflush(stderr);
	_exit(status & 255);
}
