/* Builtins about variables: export, readonly, local, declare, unset, set, shift, read, getopts, let. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

char *sh_assignment_text(const char *name, const char *value)
{
	struct sh_buf text = { 0 };

	sh_puts(&text, name);
	sh_put(&text, '=');
	sh_puts(&text, value);
	return sh_text(&text);
}

static void put_double_quoted(struct sh_buf *out, const char *text)
{
	const char *p;

	for (p = text; *p; p++)
		if ((unsigned char)*p < ' ' && *p != '\n') {
			sh_puts(out, sh_quote(text));
			return;
		}
	sh_put(out, '"');
	for (; *text; text++) {
		if (strchr("\"$`\\", *text))
			sh_put(out, '\\');
		sh_put(out, *text);
	}
	sh_put(out, '"');
}

static void print_elements(struct sh_buf *out, const struct sh_var *var)
{
	const struct sh_element *element;

	sh_put(out, '(');
	for (element = var->elements; element; element = element->next) {
		if (element != var->elements)
			sh_put(out, ' ');
		if (element->key)
			sh_putf(out, "[%s]=", element->key);
		else
			sh_putf(out, "[%ld]=", element->index);
		put_double_quoted(out, element->value);
	}
	sh_puts(out, var->flags & V_ASSOC ? " )" : ")");
}

/* As `declare -p`; a prefix replaces `declare -x` in dash. */
void sh_print_var(const struct sh_var *var, const char *prefix)
{
	struct sh_buf out = { 0 };

	if (sh_dash) {
		printf("%s %s", prefix, var->name);
		if (var->value)
			printf("=%s", *var->value ? strpbrk(sh_quote(var->value), "'") ? sh_quote(var->value) : sh_always_quote(var->value) : "''");
		putchar('\n');
		return;
	}
	sh_puts(&out, "declare -");
	if (var->flags & V_ARRAY) sh_put(&out, 'a');
	if (var->flags & V_ASSOC) sh_put(&out, 'A');
	if (var->flags & V_INTEGER) sh_put(&out, 'i');
	if (var->flags & V_NAMEREF) sh_put(&out, 'n');
	if (var->flags & V_READONLY) sh_put(&out, 'r');
	if (var->flags & V_LOWER) sh_put(&out, 'l');
	if (var->flags & V_UPPER) sh_put(&out, 'u');
	if (var->flags & V_EXPORT) sh_put(&out, 'x');
	if (out.text[out.length - 1] == '-')
		sh_put(&out, '-');
	sh_put(&out, ' ');
	sh_puts(&out, var->name);
	if (var->flags & (V_ARRAY | V_ASSOC)) {
		sh_put(&out, '=');
		print_elements(&out, var);
	} else if (var->value) {
		sh_put(&out, '=');
		put_double_quoted(&out, var->value);
	}
	puts(sh_text(&out));
}

char *sh_always_quote(const char *text)
{
	struct sh_buf out = { 0 };

	sh_put(&out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			sh_puts(&out, sh_dash ? "'\"'\"'" : "'\\''");
		else
			sh_put(&out, *text);
	}
	sh_put(&out, '\'');
	return sh_text(&out);
}

static int print_all(int flags, const char *prefix)
{
	int count, i;
	struct sh_var **all = sh_all_vars(&count);

	for (i = 0; i < count; i++)
		if ((all[i]->flags & flags) == flags && (flags || all[i]->value))
			sh_print_var(all[i], prefix);
	return 0;
}

static int bad_name(const char *word)
{
	size_t at;

	if (sh_is_assignment(word, &at) || sh_is_name(word))
		return 0;
	if (sh_dash) {
		sh_error("%.*s: bad variable name", (int)strcspn(word, "="), word);
		sh_fatal_error(2);
	} else {
		sh_builtin_error(1, "`%s': not a valid identifier", word);
	}
	return 1;
}

static int declare_one(const char *word, int on, int off, int local)
{
	size_t at;
	struct sh_var *var;

	if (bad_name(word))
		return 1;
	if (sh_is_assignment(word, &at) && word[at + (word[at] == '+' ? 2 : 1)] == '(' && !sh_dash) {
		if (!sh_assign(word, on, local))
			return 1;
	} else if (!sh_assign_word(word, on, local)) {
		return 1;
	}
	var = sh_find(sh_copyn(word, sh_name_length(word)));
	if (var)
		var->flags &= ~off;
	return 0;
}

