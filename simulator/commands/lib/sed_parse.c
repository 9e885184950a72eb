/* sed: from a script's text to commands. */
#define _GNU_SOURCE
#include "sed.h"
#include "core.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct sed_script sed_script;
int sed_extended, sed_posix, sed_separate, sed_null;
static const char *start, *at, *where;
static int by_file, expressions, pending_text = -1;
static int blocks[64], block_count, block_places[64];
static struct sed_output *outputs;

static void bad(const char *what) __attribute__((noreturn));
static void bad(const char *what)
{
	int line = 1;
	const char *p;

	fflush(stdout);
	if (by_file) {
		for (p = start; p < at; p++)
			line += *p == '\n';
		fprintf(stderr, "%s: file %s line %d: %s\n", core_name, where, line, what);
	} else {
		fprintf(stderr, "%s: -e expression #%d, char %d: %s\n", core_name, expressions, (int)(at - start), what);
	}
	exit(1);
}

static void blanks(void)
{
	while (*at == ' ' || *at == '\t')
		at++;
}

/* Text up to the delimiter; `\` before the delimiter goes, `\n` is a newline. */
static char *delimited(char delimiter, int is_regex)
{
	char *out = core_malloc(strlen(at) + 2), *to = out;
	int in_class = 0;

	while (*at && (*at != delimiter || in_class)) {
		if (*at == '\\' && !in_class) {
			at++;
			if (!*at)
				break;
			if (*at == delimiter && delimiter != '\\') {
				/* s|a\|b|: the character itself */
				if (is_regex && strchr("$*.[]^+?(){}|", delimiter) && !strchr("+?(){}|", delimiter))
					*to++ = '\\';
				*to++ = *at++;
				continue;
			}
			if (*at == 'n' && is_regex) {
				*to++ = '\n';
				at++;
				continue;
			}
			*to++ = '\\';
			*to++ = *at++;
			continue;
		}
		if (is_regex && *at == '[' && !in_class) {
			in_class = 1;
			*to++ = *at++;
			if (*at == '^')
				*to++ = *at++;
			if (*at == ']')
				*to++ = *at++;
			continue;
		}
		if (in_class && *at == '[' && (at[1] == ':' || at[1] == '.' || at[1] == '=')) {
			const char *close = strchr(at + 2, ']');

			if (close) {
				memcpy(to, at, (size_t)(close + 1 - at));
				to += close + 1 - at;
				at = close + 1;
				continue;
			}
		}
		if (in_class && *at == '\\' && at[1] == 'n') {
			*to++ = '\n';
			at += 2;
			continue;
		}
		if (in_class && *at == ']')
			in_class = 0;
		*to++ = *at++;
	}
	*to = '\0';
	if (!*at)
		return NULL;
	at++;
	return out;
}

static char *unescape_regex(const char *text)
{
	static const char from[] = "aftvr", to[] = "\a\f\t\v\r";
	char *out = core_malloc(strlen(text) + 1), *p = out;

	for (; *text; text++) {
		const char *known = text[0] == '\\' && text[1] ? strchr(from, text[1]) : NULL;

		if (known) {
			*p++ = to[known - from];
			text++;
		} else {
			if (text[0] == '\\' && text[1])
				*p++ = *text++;
			*p++ = *text;
		}
	}
	*p = '\0';
	return out;
}

static regex_t *compile(const char *text, int flags)
{
	regex_t *regex;
	char message[128];
	int error;

	if (!*text)
		return NULL;   /* the last one that was used */
	regex = core_malloc(sizeof *regex);
	error = regcomp(regex, unescape_regex(text), (sed_extended ? REG_EXTENDED : 0) | flags);
	if (error) {
		regerror(error, NULL, message, sizeof message);
		bad(message);
	}
	return regex;
}

