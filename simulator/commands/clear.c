/* clear(1) of ncurses-bin, for the terminals that speak as xterm does. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	const char *term = getenv("TERM");

	if (!term || !*term) {
		fputs("TERM environment variable not set.\n", stderr);
		return 2;
	}
	fputs("\033[H\033[2J\033[3J", stdout);
	return 0;
}
