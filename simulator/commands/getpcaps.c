/* getpcaps(8) of libcap 2.66. Uses libcap's functions of the libc. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>

static void usage(void)
{
	fputs("usage: getcaps [opts] <pid> [<pid> ...]\n\n  This program displays the capabilities on the queried process(es).\n"
	      "  The capabilities are displayed in the cap_from_text(3) format.\n\n  Optional arguments:\n"
	      "     --help, -h or --usage display this message.\n     --verbose             use a more verbose output format.\n"
	      "     --ugly or --legacy    use the archaic legacy output format.\n     --iab                 show IAB of process too.\n"
	      "     --license             display license info\n", stderr);
	exit(1);
}

int main(int argc, char **argv)
{
	int verbose = 0, status = 0, i;

	if (argc < 2)
		usage();
	for (i = 1; i < argc; i++) {
		cap_t caps;
		char *text;
		int pid;

		if (strcmp(argv[i], "--verbose") == 0) {
			verbose = 1;
			continue;
		}
		if (strcmp(argv[i], "--ugly") == 0 || strcmp(argv[i], "--legacy") == 0) {
			verbose = 2;
			continue;
		}
		if (argv[i][0] == '-')
			usage();
		pid = atoi(argv[i]);
		caps = cap_get_pid(pid);
		if (!caps) {
			fprintf(stderr, "Failed to get cap's for process %d: (%s)\n", pid, strerror(errno));
			status = 1;
			continue;
		}
		text = cap_to_text(caps, NULL);
		if (verbose == 1)
			printf("Capabilities for '%s': %s\n", argv[i], text);
		else if (verbose == 2)
			fprintf(stderr, "Capabilities for `%s': %s\n", argv[i], text);
		else
			printf("%d: %s\n", pid, text);
		cap_free(text);
		cap_free(caps);
	}
	return status;
}
