/* The shell's beginning: its arguments, and the loop that reads and runs. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

char **sh_args;
int sh_arg_count;
char *sh_name0 = (char *)"bash";
const char *sh_message_name = "bash";
int sh_dash, sh_busybox, sh_interactive, sh_interactive_shell, sh_posix, sh_subshell;
pid_t sh_pid;

/* Runs what the innermost input holds; flags for its last command. */
int sh_run_input(int flags)
{
	int status = 0;

	for (;;) {
		struct sh_mark mark = sh_mark();
		struct sh_node *node;

		if (sh_trap_pending)
			sh_run_traps();
		if (sh_interactive && !sh_in->up)
			sh_report_jobs();
		sh_syntax_error = 0;
		node = sh_parse_command();
		if (sh_syntax_error == 2) {   /* Ctrl+C */
			memset(&sh_lx, 0, sizeof sh_lx);
			sh_release(mark);
			continue;
		}
		if (sh_syntax_error) {
			sh_status = status = 2;
			memset(&sh_lx, 0, sizeof sh_lx);
			sh_in->pos = sh_in->length;
			if (!sh_interactive || sh_in->up) {
				if (sh_dash || !sh_in->up)
					sh_exit(2);
				return 2;
			}
			sh_release(mark);
			continue;
		}
		if (!node) {
			if (sh_in->pos >= sh_in->length && (sh_in->fd < 0 || sh_in->ended))
				return status;
			sh_release(mark);
			continue;
		}
		if (!sh_opt_n || sh_interactive)
			status = sh_eval(node, flags & E_LAST && sh_at_end() ? flags : 0);
		sh_release(mark);
		if (sh_skip == SKIP_ABORT && sh_interactive && !sh_in->up) {
			sh_skip = SKIP_NONE;
			sh_in->pos = sh_in->length;
			sh_loops = 0;
			sh_lx.peeked = 0;
			status = sh_status;
		}
		if (sh_skip)
			return status;
	}
}

int sh_run_string(const char *text, int line, int flags)
{
	struct sh_input in;
	struct sh_lexer saved = sh_lx;
	int status, saved_line = sh_line, capturing = sh_capturing;
	struct sh_buf captured = sh_captured;

	memset(&sh_lx, 0, sizeof sh_lx);
	sh_capturing = 0;
	memset(&sh_captured, 0, sizeof sh_captured);
	sh_push_string(&in, text, line);
	status = sh_run_input(flags);
	sh_pop_input();
	sh_lx = saved;
	sh_capturing = capturing;
	sh_captured = captured;
	sh_line = saved_line;
	return status;
}

static char *short_directory(void)
{
	const char *pwd = sh_get("PWD"), *home = sh_get("HOME");
	size_t length = home ? strlen(home) : 0;
	struct sh_buf out = { 0 };

	if (pwd && length > 1 && strncmp(pwd, home, length) == 0 && (pwd[length] == '/' || !pwd[length])) {
		sh_put(&out, '~');
		sh_puts(&out, pwd + length);
		return sh_text(&out);
	}
	return sh_copy(pwd ? pwd : "?");
}

