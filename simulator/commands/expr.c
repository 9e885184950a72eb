/* expr(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

static char **at;

static const char *or_value(int evaluate);

static int is(const char *word)
{
	if (!*at || strcmp(*at, word) != 0)
		return 0;
	at++;
	return 1;
}

static int is_number(const char *text)
{
	text += *text == '-';
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static int is_null(const char *text)
{
	const char *p = text + (*text == '-');

	return !*text || (*p && p[strspn(p, "0")] == '\0');
}

static const char *number_text(long long value)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", value);
	return core_strdup(text);
}

static long long number(const char *text)
{
	if (!is_number(text))
		core_error(2, 0, "non-integer argument");
	errno = 0;
	return strtoll(text, NULL, 10);
}

static const char *match(const char *text, const char *pattern)
{
	regex_t regex;
	regmatch_t found[2];
	char *anchored = core_malloc(strlen(pattern) + 2), message[128];
	int error;

	sprintf(anchored, *pattern == '^' ? "%s" : "^%s", pattern);
	error = regcomp(&regex, anchored, 0);
	if (error) {
		regerror(error, &regex, message, sizeof message);
		core_error(2, 0, "%s", message);
	}
	if (regexec(&regex, text, 2, found, 0) != 0)
		return regex.re_nsub ? "" : "0";
	if (regex.re_nsub)
		return found[1].rm_so < 0 ? "" : strndup(text + found[1].rm_so, (size_t)(found[1].rm_eo - found[1].rm_so));
	return number_text((long long)found[0].rm_eo);
}

static const char *operand(void)
{
	if (!*at)
		core_error(2, 0, "syntax error: missing argument after %s", core_quote(at[-1]));
	return *at++;
}

static const char *primary(int evaluate)
{
	const char *value, *other;

	if (!*at)
		core_error(2, 0, "syntax error: missing argument after %s", core_quote(at[-1]));
	if (is("(")) {
		value = or_value(evaluate);
		if (!*at)
			core_error(2, 0, "syntax error: expecting ')' after %s", core_quote(at[-1]));
		if (!is(")"))
			core_error(2, 0, "syntax error: expecting ')' instead of %s", core_quote(*at));
		return value;
	}
	if (is(")"))
		core_error(2, 0, "syntax error: unexpected ')'");
	if (is("+"))
		return operand();
	if (is("length")) {
		size_t bytes, length = 0;
		int code;

		value = primary(evaluate);
		for (bytes = strlen(value); bytes > 0; length++) {
			size_t size = core_char(value, bytes, &code);

			value += size;
			bytes -= size;
		}
		return number_text((long long)length);
	}
	if (is("match")) {
		value = primary(evaluate);
		other = primary(evaluate);
		return evaluate ? match(value, other) : "";
	}
	if (is("index")) {
		value = primary(evaluate);
		other = primary(evaluate);
		return number_text(value[strcspn(value, other)] ? (long long)strcspn(value, other) + 1 : 0);
	}
	if (is("substr")) {
		long long from, length, whole;

		value = primary(evaluate);
		from = number(primary(evaluate));
		length = number(primary(evaluate));
		whole = (long long)strlen(value);
		if (from < 1 || length < 1 || from > whole)
			return "";
		return strndup(value + from - 1, (size_t)length);
	}
	return *at++;
}

static const char *matching(int evaluate)
{
	const char *value = primary(evaluate);

	while (is(":")) {
		const char *pattern = primary(evaluate);

		if (evaluate)
			value = match(value, pattern);
	}
	return value;
}

static const char *product(int evaluate)
{
	const char *value = matching(evaluate);

	for (;;) {
		char op = is("*") ? '*' : is("/") ? '/' : is("%") ? '%' : 0;
		const char *right;
		long long a, b;

		if (!op)
			return value;
		right = matching(evaluate);
		if (!evaluate)
			continue;
		a = number(value);
		b = number(right);
		if (op != '*' && b == 0)
			core_error(2, 0, "division by zero");
		value = number_text(op == '*' ? a * b : op == '/' ? a / b : a % b);
	}
}

static const char *sum(int evaluate)
{
	const char *value = product(evaluate);

	for (;;) {
		int plus = is("+"), minus = !plus && is("-");
		const char *right;

		if (!plus && !minus)
			return value;
		right = product(evaluate);
		if (evaluate)
			value = number_text(plus ? number(value) + number(right) : number(value) - number(right));
	}
}

static const char *comparison(int evaluate)
{
	static const char *const names[] = { "<=", "<", ">=", ">", "==", "=", "!=" };
	const char *value = sum(evaluate);

	for (;;) {
		const char *right;
		int i, order;

		for (i = 0; i < 7 && !is(names[i]); i++)
			;
		if (i == 7)
			return value;
		right = sum(evaluate);
		if (is_number(value) && is_number(right))
			order = (number(value) > number(right)) - (number(value) < number(right));
		else
			order = strcmp(value, right);
		switch (i) {
		case 0: order = order <= 0; break;
		case 1: order = order < 0; break;
		case 2: order = order >= 0; break;
		case 3: order = order > 0; break;
		case 6: order = order != 0; break;
		default: order = order == 0;
		}
		value = order ? "1" : "0";
	}
}

static const char *and_value(int evaluate)
{
	const char *value = comparison(evaluate);

	while (is("&")) {
		const char *right = comparison(evaluate && !is_null(value));

		if (is_null(value) || is_null(right))
			value = "0";
	}
	return value;
}

static const char *or_value(int evaluate)
{
	const char *value = and_value(evaluate);

	while (is("|")) {
		const char *right = and_value(evaluate && is_null(value));

		if (is_null(value))
			value = is_null(right) ? "0" : right;
	}
	return value;
}

int main(int argc, char **argv)
{
	const char *value;

	core_trouble = 3;
	core_start(argv[0], "EXPRESSION");
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		argv++, argc--;
	if (argc < 2) {
		core_error(0, 0, "missing operand");
		core_try_help(2);
	}
	at = argv + 1;
	value = or_value(1);
	if (*at)
		core_error(2, 0, "syntax error: unexpected argument %s", core_quote(*at));
	puts(value);
	return is_null(value);
}
