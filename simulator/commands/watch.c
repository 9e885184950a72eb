/* watch(1) of procps 4.0.2: a command again and again, until Ctrl+C. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int option, no_title = 0, errors = 0, width = 80, height = 24, i;
	char command[4096] = "", left[4096], right[128], host[65] = "", when[64];
	double interval = 2;
	struct winsize size;

	while ((option = getopt(argc, argv, "+bcdegn:ptwxhv")) != -1) {
		switch (option) {
		case 'n': interval = atof(optarg) < 0.1 ? 0.1 : atof(optarg); break;
		case 't': no_title = 1; break;
		case 'e': errors = 1; break;
		case '?': case 'h':
			fputs("\nUsage:\n watch [options] command\n\nFor more details see watch(1).\n", option == 'h' ? stdout : stderr);
			return option != 'h';
		}
	}
	if (optind == argc) {
		fputs("\nUsage:\n watch [options] command\n\nFor more details see watch(1).\n", stderr);
		return 1;
	}
	for (i = optind; i < argc; i++) {
		strncat(command, argv[i], sizeof command - strlen(command) - 2);
		if (i + 1 < argc)
			strcat(command, " ");
	}
	if (ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col) {
		width = size.ws_col;
		height = size.ws_row;
	}
	gethostname(host, sizeof host - 1);
	for (;;) {
		time_t now = time(NULL);
		int row = 0, status;
		char line[4096];
		FILE *output;

		printf("\033[H\033[J");
		if (!no_title) {
			strftime(when, sizeof when, "%a %b %e %H:%M:%S %Y", localtime(&now));
			snprintf(left, sizeof left, "Every %.1fs: %.4000s", interval, command);
			snprintf(right, sizeof right, "%s: %s", host, when);
			printf("%-*.*s%s\n\n", width - (int)strlen(right), width - (int)strlen(right), left, right);
			row = 2;
		}
		fflush(stdout);
		output = popen(command, "r");
		while (output && fgets(line, sizeof line, output))
			if (row++ < height - 1)
				fputs(line, stdout);
		status = output ? pclose(output) : -1;
		fflush(stdout);
		if (errors && status != 0)
			return WEXITSTATUS(status);
		usleep((useconds_t)(interval * 1e6));
	}
}
