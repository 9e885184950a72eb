/* ls(1) of coreutils. Uses lib/core*.c, lib/ls_*.c. */
#define _GNU_SOURCE
#include "core.h"
#include "ls.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct ls_options ls = { .time = 'm', .width = 80 };
static int status;
static const char *ignored[16];
static int ignored_count;

static void minor_trouble(int errnum, const char *format, const char *name)
{
	core_error(0, errnum, format, core_quoteaf(name));
	if (status == 0)
		status = 1;
}

static int needs_stat(void)
{
	return ls.format == LS_LONG || ls.inode || ls.blocks || ls.classify || ls.slashes || ls.color || ls.recursive || ls.sort == LS_SIZE ||
	       ls.sort == LS_TIME || ls.groups_first || ls.dereference;
}

/* Fills in what is known of path; false when an argument is not there. */
static int look(struct ls_file *file, const char *path, int is_argument)
{
	int follow = ls.dereference || (is_argument && ls.dereference_args), result;

	if (!is_argument && !needs_stat())
		return 1;
	result = follow ? stat(path, &file->st) : -1;
	if (result != 0)
		result = lstat(path, &file->st);
	if (result != 0) {
		if (is_argument) {
			core_error(0, errno, "cannot access %s", core_quoteaf(path));
			status = 2;
			return 0;
		}
		minor_trouble(errno, "cannot access %s", path);
		return 1;
	}
	file->has_stat = 1;
	if (S_ISLNK(file->st.st_mode)) {
		file->has_target = stat(path, &file->target) == 0;
		if (ls.format == LS_LONG || ls.color) {
			char target[4096];
			ssize_t length = readlink(path, target, sizeof target - 1);

			if (length < 0) {
				minor_trouble(errno, "cannot read symbolic link %s", path);
			} else {
				target[length] = '\0';
				file->link = core_strdup(target);
			}
		}
	}
	return 1;
}

static int hidden(const char *name)
{
	int i;

	if (name[0] == '.' && !ls.all) {
		if (!ls.almost_all)
			return 1;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			return 1;
	}
	if (ls.ignore_backups && *name && name[strlen(name) - 1] == '~')
		return 1;
	for (i = 0; i < ignored_count; i++)
		if (strcmp(ignored[i], name) == 0)
			return 1;
	return 0;
}

static char *join(const char *directory, const char *name)
{
	char *path = core_malloc(strlen(directory) + strlen(name) + 2);

	if (strcmp(directory, ".") == 0 && !ls.recursive)
		return strcpy(path, name);
	sprintf(path, directory[strlen(directory) - 1] == '/' ? "%s%s" : "%s/%s", directory, name);
	return path;
}

static int printed;

static void list_directory(const char *path, int heading, int is_argument)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	struct ls_file *files = NULL;
	int count = 0, room = 0, i;

	if (!directory) {
		core_error(0, errno, "cannot open directory %s", core_quoteaf(path));
		if (is_argument)
			status = 2;
		else if (status == 0)
			status = 1;
		return;
	}
	if (heading) {
		if (printed)
			putchar('\n');
		printf("%s:\n", ls_show_name(path));
	}
	printed = 1;
	errno = 0;
	while ((entry = readdir(directory)) != NULL) {
		if (hidden(entry->d_name))
			continue;
		if (count == room) {
			room = room ? room * 2 : 32;
			files = core_realloc(files, (size_t)room * sizeof *files);
		}
		memset(&files[count], 0, sizeof *files);
		files[count].name = core_strdup(entry->d_name);
		files[count].st.st_ino = entry->d_ino;
		look(&files[count++], join(path, entry->d_name), 0);
		errno = 0;
	}
	if (errno)
		minor_trouble(errno, "reading directory %s", path);
	closedir(directory);
	ls_sort_files(files, count);
	ls_print(files, count, 1);
	for (i = 0; ls.recursive && i < count; i++)
		if (files[i].has_stat && S_ISDIR(files[i].st.st_mode) && strcmp(files[i].name, ".") != 0 && strcmp(files[i].name, "..") != 0)
			list_directory(join(path, files[i].name), 1, 0);
	for (i = 0; i < count; i++) {
		free(files[i].name);
		free(files[i].link);
	}
	free(files);
}

