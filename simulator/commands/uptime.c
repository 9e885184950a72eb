/* uptime(1) of procps 4.0.2. Uses lib/uptime_line.c. */
#include "lib/uptime_line.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "pretty", 0, NULL, 'p' }, { "since", 0, NULL, 's' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 } };
	int option;
	char text[64];
	time_t since;
	struct tm tm;

	while ((option = getopt_long(argc, argv, "phsV", longs, NULL)) != -1) {
		switch (option) {
		case 'p': uptime_pretty(); return 0;
		case 's':
			since = time(NULL) - (time_t)uptime_seconds();
			localtime_r(&since, &tm);
			strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
			puts(text);
			return 0;
		case 'V': puts("uptime from procps-ng 4.0.2"); return 0;
		default:
			fputs("\nUsage:\n uptime [options]\n\nOptions:\n -p, --pretty   show uptime in pretty format\n -h, --help     display this help and exit\n"
			      " -s, --since    system up since\n -V, --version  output version information and exit\n\nFor more details see uptime(1).\n", option == 'h' ? stdout : stderr);
			return option != 'h';
		}
	}
	uptime_line();
	return 0;
}
