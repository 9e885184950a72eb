/* Signals of the shell: traps, what children get, what killed processes are called. */
#include "sh.h"
#include "signal_names.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ERR = 65, SIGNALS = 65 };
char *sh_trap_text[66];          /* by number; 0 is EXIT, 65 is ERR */
static volatile char arrived[66];
volatile int sh_trap_pending, sh_interrupted;
static char ignored_at_start[66];

const char *sh_signal_name(int number)
{
	return number == ERR ? "ERR" : signal_name(number);
}

int sh_signal_number(const char *name)
{
	if (!sh_dash && (strcmp(name, "ERR") == 0))
		return ERR;
	return signal_number(name);
}

const char *sh_signal_text(int number, int core)
{
	static char text[64];
	const char *known = strsignal(number);

	snprintf(text, sizeof text, sh_dash || !core ? "%s%s" : "%-23s %s", known, core ? sh_dash ? " (core dumped)" : "(core dumped)" : "");
	return text;
}

static volatile int last_signal;

int sh_last_signal(void)
{
	return last_signal;
}

static void on_signal(int number)
{
	last_signal = number;
	arrived[number] = 1;
	if (sh_trap_text[number])
		sh_trap_pending = 1;
	else
		sh_interrupted = 1;
}

static void set_handler(int number, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	sigaction(number, &action, NULL);
}

void sh_run_traps(void)
{
	static int running;
	int i, status = sh_status;

	if (running)
		return;
	running = 1;
	while (sh_trap_pending) {
		sh_trap_pending = 0;
		for (i = 1; i < SIGNALS; i++) {
			if (!arrived[i] || !sh_trap_text[i])
				continue;
			arrived[i] = 0;
			if (!sh_trap_text[i][0])
				continue;
			{
				char *text = sh_xstrdup(sh_trap_text[i]);
				int skip = sh_skip, line = sh_line;

				sh_skip = SKIP_NONE;
				running = 0;
				sh_run_string(text, 1, 0);
				running = 1;
				sh_line = line;
				if (sh_skip == SKIP_NONE)
					sh_skip = skip;
				free(text);
			}
		}
	}
	running = 0;
	sh_status = status;
}

int sh_has_trap(void)
{
	int i;

	for (i = 0; i <= ERR; i++)
		if (sh_trap_text[i] && (sh_trap_text[i][0] || (i == 0)))
			return 1;
	return 0;
}

/* Runs the EXIT trap, once; the status to leave with. */
int sh_trap_exit(void)
{
	char *text = sh_trap_text[0];

	sh_trap_text[0] = NULL;
	if (text && *text) {
		int status = sh_status;

		sh_skip = SKIP_NONE;
		sh_run_string(text, 1, 0);
		sh_status = status;
	}
	return sh_status;
}

void sh_init_signals(void)
{
	int i;

	for (i = 1; i < SIGNALS; i++) {
		struct sigaction old;

		if (sigaction(i, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
			ignored_at_start[i] = 1;
	}
	if (sh_interactive) {
		set_handler(SIGINT, on_signal);
		signal(SIGTERM, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	}
}

/* In a child: the shell's own handlers and the traps go; ignored signals stay so. */
void sh_child_signals(int background)
{
	int i;

	for (i = 0; i <= ERR; i++) {
		if (!sh_trap_text[i])
			continue;
		if (i > 0 && i < SIGNALS && sh_trap_text[i][0])
			signal(i, SIG_DFL);
		if (sh_trap_text[i][0])
			sh_trap_text[i] = NULL;
	}
	if (sh_interactive) {
		static const int mine[] = { SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU };

		for (i = 0; i < 6; i++)
			if (!(sh_trap_text[mine[i]] && !sh_trap_text[mine[i]][0]))
				signal(mine[i], ignored_at_start[mine[i]] ? SIG_IGN : SIG_DFL);
	}
	if (background) {
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	}
	sh_trap_pending = 0;
}

/* Before exec without a fork: what the shell ignores for itself is given back. */
void sh_exec_signals(void)
{
	static const int mine[] = { SIGTERM, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU };
	int i;

	for (i = 0; sh_interactive && i < 5; i++)
		if (!(sh_trap_text[mine[i]] && !sh_trap_text[mine[i]][0]))
			signal(mine[i], ignored_at_start[mine[i]] ? SIG_IGN : SIG_DFL);
}

static void set_trap(int number, const char *text)
{
	free(sh_trap_text[number]);
	sh_trap_text[number] = text ? sh_xstrdup(text) : NULL;
	if (number == 0 || number == ERR || number == SIGKILL || number == SIGSTOP)
		return;
	if (ignored_at_start[number] && !sh_interactive)
		return;
	arrived[number] = 0;
	if (text)
		set_handler(number, *text ? on_signal : SIG_IGN);
	else if (number == SIGINT && sh_interactive)
		set_handler(number, on_signal);
	else if (sh_interactive && (number == SIGTERM || number == SIGQUIT))
		signal(number, SIG_IGN);
	else
		signal(number, SIG_DFL);
}

static void print_trap(int number)
{
	const char *text = sh_trap_text[number];
	const char *prefix = sh_dash || number == 0 || number == ERR ? "" : "SIG";

	if (!text)
		return;
	printf("trap -- '");
	for (; *text; text++)
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
	printf("' %s%s\n", prefix, sh_signal_name(number));
}

int sh_b_trap(int argc, char **argv)
{
	int i = 1, status = 0;
	const char *text;

	if (argc > 1 && strcmp(argv[1], "-l") == 0 && !sh_dash) {
		char *list[] = { (char *)"kill", (char *)"-l", NULL };

		return sh_run_builtin(sh_builtin("kill"), 2, list);
	}
	if (argc > 1 && strcmp(argv[1], "-p") == 0 && !sh_dash) {
		for (i = 2; i < argc; i++)
			if (sh_signal_number(argv[i]) >= 0)
				print_trap(sh_signal_number(argv[i]));
		if (argc > 2)
			return 0;
		argc = 1;
	}
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		argc--, argv++;
	if (argc == 1) {
		for (i = 0; i <= ERR; i++)
			print_trap(i);
		return 0;
	}
	text = argv[1];
	if (argc == 2 || (text[0] && text[strspn(text, "0123456789")] == '\0')) {
		text = NULL;   /* trap SIGNAL…: as it was */
		i = 1;
		if (argc == 2 && strcmp(argv[1], "-") == 0)
			return 0;
		if (argc == 2 && sh_signal_number(argv[1]) < 0 && !sh_dash) {
			fprintf(stderr, "trap: usage: trap [-lp] [[arg] signal_spec ...]\n");
			return 2;
		}
	} else {
		i = 2;
		if (strcmp(text, "-") == 0)
			text = NULL;
	}
	for (; i < argc; i++) {
		int number = sh_signal_number(argv[i]);

		if (number < 0) {
			status = sh_dash ? (fprintf(stderr, "trap: %s: bad trap\n", argv[i]), 1) : sh_builtin_error(1, "%s: invalid signal specification", argv[i]);
			continue;
		}
		set_trap(number, text);
	}
	return status;
}
