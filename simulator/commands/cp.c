/* cp(1) of coreutils. Uses lib/core*.c, lib/copy.c. */
#include "lib/copy.h"
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>

static struct copy_options options;

static char *inside(const char *directory, const char *path)
{
	char *base = options.parents ? core_strdup(path) : core_base_name(path), *out;

	/* `cp -r dir/.. x` goes to x itself */
	if (strcmp(base, "..") == 0 || strcmp(base, ".") == 0)
		return core_strdup(directory);
	out = core_malloc(strlen(directory) + strlen(base) + 2);
	sprintf(out, directory[strlen(directory) - 1] == '/' ? "%s%s" : "%s/%s", directory, base);
	return out;
}

static void make_parents(char *path, size_t from)
{
	char *slash;

	for (slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
}

static int is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void preserve(const char *list, int on)
{
	int all = list && strstr(list, "all");

	if (!list || all || strstr(list, "mode"))
		options.preserve_mode = on;
	if (!list || all || strstr(list, "ownership"))
		options.preserve_owner = on;
	if (!list || all || strstr(list, "timestamps"))
		options.preserve_times = on;
	if (all || (list && strstr(list, "links")))
		options.preserve_links = on;
	if (all || (list && strstr(list, "xattr")))
		options.preserve_xattrs = on && !all ? 2 : on;
}

enum { PRESERVE = 256, PARENTS, REMOVE, REFLINK, SPARSE, ATTRIBUTES_ONLY, NO_PRESERVE };

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "archive", 0, NULL, 'a' }, { "force", 0, NULL, 'f' }, { "interactive", 0, NULL, 'i' }, { "link", 0, NULL, 'l' }, { "dereference", 0, NULL, 'L' },
		{ "no-clobber", 0, NULL, 'n' }, { "no-dereference", 0, NULL, 'P' }, { "preserve", 2, NULL, PRESERVE }, { "parents", 0, NULL, PARENTS },
		{ "recursive", 0, NULL, 'r' }, { "remove-destination", 0, NULL, REMOVE }, { "symbolic-link", 0, NULL, 's' }, { "target-directory", 1, NULL, 't' },
		{ "no-target-directory", 0, NULL, 'T' }, { "update", 0, NULL, 'u' }, { "verbose", 0, NULL, 'v' }, { "reflink", 2, NULL, REFLINK },
		{ "sparse", 1, NULL, SPARSE }, { "no-preserve", 1, NULL, NO_PRESERVE }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	int option, plain = 0, status = 0, count, no_dereference = 0;
	const char *directory = NULL;

	core_start(argv[0], "[OPTION]... [-T] SOURCE DEST");
	while ((option = core_getopt(argc, argv, "abdfHilLnprst:uvxPRS:T", longs)) != -1) {
		switch (option) {
		case 'a': options.recursive = no_dereference = 1; preserve("all", 1); break;
		case 'd': no_dereference = options.preserve_links = 1; break;
		case 'f': options.force = 1; break;
		case 'H': options.dereference_args = 1; break;
		case 'i': options.interactive = 1; options.no_clobber = 0; break;
		case 'l': options.hard_link = 1; break;
		case 'L': options.dereference = 1; no_dereference = 0; break;
		case 'n': options.no_clobber = 1; options.interactive = 0; break;
		case 'p': preserve(NULL, 1); break;
		case PRESERVE: preserve(optarg, 1); break;
		case NO_PRESERVE: preserve(optarg, 0); break;
		case PARENTS: options.parents = 1; break;
		case 'r': case 'R': options.recursive = 1; break;
		case REMOVE: options.remove_destination = 1; break;
		case 's': options.symbolic_link = 1; break;
		case 't': directory = optarg; break;
		case 'T': plain = 1; break;
		case 'u': options.update = 1; break;
		case 'v': options.verbose = 1; break;
		case 'P': no_dereference = 1; break;
		}
	}
	if (!options.recursive && !no_dereference)
		options.dereference = 1;
	argv += optind;
	count = argc - optind;
	if (count == 0)
		core_error(0, 0, "missing file operand"), core_try_help(1);
	if (count == 1 && !directory)
		core_error(0, 0, "missing destination file operand after %s", core_quoteaf(argv[0])), core_try_help(1);
	if (plain && count > 2)
		core_error(0, 0, "extra operand %s", core_quoteaf(argv[2])), core_try_help(1);
	if (directory && !is_directory(directory))
		core_error(1, errno ? errno : ENOTDIR, "target directory %s", core_quoteaf(directory));
	if (!directory && !plain) {
		if (is_directory(argv[count - 1]))
			directory = argv[--count];
		else if (count > 2 || argv[count - 1][strlen(argv[count - 1]) - 1] == '/') {
			struct stat st;

			if (count > 2)
				core_error(1, stat(argv[count - 1], &st) == 0 ? ENOTDIR : errno, "target %s", core_quoteaf(argv[count - 1]));
		}
	}
	if (!directory)
		return !copy_path(argv[0], argv[1], &options, 1);
	for (; count > 0; count--, argv++) {
		char *to = inside(directory, argv[0]);

		if (options.parents)
			make_parents(to, strlen(directory) + 1);
		if (!copy_path(argv[0], to, &options, 1))
			status = 1;
	}
	return status;
}