static void invalid_argument(const char *what, const char *value, const char *choices)
{
	core_error(0, 0, "invalid argument %s for %s", core_quote(value), core_quote(what));
	fprintf(stderr, "Valid arguments are:\n%s", choices);
	core_try_help(1);
}

static void read_sort(const char *word)
{
	static const struct { const char *name; enum ls_sort sort; } words[] = {
		{ "none", LS_NONE }, { "time", LS_TIME }, { "size", LS_SIZE }, { "extension", LS_EXTENSION }, { "version", LS_VERSION }, { "name", LS_NAME }
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].name, word) == 0) {
			ls.sort = words[i].sort;
			return;
		}
	invalid_argument("--sort", word, "  - ‘none’\n  - ‘time’\n  - ‘size’\n  - ‘extension’\n  - ‘version’\n  - ‘width’\n");
}

static void read_time_style(const char *word)
{
	ls.full_time = 0;
	if (strcmp(word, "full-iso") == 0)
		ls.full_time = 1;
	else if (strcmp(word, "long-iso") == 0)
		ls.time_format = "%Y-%m-%d %H:%M";
	else if (strcmp(word, "iso") == 0)
		ls.time_format = "%m-%d %H:%M";
	else if (*word == '+')
		ls.time_format = word + 1;
	else if (strcmp(word, "locale") != 0)
		invalid_argument("time style", word, "  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n  - [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n");
}

enum { SORT = 256, TIME, TIME_STYLE, FULL_TIME, COLOR, GROUP_FIRST, SI, FORMAT, DEREF_ARGS };

static void read_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", 0, NULL, 'a' }, { "almost-all", 0, NULL, 'A' }, { "ignore-backups", 0, NULL, 'B' }, { "directory", 0, NULL, 'd' },
		{ "classify", 2, NULL, 'F' }, { "human-readable", 0, NULL, 'h' }, { "inode", 0, NULL, 'i' }, { "ignore", 1, NULL, 'I' },
		{ "dereference", 0, NULL, 'L' }, { "numeric-uid-gid", 0, NULL, 'n' }, { "literal", 0, NULL, 'N' }, { "no-group", 0, NULL, 'G' },
		{ "hide-control-chars", 0, NULL, 'q' }, { "quote-name", 0, NULL, 'Q' }, { "reverse", 0, NULL, 'r' }, { "recursive", 0, NULL, 'R' },
		{ "size", 0, NULL, 's' }, { "width", 1, NULL, 'w' }, { "escape", 0, NULL, 'b' }, { "sort", 1, NULL, SORT }, { "time", 1, NULL, TIME },
		{ "time-style", 1, NULL, TIME_STYLE }, { "full-time", 0, NULL, FULL_TIME }, { "color", 2, NULL, COLOR }, { "kibibytes", 0, NULL, 'k' },
		{ "group-directories-first", 0, NULL, GROUP_FIRST }, { "si", 0, NULL, SI }, { "dereference-command-line", 0, NULL, 'H' }, CORE_LONG_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	int option, terminal = isatty(1), sort_set = 0;
	const char *columns = getenv("COLUMNS");
	struct winsize size;

	ls.format = terminal ? LS_COLUMNS : LS_ONE;
	ls.shell_quotes = terminal && !ls.busybox;
	if (columns && atoi(columns) > 0)
		ls.width = atoi(columns);
	else if (terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col)
		ls.width = size.ws_col;
	while ((option = core_getopt(argc, argv, "abcdfghiklmnopqrstuvw:xABCFGHI:LNQRSUXZ1", longs)) != -1) {
		switch (option) {
		case 'a': ls.all = 1; break;
		case 'A': ls.almost_all = 1; break;
		case 'b': ls.escape = 1; break;
		case 'B': ls.ignore_backups = 1; break;
		case 'c': ls.time = 'c'; break;
		case 'C': ls.format = LS_COLUMNS; break;
		case 'd': ls.directory = 1; break;
		case 'f': ls.all = 1, ls.sort = LS_NONE, sort_set = 1; if (ls.format == LS_LONG) ls.format = terminal ? LS_COLUMNS : LS_ONE; break;
		case 'F': ls.classify = 1; break;
		case 'g': ls.format = LS_LONG, ls.no_owner = 1; break;
		case 'G': ls.no_group = 1; break;
		case 'h': ls.human = 1024; break;
		case 'H': ls.dereference_args = 1; break;
		case 'i': ls.inode = 1; break;
		case 'I': if (ignored_count < 16) ignored[ignored_count++] = optarg; break;
		case 'k': ls.kibi = 1; break;
		case 'l': ls.format = LS_LONG; break;
		case 'L': ls.dereference = 1; break;
		case 'm': ls.format = LS_COMMAS; break;
		case 'n': ls.format = LS_LONG, ls.numeric = 1; break;
		case 'N': ls.literal = 1, ls.shell_quotes = 0; break;
		case 'o': ls.format = LS_LONG, ls.no_group = 1; break;
		case 'p': ls.slashes = 1; break;
		case 'q': ls.literal = 2, ls.shell_quotes = 0; break;
		case 'Q': ls.quote_c = 1; break;
		case 'r': ls.reverse = 1; break;
		case 'R': ls.recursive = 1; break;
		case 's': ls.blocks = 1; break;
		case 'S': ls.sort = LS_SIZE, sort_set = 1; break;
		case 't': ls.sort = LS_TIME, sort_set = 1; break;
		case 'u': ls.time = 'a'; break;
		case 'U': ls.sort = LS_NONE, sort_set = 1; break;
		case 'v': ls.sort = LS_VERSION, sort_set = 1; break;
		case 'w': ls.width = atoi(optarg) > 0 ? atoi(optarg) : 10000; break;
		case 'x': ls.format = LS_ACROSS; break;
		case 'X': ls.sort = LS_EXTENSION, sort_set = 1; break;
		case '1': if (ls.format != LS_LONG) ls.format = LS_ONE; break;
		case SI: ls.human = 1000; break;
		case SORT: read_sort(optarg), sort_set = 1; break;
		case TIME: ls.time = *optarg == 'a' || *optarg == 'u' ? 'a' : *optarg == 'c' || *optarg == 's' ? 'c' : 'm'; break;
		case TIME_STYLE: read_time_style(optarg); break;
		case FULL_TIME: ls.format = LS_LONG, ls.full_time = 1; break;
		case COLOR: ls.color = !optarg || strcmp(optarg, "always") == 0 || strcmp(optarg, "yes") == 0 || (terminal && strcmp(optarg, "auto") == 0); break;
		case GROUP_FIRST: ls.groups_first = 1; break;
		}
	}
	if (ls.time != 'm' && !sort_set && ls.format != LS_LONG)
		ls.sort = LS_TIME;
	if (!ls.dereference_args && !ls.directory && ls.format != LS_LONG && !ls.classify)
		ls.dereference_args = 2;
	if (ls.dereference_args == 0 && !ls.directory && ls.format != LS_LONG)
		ls.dereference_args = 0;
}

