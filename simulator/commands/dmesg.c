/* dmesg(1) of util-linux 2.38: the kernel's ring buffer by klogctl. Uses lib/ul.c. */
#include "lib/ul.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/klog.h>

int main(int argc, char **argv)
{
	int option, size, got, i, at_start = 1, raw = 0, no_time = 0;
	char *text;

	while ((option = getopt(argc, argv, "CcdeHhkLl:n:rsSTtuVwx")) != -1) {
		switch (option) {
		case 'r': raw = 1; break;
		case 't': no_time = 1; break;
		case 'V': ul_version();
		case 'h': ul_help(" dmesg [options]\n\nDisplay or control the kernel ring buffer.\n");
		case '?': ul_try_help();
		case 'C':
			if (klogctl(5, NULL, 0) < 0)
				err(EXIT_FAILURE, "clear kernel buffer failed");
			return 0;
		}
	}
	size = klogctl(10, NULL, 0);
	if (size <= 0)
		size = 1 << 18;
	text = malloc((size_t)size);
	got = text ? klogctl(3, text, size) : -1;
	if (got < 0)
		err(EXIT_FAILURE, "read kernel buffer failed");
	for (i = 0; i < got; i++) {
		if (at_start && text[i] == '<' && !raw)
			while (i < got && text[i++] != '>')
				;
		if (at_start && i < got && text[i] == '[' && no_time) {
			while (i < got && text[i++] != ']')
				;
			i++;
		}
		if (i >= got)
			break;
		putchar(text[i]);
		at_start = text[i] == '\n';
	}
	if (!at_start)
		putchar('\n');
	return 0;
}
