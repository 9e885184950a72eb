/* sed(1) 4.9. Uses lib/core*.c, lib/sed_parse.c, lib/regex*.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/sed.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct space { char *text; size_t length, room; };
static struct space pattern, hold, made;
static int quiet, in_place, status, replaced, line_length = 70, unbuffered, delimiter = '\n';
static const char *suffix;
static char **files;
static int file_count, file_at;
static FILE *input;
static FILE *out;
static char *out_name;
static long line_number;
static char *ahead;
static size_t ahead_room;
static ssize_t ahead_length = -2;   /* -2: not looked yet */
static int no_newline;              /* the pattern space's line had none */
static regex_t *last_regex;
struct appended { struct appended *next; char *text; int is_file; };
static struct appended *queue, **queue_end = &queue;

static void reserve(struct space *space, size_t length)
{
	if (space->room < length + 1)
		space->text = core_realloc(space->text, space->room = (length + 1) * 2);
}

static void put(struct space *space, const char *text, size_t length)
{
	reserve(space, space->length + length);
	memcpy(space->text + space->length, text, length);
	space->length += length;
	space->text[space->length] = '\0';
}

static void close_output(void)
{
	if (!in_place || !out || out == stdout)
		return;
	fclose(out);
	if (suffix) {
		char *backup = core_malloc(strlen(files[file_at - 1]) + strlen(suffix) + 1);

		sprintf(backup, "%s%s", files[file_at - 1], suffix);
		rename(files[file_at - 1], backup);
	}
	rename(out_name, files[file_at - 1]);
	out = stdout;
}

static int open_next(void)
{
	if (input) {
		if (input != stdin)
			fclose(input);
		input = NULL;
		close_output();
	}
	while (file_at < file_count) {
		const char *name = files[file_at++];
		struct stat st;

		if (strcmp(name, "-") == 0 && !in_place) {
			input = stdin;
			return 1;
		}
		if (stat(name, &st) == 0 && S_ISDIR(st.st_mode)) {
			if (in_place)
				core_error(0, 0, "couldn't edit %s: not a regular file", name);
			else
				core_error(0, 0, "read error on %s: Is a directory", name);
			status = 4;
			continue;
		}
		input = fopen(name, "r");
		if (!input) {
			core_error(0, 0, "can't read %s: %s", name, strerror(errno));
			status = 2;
			continue;
		}
		if (in_place) {
			out_name = core_malloc(strlen(name) + 12);
			sprintf(out_name, "%s.sedXXXXXX", name);
			close(mkstemp(out_name));
			chmod(out_name, st.st_mode & 07777);
			out = fopen(out_name, "w");
			line_number = 0;
		} else if (sed_separate) {
			line_number = 0;
		}
		return 1;
	}
	return 0;
}

static void look_ahead(void)
{
	while (ahead_length == -2) {
		if (!input && !open_next()) {
			ahead_length = -1;
			return;
		}
		ahead_length = core_line(input, &ahead, &ahead_room, delimiter);
		if (ahead_length > 0)
			return;
		ahead_length = -2;
		if (sed_separate)
			return;
		if (!open_next())
			ahead_length = -1;
	}
}

static int is_last(void)
{
	look_ahead();
	if (ahead_length == -1)
		return 1;
	return sed_separate && ahead_length == -2;
}

/* The next line into the pattern space (behind what is there, with append). */
static int read_line(int append)
{
	if (ahead_length == -2) {
		look_ahead();
		if (ahead_length == -2) {   /* the next of separate files */
			if (!open_next())
				return 0;
			return read_line(append);
		}
	}
	if (ahead_length == -1)
		return 0;
	if (!append)
		pattern.length = 0;
	no_newline = ahead[ahead_length - 1] != delimiter;
	put(&pattern, ahead, (size_t)ahead_length - !no_newline);
	line_number++;
	ahead_length = -2;
	return 1;
}

/* A last line without a newline gets one when something follows. */
static FILE *unended;

static void end_line(FILE *to)
{
	if (unended == to && to) {
		putc(delimiter, to);
		unended = NULL;
	}
}

static void write_line(FILE *to, const char *text, size_t length)
{
	end_line(to);
	fwrite(text, 1, length, to);
	if (!(no_newline && is_last()))
		putc(delimiter, to);
	else
		unended = to;
	if (to != out || unbuffered)
		fflush(to);
}

static void flush_queue(void)
{
	while (queue) {
		struct appended *item = queue;

		end_line(out);
		if (item->is_file) {
			FILE *file = fopen(item->text, "r");
			int c;

			while (file && (c = getc(file)) != EOF)
				putc(c, out);
			if (file)
				fclose(file);
		} else {
			fputs(item->text, out);
		}
		queue = item->next;
		free(item);
	}
	queue_end = &queue;
}

