/* w(1) of procps 4.0.2. Uses lib/uptime_line.c. */
#include "lib/uptime_line.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc < 2 || !strchr(argv[1], 'h')) {
		uptime_line();
		puts("USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT");
	}
	return 0;
}
