/* echo(1) of coreutils. Uses lib/core.c, lib/printf_format.c. */
#include "lib/core.h"
#include "lib/printf_format.h"

#include <string.h>

int main(int argc, char **argv)
{
	int i = 1, newline = 1, escapes = 0, stop = 0, first;

	core_start(argv[0], "[SHORT-OPTION]... [STRING]...");
	for (; i < argc && argv[i][0] == '-' && argv[i][1] && argv[i][1 + strspn(argv[i] + 1, "neE")] == '\0'; i++) {
		const char *p;

		for (p = argv[i] + 1; *p; p++) {
			if (*p == 'n')
				newline = 0;
			else
				escapes = *p == 'e';
		}
	}
	for (first = i; i < argc && !stop; i++) {
		const char *text = argv[i];

		if (i > first)
			putchar(' ');
		while (*text && !stop) {
			if (escapes && *text == '\\' && text[1] && !strchr("uU\"'", text[1]))
				text = print_escape(text + 1, 1, &stop);
			else
				putchar(*text++);
		}
	}
	if (newline && !stop)
		putchar('\n');
	return 0;
}