static void append(char *text, int is_file)
{
	struct appended *item = core_malloc(sizeof *item);

	item->next = NULL;
	item->text = text;
	item->is_file = is_file;
	*queue_end = item;
	queue_end = &item->next;
}

static int search(regex_t *regex, size_t from, regmatch_t *found, size_t count)
{
	if (!regex)
		regex = last_regex;
	if (!regex)
		core_error(1, 0, "no previous regular expression");
	last_regex = regex;
	found[0].rm_so = (regoff_t)from;
	found[0].rm_eo = (regoff_t)pattern.length;
	return regexec(regex, pattern.text, count, found, REG_STARTEND) == 0;
}

static int matches(const struct sed_address *address)
{
	regmatch_t found[1];

	switch (address->kind) {
	case A_LINE: return line_number == address->line;
	case A_STEP: return address->step > 0 ? line_number >= address->line && (line_number - address->line) % address->step == 0 : line_number == address->line;
	case A_LAST: return is_last();
	case A_REGEX: return search(address->regex, 0, found, 1);
	default: return 0;
	}
}

static int begins_range(struct sed_command *command)
{
	if (!matches(&command->from))
		return 0;
	switch (command->to.kind) {
	case A_LINE:
		command->active = line_number < command->to.line;
		command->end_line = command->to.line;
		return 1;
	case A_PLUS: command->end_line = line_number + command->to.line; break;
	case A_MULTIPLE: command->end_line = command->to.line > 0 ? (line_number + command->to.line - 1) / command->to.line * command->to.line : line_number; break;
	default:
		command->active = 1;
		return 1;
	}
	command->active = line_number < command->end_line;
	return 1;
}

static int selected(struct sed_command *command)
{
	if (command->from.kind == A_NONE)
		return 1;
	if (command->to.kind == A_NONE)
		return matches(&command->from);
	if (command->from.kind == A_ZERO && line_number == 1 && !command->active) {
		command->active = 1;
		command->from.kind = A_LINE;
		command->from.line = -1;
	}
	if (!command->active)
		return begins_range(command);
	switch (command->to.kind) {
	case A_LINE: case A_PLUS: case A_MULTIPLE:
		if (line_number >= command->end_line)
			command->active = 0;
		if (line_number > command->end_line)
			return begins_range(command);
		return 1;
	default:
		if (matches(&command->to))
			command->active = 0;
		return 1;
	}
}

/* Letters that \U, \L, \u and \l change. */
static void put_cased(struct space *to, const char *text, size_t length, int whole, int *once)
{
	size_t i;

	for (i = 0; i < length; i++) {
		int c = (unsigned char)text[i], how = *once ? *once : whole;
		char byte;

		*once = 0;
		byte = (char)(how == 'U' || how == 'u' ? toupper(c) : how == 'L' || how == 'l' ? tolower(c) : c);
		put(to, &byte, 1);
	}
}

static void put_replacement(const struct sed_command *command, const regmatch_t *found)
{
	static const char from[] = "aftvnr", to[] = "\a\f\t\v\n\r";
	const char *p = command->replacement;
	int whole = 0, once = 0;

	for (; *p; p++) {
		int group = -1;

		if (*p == '&') {
			group = 0;
		} else if (*p == '\\' && p[1]) {
			const char *known;

			p++;
			if (isdigit((unsigned char)*p)) {
				group = *p - '0';
			} else if (strchr("ULE", *p)) {
				whole = *p == 'E' ? 0 : *p;
				once = 0;
				continue;
			} else if (*p == 'u' || *p == 'l') {
				once = *p;
				continue;
			} else if ((known = strchr(from, *p)) != NULL) {
				put(&made, &to[known - from], 1);
				continue;
			} else {
				put(&made, p, 1);
				continue;
			}
		}
		if (group < 0)
			put_cased(&made, p, 1, whole, &once);
		else if (found[group].rm_so >= 0)
			put_cased(&made, pattern.text + found[group].rm_so, (size_t)(found[group].rm_eo - found[group].rm_so), whole, &once);
	}
}

