/* kill(1) of procps 4.0.2. Uses lib/signal_names.c. */
#include "lib/signal_names.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(FILE *to)
{
	fputs("\nUsage:\n kill [options] <pid> [...]\n\nOptions:\n <pid> [...]            send signal to every <pid> listed\n"
	      " -<signal>, -s, --signal <signal>\n                        specify the <signal> to be sent\n"
	      " -q, --queue <value>    integer value to be sent with the signal\n -l, --list=[<signal>]  list all signal names, or convert one to a name\n"
	      " -L, --table            list all signal names in a nice table\n\n -h, --help     display this help and exit\n"
	      " -V, --version  output version information and exit\n\nFor more details see kill(1).\n", to);
	exit(to == stderr);
}

static int list(const char *text)
{
	int number;

	if (text) {
		number = signal_number(text);
		if (number < 0 || !signal_name(number)) {
			fprintf(stderr, "kill: unknown signal name %s\n", text);
			return 1;
		}
		if (text[strspn(text, "0123456789")] == '\0')
			puts(signal_name(number));
		else
			printf("%d\n", number);
		return 0;
	}
	for (number = 1; number <= 31; number++)
		printf("%s%s", number == 29 ? "POLL" : signal_name(number), number % 16 == 0 || number == 31 ? "\n" : " ");
	return 0;
}

static int table(void)
{
	int number;

	for (number = 1; number <= 31; number++)
		printf(number % 7 == 0 ? "%2d %s\n" : number == 31 ? "%2d %-8s\n" : "%2d %-8s", number, number == 29 ? "POLL" : signal_name(number));
	return 0;
}

int main(int argc, char **argv)
{
	int number = SIGTERM, i = 1, status = 0;

	if (argc < 2)
		usage(stderr);
	if (argv[1][0] == '-') {
		const char *text = NULL;

		if (strcmp(argv[1], "-l") == 0 || strcmp(argv[1], "--list") == 0)
			return list(argc > 2 ? argv[2] : NULL);
		if (strncmp(argv[1], "--list=", 7) == 0)
			return list(argv[1] + 7);
		if (strncmp(argv[1], "-l", 2) == 0 && argv[1][2])
			return list(argv[1] + 2);
		if (strcmp(argv[1], "-L") == 0 || strcmp(argv[1], "--table") == 0)
			return table();
		if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
			usage(stdout);
		if (strcmp(argv[1], "-V") == 0 || strcmp(argv[1], "--version") == 0)
			return puts("kill from procps-ng 4.0.2"), 0;
		if (strcmp(argv[1], "-s") == 0 || strcmp(argv[1], "--signal") == 0) {
			if (argc < 3)
				usage(stderr);
			text = argv[2];
			i = 3;
		} else if (strncmp(argv[1], "--signal=", 9) == 0) {
			text = argv[1] + 9;
			i = 2;
		} else if (strcmp(argv[1], "--") != 0) {
			text = argv[1] + 1;
			i = 2;
		}
		if (text) {
			number = signal_number(text);
			if (number < 0 && i == 2) {
				fprintf(stderr, "kill: invalid argument %c\n", *text);
				exit(1);
			}
			if (number < 0) {
				fprintf(stderr, "kill: unknown signal name %s\n", text);
				return 1;
			}
		}
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i == argc)
		usage(stderr);
	for (; i < argc; i++) {
		char *end;
		long pid = strtol(argv[i], &end, 10);

		if (end == argv[i] || *end) {
			fprintf(stderr, "kill: failed to parse argument: '%s'\n", argv[i]);
			return 1;
		}
		if (kill((pid_t)pid, number) != 0) {
			fprintf(stderr, "kill: (%ld): %s\n", pid, strerror(errno));
			status = 1;
		}
	}
	return status;
}
