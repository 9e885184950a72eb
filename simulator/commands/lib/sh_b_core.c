/* Builtins about the shell itself: exit, return, eval, source, exec, cd, set, type, … */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

int sh_b_true(int argc, char **argv)
{
	(void)argc;
	return strcmp(argv[0], "false") == 0;
}

static int is_number(const char *text)
{
	if (*text == '-' || *text == '+')
		text++;
	return *text && text[strspn(text, "0123456789")] == '\0';
}

int sh_b_exit(int argc, char **argv)
{
	int status = sh_status;

	if (sh_interactive && !sh_subshell && strcmp(argv[0], "exit") == 0 && !sh_dash)
		fputs("exit\n", stderr);
	if (argc > 1) {
		if (!is_number(argv[1])) {
			if (sh_dash) {
				sh_error("Illegal number: %s", argv[1]);
				sh_exit(2);
			}
			sh_builtin_error(2, "%s: numeric argument required", argv[1]);
			sh_exit(2);
		}
		if (argc > 2 && !sh_dash)
			return sh_builtin_error(1, "too many arguments");
		status = atoi(argv[1]) & 255;
	}
	sh_status = status;
	sh_exit(status);
}

int sh_b_return(int argc, char **argv)
{
	int status = argc > 1 ? atoi(argv[1]) & 255 : sh_status;

	if (argc > 1 && !is_number(argv[1])) {
		if (sh_dash)
			return sh_error("Illegal number: %s", argv[1]), sh_fatal_error(2), 2;
		sh_builtin_error(2, "%s: numeric argument required", argv[1]);
		status = 2;
	}
	if (!sh_functions && !sh_sourcing) {
		if (sh_dash)
			sh_exit(status);
		return sh_builtin_error(2, "can only `return' from a function or sourced script");
	}
	sh_status = status;
	sh_skip = SKIP_RETURN;
	return status;
}

int sh_b_break(int argc, char **argv)
{
	int levels = argc > 1 ? atoi(argv[1]) : 1;

	if (argc > 1 && !is_number(argv[1])) {
		if (sh_dash)
			return sh_error("Illegal number: %s", argv[1]), sh_fatal_error(2), 2;
		sh_builtin_error(128, "%s: numeric argument required", argv[1]);
		sh_exit(128);
	}
	if (!sh_loops) {
		if (!sh_dash)
			sh_builtin_error(0, "only meaningful in a `for', `while', or `until' loop");
		return 0;
	}
	if (levels < 1) {
		if (sh_dash)
			return sh_error("Illegal number: %s", argv[1]), sh_fatal_error(2), 2;
		sh_builtin_error(1, "%s: loop count out of range", argv[1]);
		sh_skip = SKIP_BREAK;
		sh_skip_levels = sh_loops;
		return 1;
	}
	sh_skip = *argv[0] == 'b' ? SKIP_BREAK : SKIP_CONTINUE;
	sh_skip_levels = levels > sh_loops ? sh_loops : levels;
	return 0;
}

int sh_b_eval(int argc, char **argv)
{
	struct sh_buf text = { 0 };
	int i = 1;

	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i >= argc)
		return 0;
	for (; i < argc; i++) {
		if (text.length)
			sh_put(&text, ' ');
		sh_puts(&text, argv[i]);
	}
	sh_trace_depth++;
	i = sh_run_string(sh_text(&text), sh_line, 0);
	sh_trace_depth--;
	return i;
}

int sh_sourcing;

static char *find_source(const char *name)
{
	const char *path = sh_get("PATH");

	if (strchr(name, '/'))
		return sh_copy(name);
	for (; path && *path; path += strcspn(path, ":"), path += *path == ':') {
		struct sh_buf full = { 0 };

		sh_putn(&full, path, strcspn(path, ":"));
		sh_put(&full, '/');
		sh_puts(&full, name);
		if (access(sh_text(&full), R_OK) == 0)
			return full.text;
	}
	return sh_dash ? NULL : sh_copy(name);
}

int sh_b_source(int argc, char **argv)
{
	struct sh_input in;
	struct stat st;
	char *path, **args = sh_args;
	int fd, high, count = sh_arg_count, status, loops = sh_loops, line = sh_line;
	const char *message_name = sh_message_name;
	struct sh_lexer saved = sh_lx;

	if (argc < 2) {
		if (sh_dash)
			return 0;
		sh_error("%s: filename argument required", argv[0]);
		fprintf(stderr, "%s: usage: %s filename [arguments]\n", argv[0], argv[0]);
		return 2;
	}
	path = find_source(argv[1]);
	fd = path ? open(path, O_RDONLY) : -1;
	if (fd < 0) {
		if (sh_dash) {
			if (path)
				sh_error("cannot open %s: %s", argv[1], errno == ENOENT ? "No such file" : strerror(errno));
			else
				sh_error("%s: not found", argv[1]);
			sh_fatal_error(2);
			return 2;
		}
		sh_error("%s: %s", argv[1], strerror(errno));
		return 1;
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		return sh_error(sh_dash ? "%s: Is a directory" : "%s: %s: is a directory", sh_dash ? argv[1] : argv[0], argv[1]), 1;
	}
	high = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	close(fd);
	if (argc > 2 && !sh_dash) {
		sh_args = argv + 2;
		sh_arg_count = argc - 2;
	}
	memset(&sh_lx, 0, sizeof sh_lx);
	sh_push_fd(&in, high, 0);
	sh_sourcing++;
	if (sh_dash)
		sh_current_builtin = argv[1];
	else
		sh_message_name = path;
	sh_loops = 0;
	status = sh_run_input(0);
	sh_loops = loops;
	sh_message_name = message_name;
	sh_sourcing--;
	sh_pop_input();
	close(high);
	sh_lx = saved;
	sh_line = line;
	if (sh_skip == SKIP_RETURN) {
		sh_skip = SKIP_NONE;
		status = sh_status;
	}
	if (argc > 2 && !sh_dash) {
		sh_args = args;
		sh_arg_count = count;
	}
	return status;
}

