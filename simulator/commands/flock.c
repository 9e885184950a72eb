/* flock(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

static volatile sig_atomic_t late;

static void expired(int number)
{
	(void)number;
	late = 1;
}

static int open_lock(const char *name, int flags)
{
	int fd = open(name, flags | O_NOCTTY | O_CREAT, 0666);

	if (fd < 0 && errno == EISDIR)
		fd = open(name, O_RDONLY | O_NOCTTY);
	if (fd < 0) {
		int error = errno;

		warn("cannot open lock file %s", name);
		exit(error == ENOMEM ? EX_OSERR : error == EROFS || error == ENOSPC ? EX_CANTCREAT : EX_NOINPUT);
	}
	return fd;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "shared", 0, NULL, 's' }, { "exclusive", 0, NULL, 'x' }, { "unlock", 0, NULL, 'u' }, { "nonblocking", 0, NULL, 'n' }, { "nb", 0, NULL, 'n' }, { "timeout", 1, NULL, 'w' },
		{ "wait", 1, NULL, 'w' }, { "conflict-exit-code", 1, NULL, 'E' }, { "close", 0, NULL, 'o' }, { "no-fork", 0, NULL, 'F' }, { "verbose", 0, NULL, 256 }, { "help", 0, NULL, 'h' },
		{ "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, kind = LOCK_EX, nonblock = 0, conflict = EXIT_FAILURE, close_first = 0, forks = 1, verbose = 0, timed = 0, fd, status = 0;
	char **command = NULL, *line[] = { NULL, (char *)"-c", NULL, NULL }, *end;
	const char *name = NULL;
	struct itimerval timer = { { 0, 0 }, { 0, 0 } };
	struct timeval before, after;
	double seconds;

	if (argc < 2) {
		warnx("not enough arguments");
		fprintf(stderr, "Try '%s --help' for more information.\n", program_invocation_short_name);
		exit(EX_USAGE);
	}
	while ((option = getopt_long(argc, argv, "+sexnoFuw:E:hV?", longs, NULL)) != -1) {
		switch (option) {
		case 's': kind = LOCK_SH; break;
		case 'e': case 'x': kind = LOCK_EX; break;
		case 'u': kind = LOCK_UN; break;
		case 'o': close_first = 1; break;
		case 'F': forks = 0; break;
		case 'n': nonblock = LOCK_NB; break;
		case 'w':
			timed = 1;
			seconds = strtod(optarg, &end);
			if (*end || end == optarg || seconds < 0)
				errx(EX_USAGE, "invalid timeout value: '%s'", optarg);
			if (seconds == 0)
				timed = 0, nonblock = LOCK_NB;
			timer.it_value.tv_sec = (time_t)seconds;
			timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
			break;
		case 'E': conflict = (int)ul_number(optarg, "invalid exit code"); break;
		case 256: verbose = 1; break;
		case 'V': ul_version();
		case 'h': ul_help(" flock [options] <file>|<directory> <command> [<argument>...]\n flock [options] <file>|<directory> -c <command>\n flock [options] <file descriptor number>\n");
		default:
			fprintf(stderr, "Try '%s --help' for more information.\n", program_invocation_short_name);
			exit(EX_USAGE);
		}
	}
	if (argc > optind + 1) {
		command = argv + optind + 1;
		if (!strcmp(*command, "-c") || !strcmp(*command, "--command")) {
			if (argc != optind + 3)
				errx(EX_USAGE, "%s requires exactly one command argument", *command);
			line[0] = getenv("SHELL");
			if (!line[0] || !*line[0])
				line[0] = (char *)"/bin/sh";
			line[2] = command[1];
			command = line;
		}
		name = argv[optind];
		fd = open_lock(name, O_RDONLY);
	} else if (optind < argc) {
		fd = (int)strtol(argv[optind], &end, 10);
		if (*end || !isdigit((unsigned char)*argv[optind]))
			errx(EX_USAGE, "bad file descriptor: '%s'", argv[optind]);
	} else {
		errx(EX_USAGE, "requires file descriptor, file or directory");
	}
	if (timed) {
		struct sigaction action = { .sa_handler = expired, .sa_flags = SA_RESETHAND };

		sigaction(SIGALRM, &action, NULL);
		setitimer(ITIMER_REAL, &timer, NULL);
	}
	gettimeofday(&before, NULL);
	while (flock(fd, kind | nonblock) != 0) {
		if (errno == EWOULDBLOCK || (errno == EINTR && late)) {
			if (verbose)
				warnx(errno == EINTR ? "timeout while waiting to get lock" : "failed to get lock");
			exit(conflict);
		}
		if (errno == EINTR)
			continue;
		if (name)
			warn("%s", name);
		else
			warn("%d", fd);
		exit(errno == ENOLCK || errno == ENOMEM ? EX_OSERR : EX_DATAERR);
	}
	if (timed) {
		timer.it_value.tv_sec = 0;
		timer.it_value.tv_usec = 0;
		setitimer(ITIMER_REAL, &timer, NULL);
	}
	if (verbose) {
		gettimeofday(&after, NULL);
		printf("%s: getting lock took %.6f seconds\n", program_invocation_short_name, (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_usec - before.tv_usec) / 1e6);
	}
	if (!command)
		return 0;
	if (verbose)
		printf("%s: executing %s\n", program_invocation_short_name, *command);
	fflush(stdout);
	if (forks) {
		pid_t child;

		signal(SIGCHLD, SIG_DFL);
		child = fork();
		if (child < 0)
			err(EX_OSERR, "fork failed");
		if (child > 0) {
			while (waitpid(child, &status, 0) < 0 && errno == EINTR)
				;
			return WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? WTERMSIG(status) + 128 : EX_OSERR;
		}
	}
	if (close_first)
		close(fd);
	execvp(*command, command);
	warn("failed to execute %s", *command);
	_exit(errno == ENOMEM ? EX_OSERR : EX_UNAVAILABLE);
}