int ls_main(int argc, char **argv)
{
	struct ls_file *files;
	char *here[] = { (char *)"." };
	int i, count = 0, plain = 0, operands;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... [FILE]...");
	read_options(argc, argv);
	argv += optind;
	operands = argc - optind;
	if (operands == 0) {
		argv = here;
		operands = 1;
	}
	files = core_malloc((size_t)operands * sizeof *files);
	for (i = 0; i < operands; i++) {
		memset(&files[count], 0, sizeof *files);
		files[count].name = argv[i];
		if (look(&files[count], argv[i], 1))
			count++;
	}
	ls_sort_files(files, count);
	if (!ls.directory) {
		struct ls_file *others = core_malloc((size_t)(count + 1) * sizeof *others);

		for (i = 0; i < count; i++) {
			int directory = S_ISDIR(files[i].st.st_mode);

			/* A link to a directory counts as the directory unless the link itself is asked about. */
			if (S_ISLNK(files[i].st.st_mode) && ls.dereference_args && files[i].has_target && S_ISDIR(files[i].target.st_mode))
				directory = 1;
			if (!directory)
				others[plain++] = files[i];
		}
		if (plain > 0) {
			ls_print(others, plain, 0);
			printed = 1;
		}
		for (i = 0; i < count; i++) {
			int directory = S_ISDIR(files[i].st.st_mode);

			if (S_ISLNK(files[i].st.st_mode) && ls.dereference_args && files[i].has_target && S_ISDIR(files[i].target.st_mode))
				directory = 1;
			if (directory)
				list_directory(files[i].name, operands > 1 || ls.recursive, 1);
		}
		return status;
	}
	ls_print(files, count, 0);
	return status;
}