/* PS1 with its backslash escapes. */
static char *prompt_text(const char *format)
{
	struct sh_buf out = { 0 };
	char host[256] = "", when[64], *directory, *slash;
	const struct passwd *user;
	time_t now = time(NULL);
	struct tm tm;

	gethostname(host, sizeof host - 1);
	localtime_r(&now, &tm);
	for (; *format; format++) {
		if (*format != '\\' || !format[1]) {
			sh_put(&out, *format);
			continue;
		}
		switch (*++format) {
		case 'u':
			user = getpwuid(geteuid());
			sh_puts(&out, user ? user->pw_name : "I have no name!");
			break;
		case 'h': sh_putn(&out, host, strcspn(host, ".")); break;
		case 'H': sh_puts(&out, host); break;
		case 'w': sh_puts(&out, short_directory()); break;
		case 'W':
			directory = short_directory();
			slash = strrchr(directory, '/');
			sh_puts(&out, slash && slash[1] ? slash + 1 : directory);
			break;
		case '$': sh_puts(&out, geteuid() == 0 ? "#" : "\\$"); break;
		case 's': sh_puts(&out, "bash"); break;
		case 'v': case 'V': sh_puts(&out, "5.2"); break;
		case 'n': sh_put(&out, '\n'); break;
		case 'r': sh_put(&out, '\r'); break;
		case 'a': sh_put(&out, '\a'); break;
		case 'e': sh_put(&out, '\033'); break;
		case '\\': sh_puts(&out, "\\\\"); break;
		case '[': case ']': break;
		case 't': strftime(when, sizeof when, "%H:%M:%S", &tm); sh_puts(&out, when); break;
		case 'd': strftime(when, sizeof when, "%a %b %d", &tm); sh_puts(&out, when); break;
		case 'j': case '#': case '!': sh_putf(&out, "%d", sh_line); break;
		default: sh_put(&out, '\\'); sh_put(&out, *format);
		}
	}
	return sh_text(&out);
}

void sh_prompt(int second)
{
	const char *format = sh_get(second ? "PS2" : "PS1");
	char *text;

	fflush(stdout);
	if (!format)
		format = "";
	text = sh_dash && !sh_busybox ? sh_copy(format) : prompt_text(format);
	text = sh_expand_quoted(text, 0);
	fputs(text ? text : "", stderr);
	fflush(stderr);
}

void sh_set_level(int by)
{
	const char *level = sh_get("SHLVL");
	char text[16];

	snprintf(text, sizeof text, "%d", (level ? atoi(level) : 0) + by);
	sh_assign_word(sh_assignment_text("SHLVL", text), V_EXPORT, 0);
}

static void set_default(const char *name, const char *value, int flags)
{
	if (!sh_find(name) || !sh_find(name)->value)
		sh_assign_word(sh_assignment_text(name, value), flags, 0);
}

