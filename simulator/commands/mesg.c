/* mesg(1) of util-linux 2.38. Uses lib/ul.c. */
#define _GNU_SOURCE
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "verbose", 0, NULL, 'v' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 } };
	int option, verbose = 0, fd;
	const char *tty = NULL;
	struct stat st;

	while ((option = getopt_long(argc, argv, "vVh", longs, NULL)) != -1) {
		switch (option) {
		case 'v': verbose = 1; break;
		case 'V': ul_version();
		case 'h': ul_help(" mesg [options] [y | n]\n");
		default: ul_try_help();
		}
	}
	for (fd = 0; fd < 3 && !isatty(fd); fd++)
		;
	if (fd == 3) {
		if (verbose)
			warnx("no tty");
		return 2;
	}
	tty = ttyname(fd);
	if (!tty)
		err(2, "ttyname() failed");
	if (stat(tty, &st) != 0)
		err(2, "stat of %s failed", tty);
	if (optind == argc) {
		puts(st.st_mode & (S_IWGRP | S_IWOTH) ? "is y" : "is n");
		return !(st.st_mode & (S_IWGRP | S_IWOTH));
	}
	if (!strcmp(argv[optind], "y") || !strcmp(argv[optind], "n")) {
		int yes = *argv[optind] == 'y';

		if (chmod(tty, yes ? st.st_mode | S_IWGRP : st.st_mode & ~(mode_t)(S_IWGRP | S_IWOTH)) != 0)
			err(2, "change %s mode failed", tty);
		if (verbose)
			printf("write access to your terminal is %s\n", yes ? "allowed" : "denied");
		return !yes;
	}
	warnx("invalid argument: %s", argv[optind]);
	ul_try_help();
}
