/* timeout(1) of coreutils. Uses lib/core*.c, lib/signal_names.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/signal_names.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static int term_signal = SIGTERM, timed_out, foreground, verbose, preserve;
static double kill_after;
static const char *command;

static int duration(const char *text, double *value)
{
	char *end;

	*value = strtod(text, &end);
	if (end == text || *value < 0 || (*end && end[1]))
		return 0;
	switch (*end) {
	case '\0': case 's': return 1;
	case 'm': *value *= 60; return 1;
	case 'h': *value *= 3600; return 1;
	case 'd': *value *= 86400; return 1;
	default: return 0;
	}
}

static void arm(double seconds)
{
	struct itimerval timer = { { 0, 0 }, { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e6) } };

	if (seconds > 0 && timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0)
		timer.it_value.tv_usec = 1;
	setitimer(ITIMER_REAL, &timer, NULL);
}

static void on_signal(int number)
{
	int send = number;

	if (number == SIGALRM) {
		timed_out = 1;
		send = term_signal;
	}
	if (!child)
		_exit(128 + number);
	if (kill_after > 0) {
		int saved = errno;

		term_signal = SIGKILL;
		arm(kill_after);
		kill_after = 0;
		errno = saved;
	}
	if (verbose)
		core_error(0, 0, "sending signal %s to command %s", signal_name(send), core_quote(command));
	kill(child, send);
	if (!foreground) {
		signal(send, SIG_IGN);
		kill(0, send);
		if (send != SIGKILL && send != SIGCONT) {
			kill(child, SIGCONT);
			kill(0, SIGCONT);
		}
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "kill-after", 1, NULL, 'k' }, { "signal", 1, NULL, 's' }, { "verbose", 0, NULL, 'v' }, { "foreground", 0, NULL, 'f' },
		{ "preserve-status", 0, NULL, 'p' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	struct sigaction action;
	double seconds;
	int option, status;

	core_trouble = 125;
	core_start(argv[0], "[OPTION] DURATION COMMAND [ARG]...");
	while ((option = core_getopt(argc, argv, "+k:s:v", longs)) != -1) {
		switch (option) {
		case 'k':
			if (!duration(optarg, &kill_after))
				core_error(0, 0, "invalid time interval %s", core_quote(optarg)), core_try_help(125);
			break;
		case 's':
			term_signal = signal_number(optarg);
			if (term_signal < 0)
				core_error(0, 0, "%s: invalid signal", core_quote(optarg)), core_try_help(125);
			break;
		case 'v': verbose = 1; break;
		case 'f': foreground = 1; break;
		case 'p': preserve = 1; break;
		}
	}
	if (argc - optind < 2)
		core_try_help(125);
	if (!duration(argv[optind], &seconds))
		core_error(0, 0, "invalid time interval %s", core_quote(argv[optind])), core_try_help(125);
	argv += optind + 1;
	command = argv[0];
	if (!foreground)
		setpgid(0, 0);
	memset(&action, 0, sizeof action);
	action.sa_handler = on_signal;
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGQUIT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	child = fork();
	if (child < 0)
		core_error(125, errno, "fork system call failed");
	if (child == 0) {
		int error;

		signal(SIGTTIN, SIG_DFL);
		signal(SIGTTOU, SIG_DFL);
		execvp(argv[0], argv);
		error = errno;
		core_error(0, error, "failed to run command %s", core_quote(argv[0]));
		_exit(error == ENOENT ? 127 : 126);
	}
	if (seconds > 0)
		arm(seconds);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			core_error(125, errno, "error waiting for command");
	if (WIFSIGNALED(status)) {
		int number = WTERMSIG(status);

		if (WCOREDUMP(status))
			core_error(0, 0, "the monitored command dumped core");
		if (timed_out)
			return preserve || number == SIGKILL ? 128 + number : 124;
		{
			signal(number, SIG_DFL);
			raise(number);
			return 128 + number;
		}
	}
	return timed_out && !preserve ? 124 : WEXITSTATUS(status);
}