static void init_variables(void)
{
	char *here = getcwd(NULL, 0), text[32];
	const char *pwd;
	struct stat a, b;

	sh_var_init(environ);
	pwd = sh_get("PWD");
	if (!pwd || *pwd != '/' || stat(pwd, &a) != 0 || stat(".", &b) != 0 || a.st_ino != b.st_ino || a.st_dev != b.st_dev)
		sh_assign_word(sh_assignment_text("PWD", here ? here : ""), sh_dash && !pwd ? 0 : V_EXPORT, 0);
	if (sh_dash && sh_find("PWD"))
		sh_find("PWD")->flags |= V_EXPORT;
	free(here);
	snprintf(text, sizeof text, "%d", (int)getppid());
	sh_unset("IFS");
	sh_assign_word("IFS= \t\n", 0, 0);
	sh_assign_word("OPTIND=1", 0, 0);
	set_default("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 0);
	sh_make("PPID")->flags = 0;
	sh_assign_word(sh_assignment_text("PPID", text), 0, 0);
	set_default("PS4", "+ ", 0);
	if (sh_interactive || sh_dash)
		set_default("PS2", "> ", 0);
	if (sh_dash) {
		set_default("PS1", sh_busybox ? "\\w \\$ " : geteuid() == 0 ? "# " : "$ ", 0);
		return;
	}
	sh_find("PPID")->flags |= V_READONLY | V_INTEGER;
	snprintf(text, sizeof text, "%d", (int)getuid());
	sh_assign_word(sh_assignment_text("UID", text), V_READONLY | V_INTEGER, 0);
	snprintf(text, sizeof text, "%d", (int)geteuid());
	sh_assign_word(sh_assignment_text("EUID", text), V_READONLY | V_INTEGER, 0);
	sh_set_level(1);
	sh_assign_word("BASH=/usr/bin/bash", 0, 0);
	sh_assign_word("OPTERR=1", 0, 0);
	sh_assign("BASH_VERSINFO=(5 2 15 1 release x86_64-pc-linux-gnu)", 0, 0);
	sh_assign_word("BASH_VERSION=5.2.15(1)-release", 0, 0);
	sh_assign_word("MACHTYPE=x86_64-pc-linux-gnu", 0, 0);
	sh_assign_word("HOSTTYPE=x86_64", 0, 0);
	sh_assign_word("OSTYPE=linux-gnu", 0, 0);
	{
		char host[256] = "";

		gethostname(host, sizeof host - 1);
		sh_assign_word(sh_assignment_text("HOSTNAME", host), 0, 0);
	}
	set_default("OLDPWD", "", V_EXPORT);
	if (sh_find("OLDPWD")->value && !*sh_find("OLDPWD")->value) {
		free(sh_find("OLDPWD")->value);
		sh_find("OLDPWD")->value = NULL;
	}
	set_default("TERM", "dumb", 0);
	set_default("SHELL", getpwuid(getuid()) ? getpwuid(getuid())->pw_shell : "/bin/sh", 0);
	sh_assign_word("_=/usr/bin/bash", V_EXPORT, 0);
	if (sh_interactive) {
		set_default("PS1", "\\u@\\h:\\w\\$ ", 0);
		sh_assign_word("PS1=\\u@\\h:\\w\\$ ", 0, 0);
	}
}

static void usage_error(const char *option)
{
	if (sh_dash) {
		fprintf(stderr, "%s: 0: Illegal option %.2s\n", sh_message_name, option);
		exit(2);
	}
	fprintf(stderr, "%s: %s: invalid option\n", sh_message_name, option);
	fprintf(stderr, "Usage:\t%s [GNU long option] [option] ...\n\t%s [GNU long option] [option] script-file ...\n", sh_message_name, sh_message_name);
	fputs("GNU long options:\n\t--debug\n\t--debugger\n\t--dump-po-strings\n\t--dump-strings\n\t--help\n\t--init-file\n\t--login\n\t--noediting\n"
	      "\t--noprofile\n\t--norc\n\t--posix\n\t--pretty-print\n\t--rcfile\n\t--restricted\n\t--verbose\n\t--version\nShell options:\n"
	      "\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)\n\t-abefhkmnptuvxBCEHPT or -o option\n", stderr);
	exit(2);
}

struct start { int c, i, s, login; };

/* The index of the first argument that is no option. */
static int read_options(int argc, char **argv, struct start *start)
{
	int at = 1;

	for (; at < argc && (argv[at][0] == '-' || argv[at][0] == '+') && argv[at][1]; at++) {
		const char *p;
		int dashes = 0;

		if (strcmp(argv[at], "--") == 0)
			return at + 1;
		if (argv[at][0] == '-' && argv[at][1] == '-' && !sh_dash) {
			const char *name = argv[at] + 2;

			if (strcmp(name, "version") == 0) {
				printf("GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n");
				exit(0);
			}
			if (strcmp(name, "login") == 0)
				start->login = 1;
			else if (strcmp(name, "posix") == 0)
				sh_posix = 1;
			else if (strcmp(name, "rcfile") == 0 || strcmp(name, "init-file") == 0)
				at++;
			else if (strcmp(name, "norc") != 0 && strcmp(name, "noprofile") != 0 && strcmp(name, "noediting") != 0)
				usage_error(argv[at]);
			continue;
		}
		for (p = argv[at] + 1; *p; p++) {
			char option[3] = { argv[at][0], *p, 0 };
			char *set[] = { (char *)"set", option, at + 1 < argc ? argv[at + 1] : NULL, NULL };

			if (*p == 'c')
				start->c = 1;
			else if (*p == 'i')
				start->i = 1;
			else if (*p == 's')
				start->s = 1;
			else if (*p == 'l')
				start->login = 1;
			else if (*p == 'o' && at + 1 < argc)
				sh_set_options(3, set, 1, &dashes), at++;
			else if (!strchr("abefhkmnptuvxBCEHPTIV", *p))
				usage_error(option);
			else
				sh_set_options(2, set, 1, &dashes);
			if (*p == 'o')
				break;
		}
	}
	if (at < argc && strcmp(argv[at], "-") == 0)
		at++;
	return at;
}

static int open_script(const char *name)
{
	struct stat st;
	char first[128];
	ssize_t got, i;
	int fd = open(name, O_RDONLY), high;

	if (fd < 0) {
		if (sh_dash)
			fprintf(stderr, "%s: 0: cannot open %s: %s\n", sh_message_name, name, errno == ENOENT ? "No such file" : strerror(errno));
		else
			fprintf(stderr, "%s: %s: %s\n", sh_message_name, name, strerror(errno));
		exit(sh_dash ? 2 : errno == ENOENT ? 127 : 126);
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		fprintf(stderr, "%s: %s: Is a directory\n", name, name);
		exit(126);
	}
	got = sh_dash ? 0 : pread(fd, first, sizeof first, 0);
	for (i = 0; i < got && first[i] != '\n'; i++)
		if (!first[i]) {
			fprintf(stderr, "%s: %s: cannot execute binary file\n", name, name);
			exit(126);
		}
	high = fcntl(fd, F_DUPFD_CLOEXEC, sh_dash ? 10 : 255);
	if (high < 0)
		high = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	close(fd);
	return high;
}

static void run_profile(const char *name)
{
	char *argv[] = { (char *)".", (char *)name, NULL };

	if (name && access(name, R_OK) == 0)
		sh_b_source(2, argv);
}

int sh_main(int argc, char **argv)
{
	struct start start = { 0, 0, 0, 0 };
	struct sh_input in;
	const char *base = strrchr(argv[0], '/');
	struct timespec now;
	char *command = NULL;
	int at, status;

	sh_pid = getpid();
	clock_gettime(CLOCK_MONOTONIC, &now);
	sh_started = (long)now.tv_sec;
	base = base ? base + 1 : argv[0];
	if (*base == '-') {
		start.login = 1;
		base++;
	}
	sh_dash = sh_busybox || strcmp(base, "bash") != 0;
	if (strcmp(base, "rbash") == 0)
		sh_dash = 0;
	sh_name0 = argv[0];
	sh_message_name = sh_dash ? argv[0] : *argv[0] == '-' ? argv[0] : argv[0];
	at = read_options(argc, argv, &start);
	if (start.c) {
		if (at >= argc) {
			if (sh_dash)
				fprintf(stderr, "%s: 0: -c requires an argument\n", sh_message_name);
			else
				fprintf(stderr, "%s: -c: option requires an argument\n", sh_message_name);
			return 2;
		}
		command = argv[at++];
		sh_opt_c = 1;
		if (at < argc)
			sh_message_name = sh_name0 = argv[at++];
	}
	sh_interactive = start.i || (!start.c && (at >= argc || start.s) && isatty(0) && isatty(2));
	sh_interactive_shell = sh_interactive;
	sh_expand_aliases = sh_interactive || sh_dash;
	init_variables();
	if (!start.c && at < argc && !start.s) {
		int fd = open_script(argv[at]);

		sh_message_name = sh_name0 = argv[at++];
		sh_push_fd(&in, fd, 0);
	} else if (!start.c) {
		sh_push_fd(&in, 0, sh_interactive);
	}
	sh_args = argv + at;
	sh_arg_count = argc - at;
	sh_init_signals();
	if (sh_interactive)
		sh_init_job_control();
	if (start.login) {
		const char *home = sh_get("HOME");
		struct sh_buf name = { 0 };

		run_profile("/etc/profile");
		sh_puts(&name, home ? home : "");
		sh_puts(&name, "/.profile");
		if (home)
			run_profile(sh_text(&name));
	}
	if (start.c) {
		sh_status = status = sh_run_string(command, 1, sh_dash ? 0 : E_LAST);
		sh_exit(sh_skip == SKIP_RETURN ? sh_status : status);
	}
	for (;;) {
		sh_status = status = sh_run_input(0);
		if (sh_skip && sh_interactive) {
			sh_skip = SKIP_NONE;
			continue;
		}
		break;
	}
	if (sh_interactive && !sh_busybox) {
		if (!sh_dash)
			fputs("exit\n", stderr);
		else
			fputc('\n', stderr);
	}
	sh_exit(sh_status);
}