static void substitute(struct sed_command *command)
{
	regmatch_t found[10];
	size_t at = 0;
	int count = 0, done = 0;
	long last_end = -1;      /* of the last match that was not empty */
	struct space swap;

	made.length = 0;
	put(&made, "", 0);
	while (at <= pattern.length && search(command->regex, at, found, 10)) {
		size_t start = (size_t)found[0].rm_so, end = (size_t)found[0].rm_eo;

		/* An empty match right behind the last one does not count. */
		put(&made, pattern.text + at, start - at);
		if (start == end && (long)start == last_end) {
			if (start < pattern.length)
				put(&made, pattern.text + start, 1);
			at = start + 1;
			continue;
		}
		count++;
		if (count >= command->occurrence) {
			put_replacement(command, found);
			done = 1;
		} else {
			put(&made, pattern.text + start, end - start);
		}
		at = end;
		if (start != end)
			last_end = (long)end;
		if (start == end) {
			if (start < pattern.length)
				put(&made, pattern.text + start, 1);
			at = start + 1;
			if (done && !command->global)
				break;
			continue;
		}
		if (done && !command->global)
			break;
	}
	if (!done)
		return;
	if (at < pattern.length)
		put(&made, pattern.text + at, pattern.length - at);
	swap = pattern;
	pattern = made;
	made = swap;
	replaced = 1;
	if (command->evaluate) {
		FILE *pipe;
		char buf[512];
		size_t got;

		fflush(NULL);
		pipe = popen(pattern.text, "r");
		pattern.length = 0;
		while (pipe && (got = fread(buf, 1, sizeof buf, pipe)) > 0)
			put(&pattern, buf, got);
		if (pipe)
			pclose(pipe);
		if (pattern.length && pattern.text[pattern.length - 1] == '\n')
			pattern.length--;
	}
	if (command->print)
		write_line(out, pattern.text, pattern.length);
	if (command->output)
		write_line(sed_output_file(command->output), pattern.text, pattern.length);
}

/* l: with escapes, folded. */
static void list(long width)
{
	static const char from[] = "\a\b\f\n\r\t\v\\", to[] = "abfnrtv\\";
	size_t i;
	long column = 0;
	char piece[8];

	for (i = 0; i < pattern.length; i++) {
		unsigned char c = (unsigned char)pattern.text[i];
		const char *known = c ? strchr(from, c) : NULL;

		if (known)
			sprintf(piece, "\\%c", to[known - from]);
		else if (c >= 32 && c < 127)
			sprintf(piece, "%c", c);
		else
			sprintf(piece, "\\%03o", c);
		if (width > 1 && column + (long)strlen(piece) > width - 1) {
			fputs("\\\n", out);
			column = 0;
		}
		fputs(piece, out);
		column += (long)strlen(piece);
	}
	fputs("$\n", out);
}

static void finish(int code)
{
	flush_queue();
	if (in_place && input) {
		while (ahead_length >= 0 || core_line(input, &ahead, &ahead_room, delimiter) > 0) {
			fputs(ahead, out);
			ahead_length = -2;
		}
		close_output();
	}
	exit(code);
}

/* Runs the script on the pattern space; 0 ends the cycle, 1 begins the next one without reading. */
static int cycle(void)
{
	struct sed_command *command = sed_script.commands, *end = command + sed_script.count;
	char *newline;

	for (; command < end; command++) {
		if (selected(command) == command->negated) {
			if (command->name == '{')
				command = command->target;
			continue;
		}
		switch (command->name) {
		case 'a': append(command->text, 0); break;
		case 'i': end_line(out); fputs(command->text, out); break;
		case 'c':
			if (command->to.kind == A_NONE || !command->active || command->negated)
				fputs(command->text, out);
			return 2;
		case 'd': return 2;
		case 'D':
			newline = memchr(pattern.text, '\n', pattern.length);
			if (!newline)
				return 2;
			pattern.length -= (size_t)(newline + 1 - pattern.text);
			memmove(pattern.text, newline + 1, pattern.length + 1);
			return 1;
		case 's': substitute(command); break;
		case 'p': write_line(out, pattern.text, pattern.length); break;
		case 'P':
			newline = memchr(pattern.text, '\n', pattern.length);
			fwrite(pattern.text, 1, newline ? (size_t)(newline - pattern.text) : pattern.length, out);
			putc('\n', out);
			break;
		case 'n':
			if (is_last() && !sed_posix) {
				if (!quiet)
					write_line(out, pattern.text, pattern.length);
				finish(status);
			}
			if (!quiet)
				write_line(out, pattern.text, pattern.length);
			flush_queue();
			if (!read_line(0))
				finish(status);
			break;
		case 'N':
			if (is_last()) {
				if (!quiet)
					write_line(out, pattern.text, pattern.length);
				finish(status);
			}
			flush_queue();
			put(&pattern, "\n", 1);
			read_line(1);
			break;
		case 'g': pattern.length = 0; put(&pattern, hold.text ? hold.text : "", hold.length); break;
		case 'G': put(&pattern, "\n", 1); put(&pattern, hold.text ? hold.text : "", hold.length); break;
		case 'h': hold.length = 0; put(&hold, pattern.text, pattern.length); break;
		case 'H': put(&hold, "\n", 1); put(&hold, pattern.text, pattern.length); break;
		case 'x': {
			struct space swap = pattern;

			put(&hold, "", 0);
			pattern = hold;
			hold = swap;
			break;
		}
		case 'y': {
			size_t i;

			for (i = 0; i < pattern.length; i++)
				pattern.text[i] = command->text[(unsigned char)pattern.text[i]];
			break;
		}
		case '=': fprintf(out, "%ld\n", line_number); break;
		case 'l': list(command->number >= 0 ? command->number : line_length); break;
		case 'F': fprintf(out, "%s\n", input == stdin || !input ? "-" : files[file_at - 1]); break;
		case 'z': pattern.length = 0; pattern.text[0] = '\0'; break;
		case 'r': append(command->text, 1); break;
		case 'w': write_line(sed_output_file(command->output), pattern.text, pattern.length); break;
		case 'W':
			newline = memchr(pattern.text, '\n', pattern.length);
			write_line(sed_output_file(command->output), pattern.text, newline ? (size_t)(newline - pattern.text) : pattern.length);
			break;
		case 'q':
			if (!quiet)
				write_line(out, pattern.text, pattern.length);
			finish((int)command->number);
			break;
		case 'Q': exit((int)command->number);
		case 'b':
			if (!command->target)
				return 0;
			command = command->target;
			break;
		case 't': case 'T':
			if (replaced == (command->name == 't')) {
				if (command->name == 't')
					replaced = 0;
				if (!command->target)
					return 0;
				command = command->target;
			} else if (command->name == 'T') {
				replaced = 0;
			}
			break;
		}
	}
	return 0;
}

