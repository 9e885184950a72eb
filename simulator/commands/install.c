/* install(1) of coreutils. Uses lib/core*.c, lib/copy.c. */
#include "lib/copy.h"
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned mode = 0755;
static uid_t owner = (uid_t)-1;
static gid_t group = (gid_t)-1;
static int verbose;

static int finish(const char *path)
{
	if ((owner != (uid_t)-1 || group != (gid_t)-1) && lchown(path, owner, group) != 0) {
		core_error(0, errno, "cannot change ownership of %s", core_quoteaf(path));
		return 0;
	}
	if (chmod(path, mode) != 0) {
		core_error(0, errno, "cannot change permissions of %s", core_quoteaf(path));
		return 0;
	}
	return 1;
}

/* The directory and those above it that are not there yet; `last`: it gets the mode as well. */
static int directory(char *path, int last)
{
	char *slash;
	struct stat st;

	for (slash = strchr(path + 1, '/'); ; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(path, 0755) == 0) {
			if (verbose)
				printf("%s: creating directory %s\n", core_name, core_quoteaf(path));
		} else if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
			core_error(0, errno, "cannot create directory %s", core_quoteaf(path));
			return 0;
		}
		if (!slash)
			return !last || finish(path);
		*slash = '/';
	}
}

static int file(const char *from, const char *to)
{
	int there;
	static const struct copy_options options = { .remove_destination = 1, .dereference = 1 };
	struct stat st;

	if (stat(from, &st) != 0) {
		core_error(0, errno, "cannot stat %s", core_quoteaf(from));
		return 0;
	}
	if (S_ISDIR(st.st_mode)) {
		core_error(0, 0, "omitting directory %s", core_quoteaf(from));
		return 0;
	}
	there = lstat(to, &st) == 0;
	if (!copy_path(from, to, &options, 1))
		return 0;
	if (verbose && there)
		printf("removed %s\n", core_quoteaf(to));
	if (verbose)
		printf("%s -> %s\n", core_quoteaf(from), core_quoteaf(to));
	return finish(to);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "directory", 0, NULL, 'd' }, { "group", 1, NULL, 'g' }, { "mode", 1, NULL, 'm' }, { "owner", 1, NULL, 'o' }, { "preserve-timestamps", 0, NULL, 'p' }, { "strip", 0, NULL, 's' },
		{ "target-directory", 1, NULL, 't' }, { "no-target-directory", 0, NULL, 'T' }, { "verbose", 0, NULL, 'v' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *target = NULL, *mode_text = NULL, *wrong;
	int option, directories = 0, parents = 0, plain = 0, status = 0, count;
	char named[256];
	struct stat st;

	core_start(argv[0], "[OPTION]... [-T] SOURCE DEST");
	while ((option = core_getopt(argc, argv, "bcCdDg:m:o:pst:Tv", longs)) != -1) {
		switch (option) {
		case 'd': directories = 1; break;
		case 'D': parents = 1; break;
		case 'T': plain = 1; break;
		case 'v': verbose = 1; break;
		case 't': target = optarg; break;
		case 'm': mode_text = optarg; break;
		case 'o': case 'g':
			snprintf(named, sizeof named, option == 'g' ? ":%s" : "%s", optarg);
			wrong = core_parse_owner(named, option == 'g' ? &(uid_t){ 0 } : &owner, option == 'g' ? &group : &(gid_t){ 0 });
			if (wrong)
				core_error(1, 0, "%s %s", wrong, core_quoteaf(optarg));
			break;
		}
	}
	if (mode_text && !core_parse_mode(mode_text, 0, directories, 0, &mode))
		core_error(1, 0, "invalid mode %s", core_quote(mode_text));
	mode &= 07777;
	count = argc - optind;
	argv += optind;
	if (count < 1 || (count < 2 && !directories && !target)) {
		core_error(0, 0, count < 1 ? "missing file operand" : "missing destination file operand after %s", count < 1 ? "" : core_quoteaf(argv[0]));
		core_try_help(1);
	}
	if (directories) {
		for (; *argv; argv++)
			status |= !directory(core_strdup(*argv), 1);
		return status;
	}
	if (!target && !plain && stat(argv[count - 1], &st) == 0 && S_ISDIR(st.st_mode))
		target = argv[--count];
	if (!target) {
		char *slash = strrchr(argv[1], '/'), *above = slash && slash > argv[1] ? core_strdup(argv[1]) : NULL;

		if (count > 2)
			core_error(1, 0, "target %s is not a directory", core_quoteaf(argv[count - 1]));
		if (parents && above) {
			above[slash - argv[1]] = '\0';
			if (!directory(above, 0))
				return 1;
		}
		return !file(argv[0], argv[1]);
	}
	for (; count > 0; count--, argv++) {
		char *base = core_base_name(*argv), *to = core_malloc(strlen(target) + strlen(base) + 2);

		sprintf(to, "%s/%s", target, base);
		status |= !file(*argv, to);
	}
	return status;
}
