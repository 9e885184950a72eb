/* grep(1) 3.8. Uses lib/core*.c, lib/grep_match.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/grep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct grep_options grep;
static int invert, counts, list, quiet, no_messages, numbers, offsets, names = -1, only, recursive, status = 1, binary_as_text, line_end = '\n', color, null_names;
static long before, after, most = -1;
static int files_without, context_given;
static const char *label = "(standard input)";
static const char *includes[16], *excludes[16], *exclude_dirs[16];
static int include_count, exclude_count, exclude_dir_count, without_match_binary;

struct line { char *text; size_t length; long number, offset; };

static void put_color(const char *code)
{
	if (color)
		printf(*code ? "\33[%sm\33[K" : "\33[m\33[K%s", code);
}

static void separator(char c)
{
	put_color("36");
	putchar(c);
	put_color("");
}

static void front(const char *name, const struct line *line, char mark, long at)
{
	if (names > 0) {
		put_color("35");
		fputs(name, stdout);
		put_color("");
		if (null_names)
			putchar(0);
		else
			separator(mark);
	}
	if (numbers) {
		put_color("32");
		printf("%ld", line->number);
		put_color("");
		separator(mark);
	}
	if (offsets) {
		put_color("32");
		printf("%ld", line->offset + at);
		put_color("");
		separator(mark);
	}
}

static void put_line(const char *name, const struct line *line, char mark)
{
	size_t at = 0, from, to;

	if (only) {
		while (mark == ':' && at <= line->length && grep_find(line->text, line->length, at, &from, &to)) {
			if (to == from) {
				at = to + 1;
				continue;
			}
			front(name, line, mark, (long)from);
			put_color("01;31");
			fwrite(line->text + from, 1, to - from, stdout);
			put_color("");
			putchar(line_end);
			at = to;
		}
		return;
	}
	front(name, line, mark, 0);
	while (color && mark == ':' && !invert && at < line->length && grep_find(line->text, line->length, at, &from, &to) && to > from) {
		fwrite(line->text + at, 1, from - at, stdout);
		put_color("01;31");
		fwrite(line->text + from, 1, to - from, stdout);
		put_color("");
		at = to;
	}
	fwrite(line->text + at, 1, line->length - at, stdout);
	putchar(line_end);
}

/* The lines before a match that may have to be shown. */
static struct line *kept;
static long kept_count;

static void keep(const struct line *line)
{
	if (before <= 0)
		return;
	if (!kept)
		kept = core_malloc((size_t)before * sizeof *kept);
	if (kept_count == before) {
		free(kept[0].text);
		memmove(kept, kept + 1, (size_t)(before - 1) * sizeof *kept);
		kept_count--;
	}
	kept[kept_count] = *line;
	kept[kept_count].text = core_malloc(line->length + 1);
	memcpy(kept[kept_count++].text, line->text, line->length);
}

static void forget(void)
{
	while (kept_count > 0)
		free(kept[--kept_count].text);
}

static int is_binary(const char *text, size_t length)
{
	size_t size;
	int code;

	if (binary_as_text || line_end == 0)
		return 0;
	if (memchr(text, 0, length))
		return 1;
	for (; length > 0; text += size, length -= size) {
		size = core_char(text, length, &code);
		if (code < 0)
			return 1;
	}
	return 0;
}

static long search(FILE *file, const char *name)
{
	struct line line = { NULL, 0, 0, 0 };
	long matches = 0, trailing = 0, last_shown = 0;
	int binary = 0;
	static int any_output;
	size_t room = 0;
	ssize_t length;

	while ((length = core_line(file, &line.text, &room, line_end)) > 0) {
		size_t full = (size_t)length, from, to;
		int selected;

		line.length = full - (line.text[full - 1] == line_end);
		line.number++;
		binary |= is_binary(line.text, line.length);
		if (binary && without_match_binary)
			break;
		selected = grep_find(line.text, line.length, 0, &from, &to) != invert;
		if (selected && (most < 0 || matches < most)) {
			long i;

			matches++;
			if (quiet || list || files_without)
				break;
			if (!counts) {
				if (binary) {
					core_error(0, 0, "%s: binary file matches", name);
					break;
				}
				if (context_given && any_output && (last_shown == 0 || line.number - kept_count > last_shown + 1)) {
					put_color("36");
					fputs("--", stdout);
					put_color("");
					putchar('\n');
				}
				for (i = 0; i < kept_count; i++)
					put_line(name, &kept[i], '-');
				forget();
				put_line(name, &line, ':');
				any_output = 1;
				last_shown = line.number;
				trailing = after;
			}
		} else if (trailing > 0 && !counts) {
			put_line(name, &line, '-');
			last_shown = line.number;
			trailing--;
		} else {
			keep(&line);
		}
		line.offset += (long)full;
		if (most >= 0 && matches >= most && trailing == 0)
			break;
	}
	if (ferror(file) && !no_messages)
		core_error(0, errno, "%s", name);
	if (ferror(file))
		status = 2;
	free(line.text);
	forget();
	return matches;
}