static int export_function(const char *name)
{
	if (!sh_function(name))
		return sh_builtin_error(1, "%s: not a function", name);
	return 0;
}

int sh_b_export(int argc, char **argv)
{
	int i, status = 0, off = 0, functions = 0, readonly = strcmp(argv[0], "readonly") == 0, flags = readonly ? V_READONLY : V_EXPORT;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "-n") == 0 && !readonly && !sh_dash) {
			off = V_EXPORT;
		} else if (strcmp(argv[i], "-f") == 0 && !sh_dash) {
			functions = 1;
		} else if (strcmp(argv[i], "-a") == 0 && readonly) {
			flags |= V_ARRAY;
		} else if (strcmp(argv[i], "-p") != 0) {
			return sh_usage(argv[i], readonly ? "readonly [-aAf] [name[=value] ...] or readonly -p" : "export [-fn] [name[=value] ...] or export -p");
		}
	}
	if (i == argc)
		return print_all(flags, argv[0]);
	for (; i < argc; i++)
		status |= functions ? export_function(argv[i]) : declare_one(argv[i], off ? 0 : flags, off, 0);
	return status;
}

static int declare_functions(int argc, char **argv, int i, int names_only)
{
	struct sh_function *function;
	int status = 0;

	if (i == argc) {
		for (function = sh_function_list; function; function = function->next)
			if (names_only)
				printf("declare -f %s\n", function->name);
			else
				sh_print_function(function->name, function->body);
		return 0;
	}
	for (; i < argc; i++) {
		function = sh_function(argv[i]);
		if (!function)
			status = 1;
		else if (names_only)
			printf("%s\n", argv[i]);
		else
			sh_print_function(argv[i], function->body);
	}
	return status;
}

/* declare, typeset, local */
int sh_b_declare(int argc, char **argv)
{
	int is_local = strcmp(argv[0], "local") == 0, on = 0, off = 0, print = 0, functions = 0, global = 0, i, status = 0;
	const char *p;

	if (is_local && !sh_functions) {
		if (sh_dash)
			return sh_error("not in a function"), sh_fatal_error(2), 2;
		return sh_builtin_error(1, "can only be used in a function");
	}
	for (i = 1; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1] && !sh_dash; i++) {
		int *to = argv[i][0] == '-' ? &on : &off;

		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		for (p = argv[i] + 1; *p; p++) {
			switch (*p) {
			case 'a': *to |= V_ARRAY; break;
			case 'A': *to |= V_ASSOC; break;
			case 'i': *to |= V_INTEGER; break;
			case 'n': *to |= V_NAMEREF; break;
			case 'r': *to |= V_READONLY; break;
			case 'x': *to |= V_EXPORT; break;
			case 'u': *to |= V_UPPER; break;
			case 'l': *to |= V_LOWER; break;
			case 'p': print = 1; break;
			case 'f': functions = 1; break;
			case 'F': functions = 2; break;
			case 'g': global = 1; break;
			default: {
				char option[3] = { argv[i][0], *p, 0 };

				return sh_usage(option, is_local ? "local [option] name[=value] ..." :
						"declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]");
			}
			}
		}
	}
	if (functions)
		return declare_functions(argc, argv, i, functions == 2);
	if (i == argc)
		return is_local ? 0 : print_all(on, "");
	for (; i < argc; i++) {
		if (print) {
			struct sh_var *var = sh_find(argv[i]);

			if (var)
				sh_print_var(var, "");
			else
				status = sh_builtin_error(1, "%s: not found", argv[i]);
			continue;
		}
		status |= declare_one(argv[i], on, off, (is_local || sh_functions) && !global);
	}
	return status;
}