int sh_b_exec(int argc, char **argv)
{
	char *path, *name = NULL;
	int status, i = 1, clean = 0, login = 0;

	for (; i < argc && argv[i][0] == '-' && !sh_dash; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "-a") == 0 && i + 1 < argc)
			name = argv[++i];
		else if (strcmp(argv[i], "-c") == 0)
			clean = 1;
		else if (strcmp(argv[i], "-l") == 0)
			login = 1;
		else
			return sh_usage(argv[i], "exec [-cl] [-a name] [command [argument ...]] [redirection ...]");
	}
	if (i >= argc)
		return 0;
	path = sh_find_command(argv[i], &status);
	if (!path || (status == 126 && !strchr(argv[i], '/'))) {
		sh_error(sh_dash ? "%s: not found" : path ? "exec: %s: cannot execute: Permission denied" : "exec: %s: not found", argv[i]);
		if (!sh_interactive)
			sh_exit(status);
		return status;
	}
	if (!sh_dash && access(path, X_OK) != 0) {
		struct stat st;
		int error = errno;

		sh_error(error == ENOENT ? "%s: %s" : "%s: %s", path, strerror(error));
		if (stat(path, &st) == 0)
			sh_error("exec: %s: cannot execute: %s", argv[i], strerror(error));
		else
			sh_error("exec: %s: cannot execute: %s", argv[i], strerror(error));
		if (!sh_interactive)
			sh_exit(error == ENOENT ? 127 : 126);
		return 126;
	}
	sh_exec_signals();
	if (name)
		argv[i] = name;
	if (login) {
		struct sh_buf dashed = { 0 };

		sh_put(&dashed, '-');
		sh_puts(&dashed, argv[i]);
		argv[i] = sh_text(&dashed);
	}
	if (!sh_dash) {
		if (!sh_in_parentheses)
			sh_set_level(-1);
		sh_assign_word(sh_assignment_text("_", path), V_EXPORT, 0);
	}
	sh_exec(argv + i, path, clean ? &(char *){ NULL } : sh_environment());
}

int sh_b_times(int argc, char **argv)
{
	struct tms t;
	long ticks = sysconf(_SC_CLK_TCK);
	clock_t values[4];
	int i;

	(void)argc;
	(void)argv;
	times(&t);
	values[0] = t.tms_utime;
	values[1] = t.tms_stime;
	values[2] = t.tms_cutime;
	values[3] = t.tms_cstime;
	for (i = 0; i < 4; i++)
		printf(sh_dash ? "%ldm%ld.%06lds%s" : "%ldm%ld.%03lds%s", (long)(values[i] / ticks / 60), (long)(values[i] / ticks % 60),
		       (long)(values[i] % ticks * ((sh_dash ? 1000000 : 1000) / ticks)), i % 2 ? "\n" : " ");
	return 0;
}

static void symbolic(mode_t mask)
{
	static const char who[] = "ugo";
	int i;

	for (i = 0; i < 3; i++) {
		unsigned bits = ~(unsigned)mask >> (6 - 3 * i) & 7;

		printf("%s%c=%s%s%s", i ? "," : "", who[i], bits & 4 ? "r" : "", bits & 2 ? "w" : "", bits & 1 ? "x" : "");
	}
	putchar('\n');
}

int sh_b_umask(int argc, char **argv)
{
	mode_t mask = umask(0);
	int i = 1;

	umask(mask);
	if (i < argc && strcmp(argv[i], "-S") == 0) {
		if (++i == argc)
			return symbolic(mask), 0;
	} else if (i < argc && strcmp(argv[i], "-p") == 0) {
		printf("umask %04o\n", (unsigned)mask);
		return 0;
	}
	if (i == argc) {
		printf("%04o\n", (unsigned)mask);
		return 0;
	}
	if (argv[i][strspn(argv[i], "01234567")] == '\0') {
		umask((mode_t)strtol(argv[i], NULL, 8) & 0777);
		return 0;
	}
	if (argv[i][0] >= '0' && argv[i][0] <= '9')
		return sh_dash ? sh_builtin_error(2, "Illegal number: %s", argv[i]) : sh_builtin_error(1, "%s: octal number out of range", argv[i]);
	{
		unsigned allowed = ~(unsigned)mask & 0777, who = 0, bits = 0;
		const char *p = argv[i];

		while (*p) {
			char op;

			for (who = 0; strchr("ugoa", *p) && *p; p++)
				who |= *p == 'u' ? 0700u : *p == 'g' ? 070u : *p == 'o' ? 07u : 0777u;
			if (!who)
				who = 0777;
			op = *p++;
			if (!op || !strchr("+-=", op))
				return sh_builtin_error(1, "`%c': invalid symbolic mode operator", op);
			for (bits = 0; strchr("rwx", *p) && *p; p++)
				bits |= *p == 'r' ? 0444u : *p == 'w' ? 0222u : 0111u;
			allowed = op == '+' ? allowed | (who & bits) : op == '-' ? allowed & ~(who & bits) : (allowed & ~who) | (who & bits);
			if (*p == ',')
				p++;
		}
		umask(~allowed & 0777);
	}
	return 0;
}