static void one_file(FILE *file, const char *name)
{
	long matches;

	if (most == 0)
		return;
	matches = search(file, name);
	if (counts) {
		if (names > 0) {
			put_color("35");
			fputs(name, stdout);
			put_color("");
			separator(':');
		}
		printf("%ld\n", matches);
	}
	if ((list && matches > 0) || (files_without && matches == 0)) {
		put_color("35");
		fputs(name, stdout);
		put_color("");
		putchar(null_names ? 0 : '\n');
	}
	if ((files_without ? matches == 0 : matches > 0) && status != 2)
		status = 0;
	if (matches > 0 && quiet)
		exit(0);
}

static int excluded(const char *path, int directory)
{
	const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	int i;

	for (i = 0; directory && i < exclude_dir_count; i++)
		if (fnmatch(exclude_dirs[i], base, 0) == 0)
			return 1;
	if (directory)
		return 0;
	for (i = 0; i < exclude_count; i++)
		if (fnmatch(excludes[i], base, 0) == 0)
			return 1;
	for (i = 0; i < include_count; i++)
		if (fnmatch(includes[i], base, 0) == 0)
			return 0;
	return include_count > 0;
}

static void search_path(const char *path, int is_argument, int show_dot)
{
	struct stat st;
	FILE *file;

	if (strcmp(path, "-") == 0) {
		one_file(stdin, label);
		return;
	}
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		struct dirent **entries;
		int count, i;

		if (!recursive) {
			if (!no_messages)
				core_error(0, 0, "%s: Is a directory", path);
			status = 2;
			return;
		}
		if (excluded(path, 1) && !is_argument)
			return;
		count = scandir(path, &entries, NULL, NULL);
		if (count < 0) {
			if (!no_messages)
				core_error(0, errno, "%s", path);
			status = 2;
			return;
		}
		for (i = 0; i < count; i++) {
			char *inner;
			struct stat inner_stat;

			if (strcmp(entries[i]->d_name, ".") == 0 || strcmp(entries[i]->d_name, "..") == 0)
				continue;
			inner = core_malloc(strlen(path) + strlen(entries[i]->d_name) + 2);
			if (show_dot)
				strcpy(inner, entries[i]->d_name);
			else
				sprintf(inner, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path, entries[i]->d_name);
			/* -r follows no links but those that it is given. */
			if (recursive == 'R' || (lstat(inner, &inner_stat) == 0 && (S_ISREG(inner_stat.st_mode) || S_ISDIR(inner_stat.st_mode))))
				search_path(inner, 0, 0);
			free(inner);
		}
		return;
	}
	if (excluded(path, 0))
		return;
	file = fopen(path, "r");
	if (!file) {
		if (!no_messages)
			core_error(0, errno, "%s", path);
		status = 2;
		return;
	}
	one_file(file, path);
	fclose(file);
}

static long context(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	context_given = 1;
	if (end == text || *end || value < 0)
		core_error(2, 0, "%s: invalid context length argument", text);
	return value;
}

