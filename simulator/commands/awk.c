/* awk(1): Debian's is mawk 1.3.4. Uses lib/awk_*.c, lib/regex*.c, lib/core*.c. */
#define _GNU_SOURCE
#include "lib/awk.h"
#include "lib/core.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static FILE *input;
static char **files;
static int file_count, file_at, any_file, exit_status, in_end;

/* NAME=value among the operands. */
static int assignment(const char *text)
{
	static const char from[] = "abfnrtv\\\"", to[] = "\a\b\f\n\r\t\v\\\"";
	const char *equals = strchr(text, '=');
	char *value, *at;
	size_t length = equals ? (size_t)(equals - text) : 0, i;

	for (i = 0; i < length; i++)
		if (!(text[i] == '_' || (text[i] | 32) >= 'a') || !((text[i] | 32) <= 'z' || text[i] == '_'))
			if (!(i > 0 && text[i] >= '0' && text[i] <= '9'))
				return 0;
	if (!length)
		return 0;
	value = at = core_malloc(strlen(equals) + 1);
	for (equals++; *equals; equals++) {
		const char *known = *equals == '\\' && equals[1] ? strchr(from, equals[1]) : NULL;

		if (known) {
			*at++ = to[known - from];
			equals++;
		} else {
			*at++ = *equals;
		}
	}
	*at = '\0';
	awk_variable(strndup(text, length))->value = awk_of_input(value);
	return 1;
}

static int open_next(void)
{
	if (input && input != stdin)
		fclose(input);
	input = NULL;
	while (file_at < file_count) {
		char *name = files[file_at++];

		if (!*name || assignment(name))
			continue;
		any_file = 1;
		awk_variable("FNR")->value = awk_of_number(0);
		awk_variable("FILENAME")->value = awk_of_text(name);
		input = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
		if (input)
			return 1;
		fflush(stdout);
		fprintf(stderr, "%s: cannot open %s (%s)\n", core_name, name, strerror(errno));
		exit(2);
	}
	if (any_file)
		return 0;
	any_file = 1;
	input = stdin;
	return 1;
}

int awk_next_record(void)
{
	char *text;

	for (;;) {
		if (!input && !open_next())
			return 0;
		if (awk_getline(input, &text)) {
			awk_set_record(text);
			awk_variable("NR")->value = awk_of_number(awk_number(&awk_variable("NR")->value) + 1);
			awk_variable("FNR")->value = awk_of_number(awk_number(&awk_variable("FNR")->value) + 1);
			return 1;
		}
		if (!open_next())
			return 0;
	}
}

static void run_rules(int when)
{
	struct awk_rule *rule;

	for (rule = awk_rules; rule; rule = rule->next)
		if (rule->when == when)
			awk_run(rule->body);
}

void awk_exit(int status)
{
	if (status >= 0)
		exit_status = status;
	if (!in_end) {
		in_end = 1;
		run_rules('E');
	}
	awk_close_all();
	exit(exit_status);
}

static int selected(struct awk_rule *rule)
{
	struct awk_value value;

	if (!rule->pattern)
		return 1;
	if (!rule->to) {
		value = awk_eval(rule->pattern);
		return awk_true(&value);
	}
	if (!rule->active) {
		value = awk_eval(rule->pattern);
		if (!awk_true(&value))
			return 0;
		rule->active = 1;
	}
	value = awk_eval(rule->to);
	if (awk_true(&value))
		rule->active = 0;
	return 1;
}

static void records(void)
{
	struct awk_rule *rule;

	while (awk_next_record())
		for (rule = awk_rules; rule; rule = rule->next) {
			if (rule->when || !selected(rule))
				continue;
			if (!rule->body)
				printf("%s%s", awk_field(0), awk_text(&awk_variable("ORS")->value));
			else if (awk_run(rule->body) == 3)   /* next */
				break;
		}
}

static char *read_file(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	char *text = NULL;
	size_t length = 0, room = 0, got;

	if (!file)
		awk_fail("couldn't open file %s", name);
	do {
		text = core_realloc(text, room = room ? room * 2 : 4096);
		got = fread(text + length, 1, room - length - 1, file);
		length += got;
	} while (got > 0);
	text[length] = '\0';
	return text;
}

static void variables(int argc, char **argv)
{
	static const struct { const char *name, *value; } texts[] = { { "FS", " " }, { "OFS", " " }, { "ORS", "\n" }, { "RS", "\n" }, { "OFMT", "%.6g" }, { "CONVFMT", "%.6g" }, { "SUBSEP", "\034" } };
	struct awk_node node;
	char key[16];
	size_t i;
	int n;

	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		awk_variable(texts[i].name)->value = awk_of_text(texts[i].value);
	awk_variable("NR")->value = awk_of_number(0);
	awk_variable("FNR")->value = awk_of_number(0);
	awk_variable("NF")->value = awk_of_number(0);
	memset(&node, 0, sizeof node);
	node.kind = N_VAR;
	node.cell = awk_variable("ENVIRON");
	for (n = 0; environ[n]; n++) {
		char *equals = strchr(environ[n], '=');

		if (equals)
			*awk_element(awk_array_of(&node), strndup(environ[n], (size_t)(equals - environ[n])), 1) = awk_of_input(equals + 1);
	}
	node.cell = awk_variable("ARGV");
	*awk_element(awk_array_of(&node), "0", 1) = awk_of_text("awk");
	for (n = 0; n < argc; n++) {
		snprintf(key, sizeof key, "%d", n + 1);
		*awk_element(awk_array_of(&node), key, 1) = awk_of_input(argv[n]);
	}
	awk_variable("ARGC")->value = awk_of_number(argc + 1);
}

int main(int argc, char **argv)
{
	char *program = NULL, *separator = NULL, *assigned[32];
	int at = 1, count = 0, i, reads = 0;
	struct awk_rule *rule;

	core_start(argv[0], "");
	core_trouble = 2;
	while (at < argc && argv[at][0] == '-' && argv[at][1]) {
		char *value = argv[at] + 2;

		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if (strcmp(argv[at], "--version") == 0 || strcmp(argv[at], "-Wversion") == 0) {
			puts("mawk 1.3.4 20200120");
			return 0;
		}
		if (!strchr("Fvf", argv[at][1]))
			awk_fail("not an option: %s", argv[at]);
		i = argv[at][1];
		if (!*value) {
			if (++at >= argc)
				awk_fail("option lacks argument: -%c", i);
			value = argv[at];
		}
		at++;
		if (i == 'F') {
			separator = value;
		} else if (i == 'v') {
			if (count < 32)
				assigned[count++] = value;
		} else {
			char *more = read_file(value), *both = core_malloc((program ? strlen(program) : 0) + strlen(more) + 2);

			sprintf(both, "%s%s%s", program ? program : "", program ? "\n" : "", more);
			program = both;
		}
	}
	if (!program) {
		if (at >= argc) {
			fputs("Usage: mawk [Options] [Program] [file ...]\n", stderr);
			return 2;
		}
		program = argv[at++];
	}
	files = argv + at;
	file_count = argc - at;
	variables(file_count, files);
	if (separator)
		awk_variable("FS")->value = awk_of_text(strcmp(separator, "t") == 0 ? "t" : strcmp(separator, "\\t") == 0 ? "\t" : separator);
	for (i = 0; i < count; i++)
		if (!assignment(assigned[i]))
			awk_fail("improper assignment: -v %s", assigned[i]);
	awk_parse(program);
	run_rules('B');
	for (rule = awk_rules; rule; rule = rule->next)
		reads |= rule->when != 'B';
	if (reads)
		records();
	awk_exit(-1);
}
