/* getcap(8) of libcap 2.66. Uses libcap's functions of the libc. */
#define _GNU_SOURCE
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/stat.h>
#include <unistd.h>

static int verbose, recursive, namespace;

static void usage(void)
{
	fputs("usage: getcap [-h] [-l] [-n] [-r] [-v] <filename> [<filename> ...]\n\n\tdisplays the capabilities on the queried file(s).\n", stderr);
	exit(1);
}

static int show(const char *name, const struct stat *file, int type, struct FTW *at)
{
	cap_t caps;
	char *text;
	uid_t root;

	(void)file;
	(void)at;
	if (type != FTW_F) {
		if (verbose)
			printf("%s (Not a regular file)\n", name);
		return 0;
	}
	caps = cap_get_file(name);
	if (!caps) {
		if (errno != ENODATA)
			fprintf(stderr, "Failed to get capabilities of file '%s' (%s)\n", name, strerror(errno));
		else if (verbose)
			puts(name);
		return 0;
	}
	text = cap_to_text(caps, NULL);
	root = cap_get_nsowner(caps);
	if (namespace && root + 1 > 1)
		printf("%s %s [rootid=%d]\n", name, text, root);
	else
		printf("%s %s\n", name, text);
	cap_free(text);
	cap_free(caps);
	return 0;
}

int main(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "rvhnl")) > 0)
		switch (c) {
		case 'r': recursive = 1; break;
		case 'v': verbose = 1; break;
		case 'n': namespace = 1; break;
		case 'l':
			printf("%s see LICENSE file for details.\nCopyright (c) 1997,2007,2021 Andrew G. Morgan <morgan@kernel.org>\n", argv[0]);
			return 0;
		default: usage();
		}
	if (!argv[optind])
		usage();
	for (; argv[optind]; optind++) {
		struct stat file;

		if (lstat(argv[optind], &file) != 0)
			fprintf(stderr, "%s (%s)\n", argv[optind], strerror(errno));
		else if (recursive)
			nftw(argv[optind], show, 20, FTW_PHYS);
		else
			show(argv[optind], &file, S_ISREG(file.st_mode) ? FTW_F : S_ISLNK(file.st_mode) ? FTW_SL : FTW_NS, NULL);
	}
	return 0;
}