static char *read_script(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	struct space text = { NULL, 0, 0 };
	char buf[512];
	size_t got;

	if (!file)
		core_error(1, 0, "couldn't open file %s: %s", name, strerror(errno));
	put(&text, "", 0);
	while ((got = fread(buf, 1, sizeof buf, file)) > 0)
		put(&text, buf, got);
	if (text.length && text.text[text.length - 1] == '\n')
		text.text[--text.length] = '\0';
	return text.text;
}

static void usage(int code)
{
	fprintf(code ? stderr : stdout, "Usage: %s [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n", core_name);
	exit(code);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "quiet", 0, NULL, 'n' }, { "silent", 0, NULL, 'n' }, { "expression", 1, NULL, 'e' }, { "file", 1, NULL, 'f' }, { "in-place", 2, NULL, 'i' },
		{ "line-length", 1, NULL, 'l' }, { "regexp-extended", 0, NULL, 'E' }, { "separate", 0, NULL, 's' }, { "unbuffered", 0, NULL, 'u' },
		{ "null-data", 0, NULL, 'z' }, { "posix", 0, NULL, 'P' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { "debug", 0, NULL, 'D' },
		{ NULL, 0, NULL, 0 },
	};
	struct { char *text; const char *name; } scripts[32];
	int option, count = 0, i, next;
	char *standard[] = { (char *)"-" };

	core_trouble = 4;
	core_start(argv[0], "");
	out = stdout;
	while ((option = getopt_long(argc, argv, "bsnrzuEe:f:l:i::V:h", longs, NULL)) != -1) {
		switch (option) {
		case 'n': quiet = 1; break;
		case 'e': if (count < 32) scripts[count].text = optarg, scripts[count++].name = NULL; break;
		case 'f': if (count < 32) scripts[count].text = read_script(optarg), scripts[count++].name = optarg; break;
		case 'E': case 'r': sed_extended = 1; break;
		case 'i': in_place = sed_separate = 1; suffix = optarg; break;
		case 's': sed_separate = 1; break;
		case 'l': line_length = atoi(optarg); break;
		case 'u': unbuffered = 1; break;
		case 'z': delimiter = 0; break;
		case 'V': puts("sed (GNU sed) 4.9"); return 0;
		case 'h': usage(0); break;
		case '?': usage(1); break;
		}
	}
	if (count == 0) {
		if (optind == argc)
			usage(1);
		scripts[count].text = argv[optind++];
		scripts[count++].name = NULL;
	}
	for (i = 0; i < count; i++)
		sed_add_script(scripts[i].text, scripts[i].name, scripts[i].name != NULL);
	sed_finish_script();
	if (sed_posix == 2) {
		quiet = 1;
		sed_posix = 0;
	}
	files = optind < argc ? argv + optind : standard;
	file_count = optind < argc ? argc - optind : 1;
	for (next = 0;;) {
		if (next != 1 && !read_line(0))
			break;
		next = cycle();
		if (next == 0 && !quiet)
			write_line(out, pattern.text, pattern.length);
		flush_queue();
		replaced = 0;
	}
	if (in_place)
		close_output();
	return status;
}