int sh_b_unset(int argc, char **argv)
{
	int i = 1, functions = 0, variables = 0, status = 0;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-f") == 0)
			functions = 1;
		else if (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-n") == 0)
			variables = 1;
		else if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		} else
			return sh_usage(argv[i], "unset [-f] [-v] [-n] [name ...]");
	}
	for (; i < argc; i++) {
		char *bracket = strchr(argv[i], '[');

		if (functions) {
			sh_undefine(argv[i]);
		} else if (bracket && !sh_dash) {
			struct sh_var *var = sh_find(sh_copyn(argv[i], (size_t)(bracket - argv[i])));

			if (var)
				sh_unset_element(var, sh_copyn(bracket + 1, strlen(bracket) - 2));
		} else if (!sh_is_name(argv[i])) {
			status = sh_dash ? (sh_builtin_error(2, "%s: bad variable name", argv[i]), sh_fatal_error(2), 2) : sh_builtin_error(1, "`%s': not a valid identifier", argv[i]);
		} else if (!sh_find(argv[i]) && !variables) {
			sh_undefine(argv[i]);
		} else if (!sh_unset(argv[i])) {
			status = 1;
		}
	}
	return status;
}

int sh_b_shift(int argc, char **argv)
{
	int by = argc > 1 ? atoi(argv[1]) : 1;

	if (argc > 1 && argv[1][strspn(argv[1], "0123456789")]) {
		if (sh_dash)
			return sh_error("Illegal number: %s", argv[1]), sh_fatal_error(2), 2;
		return sh_builtin_error(1, "%s: numeric argument required", argv[1]);
	}
	if (by > sh_arg_count) {
		if (sh_dash) {
			sh_error("can't shift that many");
			sh_fatal_error(2);
			return 2;
		}
		return 1;
	}
	sh_args += by;
	sh_arg_count -= by;
	return 0;
}

int sh_b_let(int argc, char **argv)
{
	int64_t value = 0;
	int i;

	if (argc < 2)
		return sh_builtin_error(1, "expression expected");
	sh_arith_name = "let: ";
	for (i = 1; i < argc; i++)
		if (!sh_arith(argv[i], &value)) {
			sh_arith_name = "";
			return 1;
		}
	sh_arith_name = "";
	return value == 0;
}

static void getopts_error(const char *format, char option)
{
	if (!sh_dash)
		fprintf(stderr, "%s: ", sh_name0);
	fprintf(stderr, format, option);
}

int sh_b_getopts(int argc, char **argv)
{
	static int place;
	static const char *last;
	char **args = sh_args, option[2] = { 0, 0 }, number[16];
	int count = sh_arg_count, index, quiet;
	const char *spec, *at, *optind = sh_get("OPTIND");

	if (argc < 3) {
		if (sh_dash)
			return sh_builtin_error(2, "Usage: getopts optstring var [arg...]");
		fprintf(stderr, "getopts: usage: getopts optstring name [arg ...]\n");
		return 2;
	}
	if (argc > 3) {
		args = argv + 3;
		count = argc - 3;
	}
	spec = argv[1];
	quiet = *spec == ':';
	index = optind ? atoi(optind) : 1;
	if (index < 1)
		index = 1;
	if (index > count || (place && last != args[index - 1]))
		place = 0;
	if (!place) {
		const char *arg = index <= count ? args[index - 1] : NULL;

		if (!arg || arg[0] != '-' || !arg[1] || strcmp(arg, "--") == 0) {
			if (arg && strcmp(arg, "--") == 0)
				index++;
			snprintf(number, sizeof number, "%d", index);
			sh_set("OPTIND", number);
			sh_set(argv[2], "?");
			sh_unset("OPTARG");
			return 1;
		}
		place = 1;
	}
	last = args[index - 1];
	option[0] = last[place++];
	at = option[0] == ':' ? NULL : strchr(spec + quiet, option[0]);
	sh_unset("OPTARG");
	if (!last[place]) {
		place = 0;
		index++;
	}
	if (!at) {
		if (quiet)
			sh_set("OPTARG", option);
		else
			getopts_error(sh_dash ? "Illegal option -%c\n" : "illegal option -- %c\n", option[0]);
		option[0] = '?';
	} else if (at[1] == ':') {
		if (place) {
			sh_set("OPTARG", last + place);
			place = 0;
			index++;
		} else if (index <= count) {
			sh_set("OPTARG", args[index - 1]);
			index++;
		} else if (quiet) {
			sh_set("OPTARG", option);
			option[0] = ':';
		} else {
			getopts_error(sh_dash ? "No arg for -%c option\n" : "option requires an argument -- %c\n", option[0]);
			option[0] = '?';
		}
	}
	snprintf(number, sizeof number, "%d", index);
	sh_set("OPTIND", number);
	sh_set(argv[2], option);
	return 0;
}
