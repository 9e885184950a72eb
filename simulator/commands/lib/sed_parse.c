/* sed: from a script's text to commands. */
#define _GNU_SOURCE
#include "sed_script.h"
#include "core.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct sed_script sed_script;
int sed_posix, sed_separate;
static int pending_text = -1;
static int blocks[64], block_count, block_places[64];
static struct sed_output *outputs;

static int address(struct sed_address *a)
{
	if (isdigit((unsigned char)*sed_at)) {
		a->kind = A_LINE;
		a->line = strtol(sed_at, (char **)&sed_at, 10);
		if (*sed_at == '~') {
			a->kind = A_STEP;
			a->step = strtol(sed_at + 1, (char **)&sed_at, 10);
		}
		return 1;
	}
	if (*sed_at == '$') {
		sed_at++;
		a->kind = A_LAST;
		return 1;
	}
	if (*sed_at == '/' || *sed_at == '\\') {
		char delimiter = *sed_at++, *text;
		int flags = 0;

		if (delimiter == '\\')
			delimiter = *sed_at++;
		text = sed_delimited(delimiter, 1);
		if (!text)
			sed_bad("unterminated address regex");
		for (; *sed_at == 'I' || *sed_at == 'M'; sed_at++)
			flags |= *sed_at == 'I' ? REG_ICASE : REG_NEWLINE;
		a->kind = A_REGEX;
		a->regex = sed_compile(text, flags);
		return 1;
	}
	return 0;
}

static struct sed_command *new_command(void)
{
	struct sed_command *command;

	if (sed_script.count == sed_script.room)
		sed_script.commands = core_realloc(sed_script.commands, (size_t)(sed_script.room = sed_script.room ? sed_script.room * 2 : 16) * sizeof *command);
	command = &sed_script.commands[sed_script.count++];
	memset(command, 0, sizeof *command);
	return command;
}

/* What a, i and c put out: up to a newline that no backslash precedes. */
static void text_of(struct sed_command *command)
{
	char *out, *to;

	sed_blanks();
	if (!*sed_at)
		sed_bad("expected \\ after `a', `c' or `i'");
	if (*sed_at == '\\') {
		sed_at++;
		sed_blanks();
		if (*sed_at == '\n')
			sed_at++;
		else if (!*sed_at) {
			pending_text = (int)(command - sed_script.commands);
			command->text = core_strdup("");
			return;
		}
	}
	out = to = core_malloc(strlen(sed_at) + 2);
	while (*sed_at && *sed_at != '\n') {
		if (*sed_at == '\\' && sed_at[1])
			sed_at++;
		*to++ = *sed_at++;
	}
	*to++ = '\n';
	*to = '\0';
	if (*sed_at)
		sed_at++;
	command->text = out;
}

static char *to_end_of_line(void)
{
	size_t length;
	char *text;

	sed_blanks();
	length = strcspn(sed_at, "\n");
	text = strndup(sed_at, length);
	sed_at += length;
	return text;
}

static char *label(void)
{
	size_t length;
	char *text;

	sed_blanks();
	length = strcspn(sed_at, "\n; }");
	text = strndup(sed_at, length);
	sed_at += length;
	return text;
}

static struct sed_output *output(const char *name)
{
	struct sed_output *found;

	if (!*name)
		sed_bad("missing filename in r/R/w/W commands");
	for (found = outputs; found; found = found->next)
		if (strcmp(found->name, name) == 0)
			return found;
	found = core_malloc(sizeof *found);
	found->name = core_strdup(name);
	found->next = outputs;
	if (strcmp(name, "/dev/stdout") == 0)
		found->file = stdout;
	else if (strcmp(name, "/dev/stderr") == 0)
		found->file = stderr;
	else
		found->file = fopen(name, "w");
	if (!found->file) {
		core_error(0, errno, "couldn't open file %s", name);
		exit(4);
	}
	outputs = found;
	return found;
}

FILE *sed_output_file(struct sed_output *to)
{
	return to->file;
}