static int address(struct sed_address *a)
{
	if (isdigit((unsigned char)*at)) {
		a->kind = A_LINE;
		a->line = strtol(at, (char **)&at, 10);
		if (*at == '~') {
			a->kind = A_STEP;
			a->step = strtol(at + 1, (char **)&at, 10);
		}
		return 1;
	}
	if (*at == '$') {
		at++;
		a->kind = A_LAST;
		return 1;
	}
	if (*at == '/' || *at == '\\') {
		char delimiter = *at++, *text;
		int flags = 0;

		if (delimiter == '\\')
			delimiter = *at++;
		text = delimited(delimiter, 1);
		if (!text)
			bad("unterminated address regex");
		for (; *at == 'I' || *at == 'M'; at++)
			flags |= *at == 'I' ? REG_ICASE : REG_NEWLINE;
		a->kind = A_REGEX;
		a->regex = compile(text, flags);
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

	blanks();
	if (!*at)
		bad("expected \\ after `a', `c' or `i'");
	if (*at == '\\') {
		at++;
		blanks();
		if (*at == '\n')
			at++;
		else if (!*at) {
			pending_text = (int)(command - sed_script.commands);
			command->text = core_strdup("");
			return;
		}
	}
	out = to = core_malloc(strlen(at) + 2);
	while (*at && *at != '\n') {
		if (*at == '\\' && at[1])
			at++;
		*to++ = *at++;
	}
	*to++ = '\n';
	*to = '\0';
	if (*at)
		at++;
	command->text = out;
}

static char *to_end_of_line(void)
{
	size_t length;
	char *text;

	blanks();
	length = strcspn(at, "\n");
	text = strndup(at, length);
	at += length;
	return text;
}

static char *label(void)
{
	size_t length;
	char *text;

	blanks();
	length = strcspn(at, "\n; }");
	text = strndup(at, length);
	at += length;
	return text;
}

static struct sed_output *output(const char *name)
{
	struct sed_output *found;

	if (!*name)
		bad("missing filename in r/R/w/W commands");
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
	char delimiter = *at, *pattern;
	int flags = 0, numbered = 0;

	if (!delimiter || delimiter == '\n' || delimiter == '\\')
		bad("unterminated `s' command");
	at++;
	pattern = delimited(delimiter, 1);
	command->replacement = pattern ? delimited(delimiter, 0) : NULL;
	if (!command->replacement)
		bad("unterminated `s' command");
	command->occurrence = 1;
	for (;; at++) {
		switch (*at) {
		case 'g':
			if (command->global)
				bad("multiple `g' options to `s' command");
			command->global = 1;
			continue;
		case 'p':
			if (command->print)
				bad("multiple `p' options to `s' command");
			command->print = 1;
			continue;
		case 'i': case 'I': flags |= REG_ICASE; continue;
		case 'm': case 'M': flags |= REG_NEWLINE; continue;
		case 'e': command->evaluate = 1; continue;
		case 'w':
			at++;
			command->output = output(to_end_of_line());
			break;
		case '\n': case ';': case '\0': case '}': case '#': case ' ': case '\t': case '\r':
			break;
		default:
			if (isdigit((unsigned char)*at)) {
				if (numbered)
					bad("multiple number options to `s' command");
				command->occurrence = (int)strtol(at, (char **)&at, 10);
				if (command->occurrence == 0)
					bad("number option to `s' command may not be zero");
				numbered = 1;
				at--;
				continue;
			}
			at++;
			bad("unknown option to `s'");
		}
		break;
	}
	command->regex = compile(pattern, flags);
	{
		const char *p;
		size_t groups = command->regex ? command->regex->re_nsub : 9;

		for (p = command->replacement; *p; p++)
			if (*p == '\\' && p[1]) {
				p++;
				if (isdigit((unsigned char)*p) && (size_t)(*p - '0') > groups) {
					char message[64];

					snprintf(message, sizeof message, "invalid reference \\%c on `s' command's RHS", *p);
					bad(message);
				}
			}
	}
}

static void translate(struct sed_command *command)
{
	char delimiter = *at++, *from = delimited(delimiter, 0), *to = from ? delimited(delimiter, 0) : NULL, *map;
	int i;

	if (!to)
		bad("unterminated `y' command");
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
		bad("strings for `y' command are different lengths");
	command->text = map;
}

static void end_of_command(void)
{
	blanks();
	if (*at == '}' || *at == '#' || !*at)
		return;
	if (*at != ';' && *at != '\n') {
		at++;
		bad("extra characters after command");
	}
	at++;
}

static void arguments(struct sed_command *command)
{
	switch (command->name) {
	case '{':
		block_places[block_count] = (int)(at - start);
		blocks[block_count++] = sed_script.count - 1;
		return;
	case '}':
		if (block_count == 0)
			bad("unexpected `}'");
		if (command->from.kind != A_NONE)
			bad("} doesn't want any addresses");
		command->number = blocks[--block_count];
		end_of_command();
		return;
	case 'a': case 'i': case 'c': text_of(command); return;
	case ':':
		if (command->from.kind != A_NONE)
			bad(": doesn't want any addresses");
		blanks();
		command->text = strndup(at, strcspn(at, "\n;"));
		at += strcspn(at, "\n;");
		if (!*command->text)
			bad("\":\" lacks a label");
		return;
	case 'b': case 't': case 'T': command->text = label(); end_of_command(); return;
	case 'r': case 'R':
		command->text = to_end_of_line();
		if (!*command->text)
			bad("missing filename in r/R/w/W commands");
		return;
	case 'w': case 'W': command->output = output(to_end_of_line()); return;
	case 's': substitute(command); end_of_command(); return;
	case 'y': translate(command); end_of_command(); return;
	case 'q': case 'Q': case 'l': case 'L':
		blanks();
		command->number = isdigit((unsigned char)*at) ? strtol(at, (char **)&at, 10) : command->name == 'l' ? -1 : 0;
		end_of_command();
		return;
	case 'e': case 'v': command->text = to_end_of_line(); return;
	case '=': case 'd': case 'D': case 'g': case 'G': case 'h': case 'H': case 'n': case 'N': case 'p': case 'P': case 'x': case 'z': case 'F':
		end_of_command();
		return;
	default: {
		char message[40];

		snprintf(message, sizeof message, "unknown command: `%c'", command->name);
		bad(message);
	}
	}
}

void sed_add_script(const char *text, const char *name, int is_file)
{
	start = at = text;
	where = name;
	by_file = is_file;
	if (!is_file)
		expressions++;
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

		while (*at == ' ' || *at == '\t' || *at == '\n' || *at == ';')
			at++;
		if (!*at)
			return;
		if (*at == '#') {
			at += strcspn(at, "\n");
			continue;
		}
		command = new_command();
		if (address(&command->from)) {
			blanks();
			if (*at == ',') {
				at++;
				blanks();
				if (*at == '+' || *at == '~') {
					command->to.kind = *at == '+' ? A_PLUS : A_MULTIPLE;
					command->to.line = strtol(at + 1, (char **)&at, 10);
				} else if (!address(&command->to)) {
					at++;
					bad("unexpected `,'");
				}
			}
			if (command->from.kind == A_LINE && command->from.line == 0) {
				if (command->to.kind != A_REGEX)
					bad("invalid usage of line address 0");
				command->from.kind = A_ZERO;
			}
		}
		blanks();
		while (*at == '!') {
			command->negated = 1;
			at++;
			blanks();
		}
		if (!*at)
			bad("missing command");
		command->name = *at++;
		arguments(command);
	}
}

void sed_finish_script(void)
{
	int i, j;

	if (block_count > 0) {
		fflush(stdout);
		fprintf(stderr, "%s: -e expression #%d, char 0: unmatched `{'\n", core_name, by_file ? 1 : expressions);
		exit(1);
	}
	if (pending_text >= 0)
		bad("expected \\ after `a', `c' or `i'");
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
