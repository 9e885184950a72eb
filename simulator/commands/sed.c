/* sed(1) 4.9. Uses lib/core*.c, lib/sed_io.c, lib/sed_parse.c, lib/sed_regex.c, lib/regex*.c. */
#define _GNU_SOURCE
#include "lib/core.h"
#include "lib/sed.h"
#include "lib/sed_io.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sed_space hold, made;
static int quiet, replaced, line_length = 70;
static regex_t *last_regex;

static int search(regex_t *regex, size_t from, regmatch_t *found, size_t count)
{
	if (!regex)
		regex = last_regex;
	if (!regex)
		core_error(1, 0, "no previous regular expression");
	last_regex = regex;
	found[0].rm_so = (regoff_t)from;
	found[0].rm_eo = (regoff_t)sed_pattern.length;
	return regexec(regex, sed_pattern.text, count, found, REG_STARTEND) == 0;
}

static int matches(const struct sed_address *address)
{
	regmatch_t found[1];

	switch (address->kind) {
	case A_LINE: return sed_line_number == address->line;
	case A_STEP: return address->step > 0 ? sed_line_number >= address->line && (sed_line_number - address->line) % address->step == 0 : sed_line_number == address->line;
	case A_LAST: return sed_is_last();
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
		command->active = sed_line_number < command->to.line;
		command->end_line = command->to.line;
		return 1;
	case A_PLUS: command->end_line = sed_line_number + command->to.line; break;
	case A_MULTIPLE: command->end_line = command->to.line > 0 ? (sed_line_number + command->to.line - 1) / command->to.line * command->to.line : sed_line_number; break;
	default:
		command->active = 1;
		return 1;
	}
	command->active = sed_line_number < command->end_line;
	return 1;
}

static int selected(struct sed_command *command)
{
	if (command->from.kind == A_NONE)
		return 1;
	if (command->to.kind == A_NONE)
		return matches(&command->from);
	if (command->from.kind == A_ZERO && sed_line_number == 1 && !command->active) {
		command->active = 1;
		command->from.kind = A_LINE;
		command->from.line = -1;
	}
	if (!command->active)
		return begins_range(command);
	switch (command->to.kind) {
	case A_LINE: case A_PLUS: case A_MULTIPLE:
		if (sed_line_number >= command->end_line)
			command->active = 0;
		if (sed_line_number > command->end_line)
			return begins_range(command);
		return 1;
	default:
		if (matches(&command->to))
			command->active = 0;
		return 1;
	}
}

/* Letters that \U, \L, \u and \l change. */
static void put_cased(struct sed_space *to, const char *text, size_t length, int whole, int *once)
{
	size_t i;

	for (i = 0; i < length; i++) {
		int c = (unsigned char)text[i], how = *once ? *once : whole;
		char byte;

		*once = 0;
		byte = (char)(how == 'U' || how == 'u' ? toupper(c) : how == 'L' || how == 'l' ? tolower(c) : c);
		sed_put(to, &byte, 1);
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
				sed_put(&made, &to[known - from], 1);
				continue;
			} else {
				sed_put(&made, p, 1);
				continue;
			}
		}
		if (group < 0)
			put_cased(&made, p, 1, whole, &once);
		else if (found[group].rm_so >= 0)
			put_cased(&made, sed_pattern.text + found[group].rm_so, (size_t)(found[group].rm_eo - found[group].rm_so), whole, &once);
	}
}

