/* less and more: space for a page, return for a line, q to leave; without a terminal they copy. */
#include "pager.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int height = 24, keys = -1, status;

/* What to do: lines to show next, 0 to leave. */
static int ask(const char *prompt)
{
	struct termios saved, raw;
	char key = 'q';

	printf("%s", prompt);
	fflush(stdout);
	if (tcgetattr(keys, &saved) == 0) {
		raw = saved;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
		tcsetattr(keys, TCSANOW, &raw);
		if (read(keys, &key, 1) != 1)
			key = 'q';
		tcsetattr(keys, TCSANOW, &saved);
	}
	printf("\r\033[K");
	switch (key) {
	case 'q': case 'Q': case 3: return 0;
	case '\n': case '\r': case 'j': return 1;
	case 'd': return height / 2;
	default: return height - 1;
	}
}

static int show(FILE *file, const char *prompt, int at_end_quits)
{
	int left = height - 1, c;
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, file) >= 0) {
		if (left == 0) {
			left = ask(prompt);
			if (left == 0)
				return 0;
		}
		fputs(line, stdout);
		left--;
	}
	free(line);
	c = at_end_quits ? 0 : ask("\033[7m(END)\033[27m");
	while (!at_end_quits && c > 0)
		c = ask("\033[7m(END)\033[27m");
	return 1;
}

static void copy(FILE *file)
{
	char buf[8192];
	size_t got;

	while ((got = fread(buf, 1, sizeof buf, file)) > 0)
		fwrite(buf, 1, got, stdout);
}

int pager_main(int argc, char **argv, const char *prompt, int at_end_quits)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	int i, terminal = isatty(1), files = 0;
	struct winsize size;

	if (terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_row > 2)
		height = size.ws_row;
	keys = isatty(0) ? 0 : 2;
	for (i = 1; i < argc; i++)
		files += argv[i][0] != '-' && argv[i][0] != '+';
	if (files == 0) {
		if (isatty(0)) {
			if (at_end_quits)
				fprintf(stderr, "%s: bad usage\nTry '%s --help' for more information.\n", name, name);
			else
				fputs("Missing filename (\"less --help\" for help)\n", stdout);
			return 1;
		}
		if (terminal)
			show(stdin, prompt, at_end_quits);
		else
			copy(stdin);
		return 0;
	}
	for (i = 1; i < argc; i++) {
		struct stat st;
		FILE *file;

		if (argv[i][0] == '-' || argv[i][0] == '+')
			continue;
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode)) {
			if (at_end_quits)
				printf("\n*** %s: directory ***\n\n", argv[i]);
			else
				fprintf(stderr, "%s is a directory\n", argv[i]);
			status = !at_end_quits;
			continue;
		}
		file = fopen(argv[i], "r");
		if (!file) {
			if (at_end_quits)
				fprintf(stderr, "%s: cannot open %s: %s\n", name, argv[i], strerror(errno));
			else
				fprintf(stderr, "%s: %s\n", argv[i], strerror(errno));
			status = 0;
			continue;
		}
		if (at_end_quits && files > 1)
			printf("::::::::::::::\n%s\n::::::::::::::\n", argv[i]);
		if (terminal) {
			if (!show(file, prompt, at_end_quits))
				break;
		} else {
			copy(file);
		}
		fclose(file);
	}
	return status;
}
