/* which(1) of debianutils, which is a shell script there. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int executable(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static int find(const char *name, int all, int silent)
{
	const char *path = getenv("PATH");
	char full[4096];
	int found = 0;

	if (strchr(name, '/')) {
		if (!executable(name))
			return 0;
		if (!silent)
			puts(name);
		return 1;
	}
	for (; path && (all || !found); path = *path ? path + 1 : NULL) {
		size_t length = strcspn(path, ":");

		snprintf(full, sizeof full, "%.*s/%s", length ? (int)length : 1, length ? path : ".", name);
		if (executable(full)) {
			if (!silent)
				puts(full);
			found = 1;
		}
		path += length;
	}
	return found;
}

int main(int argc, char **argv)
{
	int option, all = 0, silent = 0, status = 0;

	opterr = 0;
	while ((option = getopt(argc, argv, "+as")) != -1) {
		if (option == 'a')
			all = 1;
		else if (option == 's')
			silent = 1;
		else {
			fprintf(stderr, "Illegal option -%c\n", optopt);
			puts("Usage: /usr/bin/which [-a] args");
			return 2;
		}
	}
	if (optind == argc)
		return 1;
	for (; optind < argc; optind++)
		if (!find(argv[optind], all, silent))
			status = 1;
	return status;
}
