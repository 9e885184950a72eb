/* What stands for a program that Debian has and this computer has not: it says so. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>

int main(void)
{
	fprintf(stderr, "%s: this command is not simulated\n", program_invocation_short_name);
	return 127;
}