static void substitute(struct sed_command *command)
{
	regmatch_t found[10];
	size_t at = 0;
	int count = 0, done = 0;
	long last_end = -1;      /* of the last match that was not empty */
	struct sed_space swap;

	made.length = 0;
	sed_put(&made, "", 0);
	while (at <= sed_pattern.length && search(command->regex, at, found, 10)) {
		size_t start = (size_t)found[0].rm_so, end = (size_t)found[0].rm_eo;

		/* An empty match right behind the last one does not count. */
		sed_put(&made, sed_pattern.text + at, start - at);
		if (start == end && (long)start == last_end) {
			if (start < sed_pattern.length)
				sed_put(&made, sed_pattern.text + start, 1);
			at = start + 1;
			continue;
		}
		count++;
		if (count >= command->occurrence) {
			put_replacement(command, found);
			done = 1;
		} else {
			sed_put(&made, sed_pattern.text + start, end - start);
		}
		at = end;
		if (start != end)
			last_end = (long)end;
		if (start == end) {
			if (start < sed_pattern.length)
				sed_put(&made, sed_pattern.text + start, 1);
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
	if (at < sed_pattern.length)
		sed_put(&made, sed_pattern.text + at, sed_pattern.length - at);
	swap = sed_pattern;
	sed_pattern = made;
	made = swap;
	replaced = 1;
	if (command->evaluate) {
		FILE *pipe;
		char buf[512];
		size_t got;

		fflush(NULL);
		pipe = popen(sed_pattern.text, "r");
		sed_pattern.length = 0;
		while (pipe && (got = fread(buf, 1, sizeof buf, pipe)) > 0)
			sed_put(&sed_pattern, buf, got);
		if (pipe)
			pclose(pipe);
		if (sed_pattern.length && sed_pattern.text[sed_pattern.length - 1] == '\n')
			sed_pattern.length--;
	}
	if (command->print)
		sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
	if (command->output)
		sed_write_line(sed_output_file(command->output), sed_pattern.text, sed_pattern.length);
}

/* l: with escapes, folded. */
static void list(long width)
{
	static const char from[] = "\a\b\f\n\r\t\v\\", to[] = "abfnrtv\\";
	size_t i;
	long column = 0;
	char piece[8];

	for (i = 0; i < sed_pattern.length; i++) {
		unsigned char c = (unsigned char)sed_pattern.text[i];
		const char *known = c ? strchr(from, c) : NULL;

		if (known)
			sprintf(piece, "\\%c", to[known - from]);
		else if (c >= 32 && c < 127)
			sprintf(piece, "%c", c);
		else
			sprintf(piece, "\\%03o", c);
		if (width > 1 && column + (long)strlen(piece) > width - 1) {
			fputs("\\\n", sed_out);
			column = 0;
		}
		fputs(piece, sed_out);
		column += (long)strlen(piece);
	}
	fputs("$\n", sed_out);
}

static void finish(int code)
{
	sed_flush_queue();
	if (sed_in_place && sed_input) {
		while (sed_ahead_length >= 0 || core_line(sed_input, &sed_ahead, &sed_ahead_room, sed_delimiter) > 0) {
			fputs(sed_ahead, sed_out);
			sed_ahead_length = -2;
		}
		sed_close_output();
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
		case 'a': sed_append(command->text, 0); break;
		case 'i': sed_end_line(sed_out); fputs(command->text, sed_out); break;
		case 'c':
			if (command->to.kind == A_NONE || !command->active || command->negated)
				fputs(command->text, sed_out);
			return 2;
		case 'd': return 2;
		case 'D':
			newline = memchr(sed_pattern.text, '\n', sed_pattern.length);
			if (!newline)
				return 2;
			sed_pattern.length -= (size_t)(newline + 1 - sed_pattern.text);
			memmove(sed_pattern.text, newline + 1, sed_pattern.length + 1);
			return 1;
		case 's': substitute(command); break;
		case 'p': sed_write_line(sed_out, sed_pattern.text, sed_pattern.length); break;
		case 'P':
			newline = memchr(sed_pattern.text, '\n', sed_pattern.length);
			fwrite(sed_pattern.text, 1, newline ? (size_t)(newline - sed_pattern.text) : sed_pattern.length, sed_out);
			putc('\n', sed_out);
			break;
		case 'n':
			if (sed_is_last() && !sed_posix) {
				if (!quiet)
					sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
				finish(sed_status);
			}
			if (!quiet)
				sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
			sed_flush_queue();
			if (!sed_read_line(0))
				finish(sed_status);
			break;
		case 'N':
			if (sed_is_last()) {
				if (!quiet)
					sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
				finish(sed_status);
			}
			sed_flush_queue();
			sed_put(&sed_pattern, "\n", 1);
			sed_read_line(1);
			break;
		case 'g': sed_pattern.length = 0; sed_put(&sed_pattern, hold.text ? hold.text : "", hold.length); break;
		case 'G': sed_put(&sed_pattern, "\n", 1); sed_put(&sed_pattern, hold.text ? hold.text : "", hold.length); break;
		case 'h': hold.length = 0; sed_put(&hold, sed_pattern.text, sed_pattern.length); break;
		case 'H': sed_put(&hold, "\n", 1); sed_put(&hold, sed_pattern.text, sed_pattern.length); break;
		case 'x': {
			struct sed_space swap = sed_pattern;

			sed_put(&hold, "", 0);
			sed_pattern = hold;
			hold = swap;
			break;
		}
		case 'y': {
			size_t i;

			for (i = 0; i < sed_pattern.length; i++)
				sed_pattern.text[i] = command->text[(unsigned char)sed_pattern.text[i]];
			break;
		}
		case '=': fprintf(sed_out, "%ld\n", sed_line_number); break;
		case 'l': list(command->number >= 0 ? command->number : line_length); break;
		case 'F': fprintf(sed_out, "%s\n", sed_input == stdin || !sed_input ? "-" : sed_files[sed_file_at - 1]); break;
		case 'z': sed_pattern.length = 0; sed_pattern.text[0] = '\0'; break;
		case 'r': sed_append(command->text, 1); break;
		case 'w': sed_write_line(sed_output_file(command->output), sed_pattern.text, sed_pattern.length); break;
		case 'W':
			newline = memchr(sed_pattern.text, '\n', sed_pattern.length);
			sed_write_line(sed_output_file(command->output), sed_pattern.text, newline ? (size_t)(newline - sed_pattern.text) : sed_pattern.length);
			break;
		case 'q':
			if (!quiet)
				sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
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
	struct sed_space text = { NULL, 0, 0 };
	char buf[512];
	size_t got;

	if (!file)
		core_error(1, 0, "couldn't open file %s: %s", name, strerror(errno));
	sed_put(&text, "", 0);
	while ((got = fread(buf, 1, sizeof buf, file)) > 0)
		sed_put(&text, buf, got);
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
	sed_out = stdout;
	while ((option = getopt_long(argc, argv, "bsnrzuEe:f:l:i::V:h", longs, NULL)) != -1) {
		switch (option) {
		case 'n': quiet = 1; break;
		case 'e': if (count < 32) scripts[count].text = optarg, scripts[count++].name = NULL; break;
		case 'f': if (count < 32) scripts[count].text = read_script(optarg), scripts[count++].name = optarg; break;
		case 'E': case 'r': sed_extended = 1; break;
		case 'i': sed_in_place = sed_separate = 1; sed_suffix = optarg; break;
		case 's': sed_separate = 1; break;
		case 'l': line_length = atoi(optarg); break;
		case 'u': sed_unbuffered = 1; break;
		case 'z': sed_delimiter = 0; break;
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
	sed_files = optind < argc ? argv + optind : standard;
	sed_file_count = optind < argc ? argc - optind : 1;
	for (next = 0;;) {
		if (next != 1 && !sed_read_line(0))
			break;
		next = cycle();
		if (next == 0 && !quiet)
			sed_write_line(sed_out, sed_pattern.text, sed_pattern.length);
		sed_flush_queue();
		replaced = 0;
	}
	if (sed_in_place)
		sed_close_output();
	return sed_status;
}