enum { COLOR = 256, INCLUDE, EXCLUDE, EXCLUDE_DIR, LABEL, BINARY_FILES, LINE_BUFFERED, NO_IGNORE_CASE };

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "extended-regexp", 0, NULL, 'E' }, { "fixed-strings", 0, NULL, 'F' }, { "basic-regexp", 0, NULL, 'G' }, { "perl-regexp", 0, NULL, 'P' },
		{ "regexp", 1, NULL, 'e' }, { "file", 1, NULL, 'f' }, { "ignore-case", 0, NULL, 'i' }, { "no-ignore-case", 0, NULL, NO_IGNORE_CASE },
		{ "word-regexp", 0, NULL, 'w' }, { "line-regexp", 0, NULL, 'x' }, { "null-data", 0, NULL, 'z' }, { "no-messages", 0, NULL, 's' },
		{ "invert-match", 0, NULL, 'v' }, { "max-count", 1, NULL, 'm' }, { "byte-offset", 0, NULL, 'b' }, { "line-number", 0, NULL, 'n' },
		{ "line-buffered", 0, NULL, LINE_BUFFERED }, { "with-filename", 0, NULL, 'H' }, { "no-filename", 0, NULL, 'h' }, { "label", 1, NULL, LABEL },
		{ "only-matching", 0, NULL, 'o' }, { "quiet", 0, NULL, 'q' }, { "silent", 0, NULL, 'q' }, { "binary-files", 1, NULL, BINARY_FILES },
		{ "text", 0, NULL, 'a' }, { "recursive", 0, NULL, 'r' }, { "dereference-recursive", 0, NULL, 'R' }, { "include", 1, NULL, INCLUDE },
		{ "exclude", 1, NULL, EXCLUDE }, { "exclude-dir", 1, NULL, EXCLUDE_DIR }, { "files-without-match", 0, NULL, 'L' },
		{ "files-with-matches", 0, NULL, 'l' }, { "count", 0, NULL, 'c' }, { "null", 0, NULL, 'Z' }, { "before-context", 1, NULL, 'B' },
		{ "after-context", 1, NULL, 'A' }, { "context", 1, NULL, 'C' }, { "color", 2, NULL, COLOR }, { "colour", 2, NULL, COLOR }, { "help", 0, NULL, CORE_HELP },
		{ "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, patterns = 0;
	const char *base;

	core_trouble = 2;
	core_start(argv[0], "[OPTION]... PATTERNS [FILE]...");
	base = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	if (strcmp(base, "egrep") == 0)
		grep.extended = 1;
	if (strcmp(base, "fgrep") == 0)
		grep.fixed = 1;
	while ((option = getopt_long(argc, argv, "0123456789A:B:C:EFGPHIRTVabce:f:hiLlm:noqrsuvwxyzUZ", longs, NULL)) != -1) {
		switch (option) {
		case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
			context_given = 1;
			before = after = (before == after && patterns == -1 ? before * 10 : 0) + option - '0';
			break;
		case 'A': after = context(optarg); break;
		case 'B': before = context(optarg); break;
		case 'C': before = after = context(optarg); break;
		case 'E': grep.extended = 1; grep.fixed = 0; break;
		case 'F': grep.fixed = 1; grep.extended = 0; break;
		case 'G': grep.fixed = grep.extended = 0; break;
		case 'P': grep.extended = grep.perl = 1; break;
		case 'H': names = 1; break;
		case 'h': names = 0; break;
		case 'I': without_match_binary = 1; break;
		case 'R': case 'r': recursive = option; break;
		case 'V': puts("grep (GNU grep) 3.8"); return 0;
		case 'a': binary_as_text = 1; break;
		case 'b': offsets = 1; break;
		case 'c': counts = 1; break;
		case 'e': grep_add(optarg, strlen(optarg)); patterns = 1; break;
		case 'f': grep_add_file(optarg); patterns = 1; break;
		case 'i': case 'y': grep.icase = 1; break;
		case NO_IGNORE_CASE: grep.icase = 0; break;
		case 'L': files_without = 1; list = 0; break;
		case 'l': list = 1; files_without = 0; break;
		case 'm': most = atol(optarg); break;
		case 'n': numbers = 1; break;
		case 'o': only = 1; break;
		case 'q': quiet = 1; break;
		case 's': no_messages = 1; break;
		case 'v': invert = 1; break;
		case 'w': grep.word = 1; break;
		case 'x': grep.line = 1; break;
		case 'z': line_end = 0; break;
		case 'Z': null_names = 1; break;
		case COLOR: color = !optarg || strcmp(optarg, "always") == 0 || (isatty(1) && strcmp(optarg, "auto") == 0); break;
		case INCLUDE: if (include_count < 16) includes[include_count++] = optarg; break;
		case EXCLUDE: if (exclude_count < 16) excludes[exclude_count++] = optarg; break;
		case EXCLUDE_DIR: if (exclude_dir_count < 16) exclude_dirs[exclude_dir_count++] = optarg; break;
		case LABEL: label = optarg; break;
		case BINARY_FILES: binary_as_text = strcmp(optarg, "text") == 0; without_match_binary = strcmp(optarg, "without-match") == 0; break;
		case CORE_HELP: printf("Usage: %s [OPTION]... PATTERNS [FILE]...\n", core_name); return 0;
		case '?':
			fprintf(stderr, "Usage: %s [OPTION]... PATTERNS [FILE]...\n", core_name);
			core_try_help(2);
		}
	}
	if (!patterns) {
		if (optind == argc) {
			fprintf(stderr, "Usage: %s [OPTION]... PATTERNS [FILE]...\n", core_name);
			core_try_help(2);
		}
		grep_add(argv[optind], strlen(argv[optind]));
		optind++;
	}
	grep_compile();
	if (names < 0)
		names = recursive || argc - optind > 1;
	if (optind == argc) {
		if (recursive)
			search_path(".", 1, 1);
		else
			search_path("-", 1, 0);
		return status;
	}
	{
		int single = argc - optind == 1;
		struct stat st;

		if (recursive && single && names == 1 && stat(argv[optind], &st) == 0 && !S_ISDIR(st.st_mode))
			names = 0;
	}
	for (; optind < argc; optind++)
		search_path(argv[optind], 1, 0);
	return status;
}
