/* Builtins that print and test: echo, printf, test. */
#include "sh.h"
#include "printf_format.h"
#include "test_expr.h"

#include <stdio.h>
#include <string.h>

static int b_echo_flags(int argc, char **argv, int *newline, int *escapes)
{
	int i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		const char *p = argv[i] + 1;

		if (sh_dash && !sh_busybox) {
			if (strcmp(p, "n") != 0)
				break;
			*newline = 0;
			return i + 1;
		}
		if (p[strspn(p, "neE")])
			break;
		for (; *p; p++) {
			if (*p == 'n')
				*newline = 0;
			else
				*escapes = *p == 'e';
		}
	}
	return i;
}

int sh_b_echo(int argc, char **argv)
{
	int newline = 1, escapes = sh_dash && !sh_busybox, stop = 0;
	int i = b_echo_flags(argc, argv, &newline, &escapes), first = i;

	for (; i < argc && !stop; i++) {
		const char *text = argv[i];

		if (i > first)
			putchar(' ');
		if (!escapes) {
			fputs(text, stdout);
			continue;
		}
		while (*text && !stop) {
			if (*text == '\\' && text[1] && (!sh_dash || !strchr("xuUeE\"'", text[1])) && !(text[1] >= '1' && text[1] <= '7' && !sh_dash))
				text = print_escape(text + 1, 1, &stop);
			else if (*text == '\\' && !sh_dash && (text[1] == 'x' || text[1] == 'u' || text[1] == 'e'))
				text = print_escape(text + 1, 1, &stop);
			else
				putchar(*text++);
		}
	}
	if (newline && !stop)
		putchar('\n');
	return 0;
}

static void printf_complain(enum printf_error error, const char *text)
{
	if (error == PRINTF_EXTRA)
		return;
	if (error == PRINTF_RANGE)
		sh_builtin_error(1, "%s: Numerical result out of range", text);
	else if (error == PRINTF_DIRECTIVE && sh_dash)
		sh_builtin_error(1, "%s: invalid directive", text);
	else if (error == PRINTF_DIRECTIVE)
		sh_builtin_error(1, *text ? "`%c': invalid format character" : "`%c': missing format character", *text);
	else if (sh_dash)
		sh_builtin_error(1, error == PRINTF_NOT_A_NUMBER ? "%s: expected numeric value" : "%s: not completely converted", text);
	else
		sh_builtin_error(1, "%s: invalid number", text);
}

/* What printf's %q gives: backslashes rather than quotes. */
static char *backslashes(const char *text)
{
	struct sh_buf out = { 0 };
	const char *p;

	if (!*text)
		return (char *)"''";
	for (p = text; *p; p++)
		if ((unsigned char)*p < ' ')
			return sh_quote(text);
	for (; *text; text++) {
		if (strchr(" '\"\\|&;()<>!{}*[]?^$`,", *text) || (strchr("#~", *text) && out.length == 0))
			sh_put(&out, '\\');
		sh_put(&out, *text);
	}
	return sh_text(&out);
}

int sh_b_printf(int argc, char **argv)
{
	struct printf_style style = { printf_complain, sh_dash ? NULL : backslashes, !sh_dash, sh_dash };
	const char *into = NULL;
	int at = 1;

	if (at + 1 < argc && strcmp(argv[at], "-v") == 0 && !sh_dash) {
		into = argv[at + 1];
		at += 2;
	}
	if (at < argc && strcmp(argv[at], "--") == 0)
		at++;
	if (at >= argc) {
		if (sh_dash)
			return sh_builtin_error(2, "usage: printf format [arg ...]");
		fprintf(stderr, "printf: usage: printf [-v var] format [arguments]\n");
		return 2;
	}
	if (into) {
		char *text = NULL;
		size_t size = 0;
		FILE *real = stdout, *memory;
		int status;

		fflush(stdout);
		memory = open_memstream(&text, &size);
		if (!memory)
			return 1;
		stdout = memory;
		status = printf_format(argv[at], argc - at - 1, argv + at + 1, &style);
		fclose(memory);
		stdout = real;
		sh_assign_word(sh_assignment_text(into, text), 0, 0);
		return status;
	}
	return printf_format(argv[at], argc - at - 1, argv + at + 1, &style);
}

static const char *test_name = "test";

static void test_complain(enum test_error error, const char *argument)
{
	const char *format;

	if (sh_dash)
		format = error == TEST_INTEGER ? "Illegal number: %2$s" : error == TEST_MISSING ? "argument expected" :
			 error == TEST_PAREN ? "closing paren expected" : "%2$s: unexpected operator";
	else
		format = error == TEST_INTEGER ? "%s: %s: integer expression expected" : error == TEST_UNARY ? "%s: %s: unary operator expected" :
			 error == TEST_BINARY ? "%s: %s: binary operator expected" : error == TEST_MISSING ? "%s: argument expected" :
			 error == TEST_PAREN ? argument ? "%s: `)' expected, found %s" : "%s: `)' expected" : "%s: too many arguments";
	sh_error(format, test_name, argument);
}

static int is_variable(const char *name)
{
	const char *bracket = strchr(name, '[');
	struct sh_var *var;

	if (!bracket)
		return sh_get(name) != NULL;
	var = sh_find(sh_copyn(name, (size_t)(bracket - name)));
	return var && sh_element(var, sh_copyn(bracket + 1, strlen(bracket) - 2)) != NULL;
}

int sh_test(int argc, char **argv)
{
	struct test_style style = { test_complain, is_variable, sh_option_is_on, sh_dash };

	test_name = argv[0];
	return test_expression(argc - 1, argv + 1, &style);
}

int sh_b_test(int argc, char **argv)
{
	if (strcmp(argv[0], "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0)
			return sh_error(sh_dash ? "missing ]" : "[: missing `]'"), 2;
		argc--;
	}
	return sh_test(argc, argv);
}