static void substitute(struct sed_command *command)
{
	char delimiter = *sed_at, *pattern;
	int flags = 0, numbered = 0;

	if (!delimiter || delimiter == '\n' || delimiter == '\\')
		sed_bad("unterminated `s' command");
	sed_at++;
	pattern = sed_delimited(delimiter, 1);
	command->replacement = pattern ? sed_delimited(delimiter, 0) : NULL;
	if (!command->replacement)
		sed_bad("unterminated `s' command");
	command->occurrence = 1;
	for (;; sed_at++) {
		switch (*sed_at) {
		case 'g':
			if (command->global)
				sed_bad("multiple `g' options to `s' command");
			command->global = 1;
			continue;
		case 'p':
			if (command->print)
				sed_bad("multiple `p' options to `s' command");
			command->print = 1;
			continue;
		case 'i': case 'I': flags |= REG_ICASE; continue;
		case 'm': case 'M': flags |= REG_NEWLINE; continue;
		case 'e': command->evaluate = 1; continue;
		case 'w':
			sed_at++;
			command->output = output(to_end_of_line());
			break;
		case '\n': case ';': case '\0': case '}': case '#': case ' ': case '\t': case '\r':
			break;
		default:
			if (isdigit((unsigned char)*sed_at)) {
				if (numbered)
					sed_bad("multiple number options to `s' command");
				command->occurrence = (int)strtol(sed_at, (char **)&sed_at, 10);
				if (command->occurrence == 0)
					sed_bad("number option to `s' command may not be zero");
				numbered = 1;
				sed_at--;
				continue;
			}
			sed_at++;
			sed_bad("unknown option to `s'");
		}
		break;
	}
	command->regex = sed_compile(pattern, flags);
	{
		const char *p;
		size_t groups = command->regex ? command->regex->re_nsub : 9;

		for (p = command->replacement; *p; p++)
			if (*p == '\\' && p[1]) {
				p++;
				if (isdigit((unsigned char)*p) && (size_t)(*p - '0') > groups) {
					char message[64];

					snprintf(message, sizeof message, "invalid reference \\%c on `s' command's RHS", *p);
					sed_bad(message);
				}
			}
	}
}

static void translate(struct sed_command *command)
{
	char delimiter = *sed_at++, *from = sed_delimited(delimiter, 0), *to = from ? sed_delimited(delimiter, 0) : NULL, *map;
	int i;

	if (!to)
		sed_bad("unterminated `y' command");
	map = core_malloc(256);
	for (i = 0; i < 256; i++)
		map[i] = (char)i;
	while (*from && *to) {
		char a = *from++, b = *to++;

		if (a == '\\' && *from)
			a = *from == 'n' ? '\n' : *from == 't' ? '\t' : *from, from++;
		if (b == '\\' && *to)
			b = *to == 'n' ? '\n' : *to == 't' ? '\t' : *to, to++;
		map[(unsigned char)a] = b;
	}
	if (*from || *to)
		sed_bad("strings for `y' command are different lengths");
	command->text = map;
}

static void end_of_command(void)
{
	sed_blanks();
	if (*sed_at == '}' || *sed_at == '#' || !*sed_at)
		return;
	if (*sed_at != ';' && *sed_at != '\n') {
		sed_at++;
		sed_bad("extra characters after command");
	}
	sed_at++;
}

