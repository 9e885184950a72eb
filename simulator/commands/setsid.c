/* setsid(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "ctty", 0, NULL, 'c' }, { "fork", 0, NULL, 'f' }, { "wait", 0, NULL, 'w' }, { "version", 0, NULL, 'V' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 },
	};
	int option, terminal = 0, wait_for = 0, always = 0, status;
	pid_t pid;

	while ((option = getopt_long(argc, argv, "+Vhcfw", longs, NULL)) != -1) {
		switch (option) {
		case 'c': terminal = 1; break;
		case 'f': always = 1; break;
		case 'w': wait_for = 1; break;
		case 'V': ul_version();
		case 'h': ul_help("\nUsage:\n setsid [options] <program> [arguments ...]\n\nRun a program in a new session.\n\nOptions:\n"
				  " -c, --ctty     set the controlling terminal to the current one\n -f, --fork     always fork\n"
				  " -w, --wait     wait program to exit, and use the same return\n\n -h, --help     display this help\n"
				  " -V, --version  display version\n\nFor more details see setsid(1).\n");
		default: ul_try_help();
		}
	}
	if (argc - optind < 1) {
		warnx("no command specified");
		ul_try_help();
	}
	if (always || getpgrp() == getpid()) {
		pid = fork();
		if (pid < 0)
			err(EXIT_FAILURE, "fork");
		if (pid > 0) {
			if (!wait_for)
				return EXIT_SUCCESS;
			if (wait(&status) != pid)
				err(EXIT_FAILURE, "wait");
			if (WIFEXITED(status))
				return WEXITSTATUS(status);
			err(status, "child %d did not exit normally", (int)pid);
		}
	}
	if (setsid() < 0)
		err(EXIT_FAILURE, "setsid failed");
	if (terminal && ioctl(STDIN_FILENO, TIOCSCTTY, 1) != 0)
		err(EXIT_FAILURE, "failed to set the controlling terminal");
	ul_exec(argv + optind);
}