static void arguments(struct sed_command *command)
{
	switch (command->name) {
	case '{':
		block_places[block_count] = (int)(sed_at - sed_start);
		blocks[block_count++] = sed_script.count - 1;
		return;
	case '}':
		if (block_count == 0)
			sed_bad("unexpected `}'");
		if (command->from.kind != A_NONE)
			sed_bad("} doesn't want any addresses");
		command->number = blocks[--block_count];
		end_of_command();
		return;
	case 'a': case 'i': case 'c': text_of(command); return;
	case ':':
		if (command->from.kind != A_NONE)
			sed_bad(": doesn't want any addresses");
		sed_blanks();
		command->text = strndup(sed_at, strcspn(sed_at, "\n;"));
		sed_at += strcspn(sed_at, "\n;");
		if (!*command->text)
			sed_bad("\":\" lacks a label");
		return;
	case 'b': case 't': case 'T': command->text = label(); end_of_command(); return;
	case 'r': case 'R':
		command->text = to_end_of_line();
		if (!*command->text)
			sed_bad("missing filename in r/R/w/W commands");
		return;
	case 'w': case 'W': command->output = output(to_end_of_line()); return;
	case 's': substitute(command); end_of_command(); return;
	case 'y': translate(command); end_of_command(); return;
	case 'q': case 'Q': case 'l': case 'L':
		sed_blanks();
		command->number = isdigit((unsigned char)*sed_at) ? strtol(sed_at, (char **)&sed_at, 10) : command->name == 'l' ? -1 : 0;
		end_of_command();
		return;
	case 'e': case 'v': command->text = to_end_of_line(); return;
	case '=': case 'd': case 'D': case 'g': case 'G': case 'h': case 'H': case 'n': case 'N': case 'p': case 'P': case 'x': case 'z': case 'F':
		end_of_command();
		return;
	default: {
		char message[40];

		snprintf(message, sizeof message, "unknown command: `%c'", command->name);
		sed_bad(message);
	}
	}
}

void sed_add_script(const char *text, const char *name, int is_file)
{
	sed_start = sed_at = text;
	sed_where = name;
	sed_by_file = is_file;
	if (!is_file)
		sed_expressions++;
	if (pending_text >= 0) {   /* -e 'a\' -e 'text' */
		struct sed_command *command = &sed_script.commands[pending_text];

		command->text = core_malloc(strlen(text) + 2);
		sprintf(command->text, "%s\n", text);
		pending_text = -1;
		return;
	}
	if (text[0] == '#' && text[1] == 'n' && (text[2] == '\n' || !text[2]) && sed_script.count == 0)
		sed_posix = 2;   /* as -n */
	for (;;) {
		struct sed_command *command;

		while (*sed_at == ' ' || *sed_at == '\t' || *sed_at == '\n' || *sed_at == ';')
			sed_at++;
		if (!*sed_at)
			return;
		if (*sed_at == '#') {
			sed_at += strcspn(sed_at, "\n");
			continue;
		}
		command = new_command();
		if (address(&command->from)) {
			sed_blanks();
			if (*sed_at == ',') {
				sed_at++;
				sed_blanks();
				if (*sed_at == '+' || *sed_at == '~') {
					command->to.kind = *sed_at == '+' ? A_PLUS : A_MULTIPLE;
					command->to.line = strtol(sed_at + 1, (char **)&sed_at, 10);
				} else if (!address(&command->to)) {
					sed_at++;
					sed_bad("unexpected `,'");
				}
			}
			if (command->from.kind == A_LINE && command->from.line == 0) {
				if (command->to.kind != A_REGEX)
					sed_bad("invalid usage of line address 0");
				command->from.kind = A_ZERO;
			}
		}
		sed_blanks();
		while (*sed_at == '!') {
			command->negated = 1;
			sed_at++;
			sed_blanks();
		}
		if (!*sed_at)
			sed_bad("missing command");
		command->name = *sed_at++;
		arguments(command);
	}
}

void sed_finish_script(void)
{
	int i, j;

	if (block_count > 0) {
		fflush(stdout);
		fprintf(stderr, "%s: -e expression #%d, char 0: unmatched `{'\n", core_name, sed_by_file ? 1 : sed_expressions);
		exit(1);
	}
	if (pending_text >= 0)
		sed_bad("expected \\ after `a', `c' or `i'");
	for (i = 0; i < sed_script.count; i++) {
		struct sed_command *command = &sed_script.commands[i];

		if (command->name == '}')
			sed_script.commands[command->number].target = command;
		if (!strchr("btT", command->name) || !*command->text)
			continue;
		for (j = 0; j < sed_script.count; j++)
			if (sed_script.commands[j].name == ':' && strcmp(sed_script.commands[j].text, command->text) == 0)
				command->target = &sed_script.commands[j];
		if (!command->target) {
			fprintf(stderr, "%s: can't find label for jump to `%s'\n", core_name, command->text);
			exit(4);
		}
	}
}
