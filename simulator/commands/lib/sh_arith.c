/* Arithmetic: C's operators on 64-bit integers, with variables. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arith {
	const char *text, *at, *token;   /* token: where the last one began */
	int failed, skip, depth;         /* skip: of an operand that is not evaluated */
};

/* What stands before messages: "((: ", "let: " or nothing. */
const char *sh_arith_name = "";

static int64_t comma(struct arith *a);
static int64_t assignment(struct arith *a);

static void blanks(struct arith *a)
{
	while (*a->at == ' ' || *a->at == '\t' || *a->at == '\n')
		a->at++;
}

static int64_t fail(struct arith *a, const char *what)
{
	const char *from = a->token;

	if (a->failed)
		return 0;
	a->failed = 1;
	if (sh_dash) {
		sh_error("arithmetic expression: %s: \"%s\"", strcmp(what, "division by 0") == 0 ? "division by zero" :
			 strchr(what, '(') || strstr(what, "in expression") || strstr(what, "invalid") ? "expecting EOF" : "expecting primary", a->text);
		return 0;
	}
	while (*from == ' ')
		from++;
	if (strncmp(what, "syntax error", 12) == 0 || strcmp(what, "division by 0") == 0 || strchr(what, '('))
		sh_error("%s%s: %s (error token is \"%s\")", sh_arith_name, a->text + strspn(a->text, " \t"), what, from);
	else
		sh_error("%s%s", sh_arith_name, what);
	return 0;
}

static int is(struct arith *a, const char *operator)
{
	size_t length = strlen(operator);

	blanks(a);
	if (strncmp(a->at, operator, length) != 0)
		return 0;
	a->token = a->at;
	a->at += length;
	return 1;
}

static int64_t value_of(struct arith *a, const char *text)
{
	struct arith inner;
	int64_t value;

	if (!text || !*text)
		return 0;
	if (a->depth > 200)
		return fail(a, "expression recursion level exceeded (");
	memset(&inner, 0, sizeof inner);
	inner.text = inner.at = inner.token = text;
	inner.depth = a->depth + 1;
	value = comma(&inner);
	blanks(&inner);
	if (!inner.failed && *inner.at) {
		inner.token = inner.at;
		fail(&inner, "syntax error: invalid arithmetic operator");
	}
	if (inner.failed)
		a->failed = 1;
	return value;
}

struct place { char *name, *subscript; };

static int64_t load(struct arith *a, struct place *place)
{
	const char *text;
	int set;

	if (a->skip)
		return 0;
	if (place->subscript) {
		struct sh_var *var = sh_find(place->name);

		text = var ? sh_element(var, place->subscript) : NULL;
	} else {
		text = sh_param(place->name, strlen(place->name), &set);
	}
	if (!text && sh_opt_u) {
		sh_error(sh_dash ? "%s: parameter not set" : "%s: unbound variable", place->name);
		a->failed = 1;
		return 0;
	}
	return value_of(a, text);
}

static int64_t store(struct arith *a, struct place *place, int64_t value)
{
	struct sh_buf digits = { 0 };

	if (a->skip || a->failed)
		return value;
	sh_putf(&digits, "%lld", (long long)value);
	if (place->subscript)
		sh_set_element(sh_make(place->name), place->subscript, sh_text(&digits), 0);
	else if (!sh_set(place->name, sh_text(&digits)))
		a->failed = 1;
	return value;
}

static int place(struct arith *a, struct place *out)
{
	size_t length;

	blanks(a);
	length = sh_name_length(a->at);
	if (!length)
		return 0;
	a->token = a->at;
	out->name = sh_copyn(a->at, length);
	out->subscript = NULL;
	a->at += length;
	if (*a->at == '[' && !sh_dash) {
		const char *from = ++a->at;
		int depth = 1;

		while (*a->at && depth > 0) {
			depth += (*a->at == '[') - (*a->at == ']');
			a->at++;
		}
		out->subscript = sh_copyn(from, (size_t)(a->at - from - (depth == 0)));
	}
	return 1;
}

static int digit(char c, int base)
{
	int value;

	if (isdigit((unsigned char)c))
		value = c - '0';
	else if (c >= 'a' && c <= 'z')
		value = c - 'a' + 10;
	else if (c >= 'A' && c <= 'Z')
		value = c - 'A' + (base <= 36 ? 10 : 36);
	else if (c == '@')
		value = 62;
	else if (c == '_')
		value = 63;
	else
		return -1;
	return value;
}

static int64_t number(struct arith *a)
{
	const char *start = a->at;
	uint64_t value = 0;
	int base = 10;

	a->token = start;
	if (a->at[0] == '0' && (a->at[1] == 'x' || a->at[1] == 'X')) {
		base = 16;
		a->at += 2;
	} else if (a->at[0] == '0') {
		base = 8;
	} else {
		const char *hash = a->at + strspn(a->at, "0123456789");

		if (*hash == '#') {
			base = atoi(a->at);
			a->at = hash + 1;
			if (base < 2 || base > 64)
				return fail(a, "invalid arithmetic base (error");
		}
	}
	while (isalnum((unsigned char)*a->at) || *a->at == '_' || *a->at == '@') {
		int next = digit(*a->at, base);

		if (next >= base)
			return fail(a, isdigit((unsigned char)*a->at) || base != 10 ? "value too great for base (" : "value too great for base (");
		value = value * (uint64_t)base + (uint64_t)next;
		a->at++;
	}
	return (int64_t)value;
}

static int64_t primary(struct arith *a)
{
	struct place at;
	int64_t value;
	int step;

	blanks(a);
	if ((a->at[0] == '+' || a->at[0] == '-') && a->at[1] == a->at[0]) {
		const char *back = a->at;

		step = *a->at == '+' ? 1 : -1;
		a->at += 2;
		if (place(a, &at))
			return store(a, &at, load(a, &at) + step);
		a->at = back;
	}
	switch (*a->at) {
	case '!': if (a->at[1] != '=') { a->at++; return !primary(a); } break;
	case '~': a->at++; return ~primary(a);
	case '-': a->token = a->at++; return (int64_t)(0 - (uint64_t)primary(a));
	case '+': a->token = a->at++; return primary(a);
	case '(':
		a->token = a->at++;
		value = comma(a);
		if (!is(a, ")")) {
			a->token = a->at;
			return fail(a, "syntax error: missing `)'");
		}
		return value;
	}
	if (isdigit((unsigned char)*a->at))
		return number(a);
	if (place(a, &at)) {
		blanks(a);
		if ((a->at[0] == '+' || a->at[0] == '-') && a->at[1] == a->at[0]) {
			step = *a->at == '+' ? 1 : -1;
			a->at += 2;
			value = load(a, &at);
			store(a, &at, value + step);
			return value;
		}
		return load(a, &at);
	}
	if (*a->at)
		a->token = a->at;
	return fail(a, "syntax error: operand expected");
}

static int64_t power(struct arith *a)
{
	int64_t base = primary(a), exponent;
	uint64_t result = 1, factor;

	if (sh_dash || !is(a, "**"))
		return base;
	exponent = power(a);
	if (exponent < 0)
		return fail(a, "exponent less than 0 (");
	for (factor = (uint64_t)base; exponent > 0; exponent >>= 1, factor *= factor)
		if (exponent & 1)
			result *= factor;
	return (int64_t)result;
}

static const char *const levels[][5] = {
	{ "||" }, { "&&" }, { "|" }, { "^" }, { "&" }, { "==", "!=" }, { "<=", ">=", "<", ">" }, { "<<", ">>" }, { "+", "-" }, { "*", "/", "%" },
};
enum { LEVELS = sizeof levels / sizeof *levels };

static const char *operator_at(struct arith *a, int level)
{
	int i;

	blanks(a);
	for (i = 0; i < 5 && levels[level][i]; i++) {
		const char *operator = levels[level][i];
		size_t length = strlen(operator);

		if (strncmp(a->at, operator, length) != 0)
			continue;
		if (a->at[length] == '=' && strcmp(operator, "==") != 0 && strcmp(operator, "!=") != 0 && strcmp(operator, "<=") != 0 &&
		    strcmp(operator, ">=") != 0 && (!strchr("<>", *operator) || length == 2))
			return NULL;
		if (length == 1 && strchr("|&<>", *operator) && a->at[1] == *operator)
			return NULL;
		return operator;
	}
	return NULL;
}

static int64_t apply(struct arith *a, const char *op, int64_t x, int64_t y)
{
	switch (op[0]) {
	case '|': return op[1] ? x || y : x | y;
	case '&': return op[1] ? x && y : x & y;
	case '^': return x ^ y;
	case '=': return x == y;
	case '!': return x != y;
	case '<':
		if (op[1] == '<')
			return (int64_t)((uint64_t)x << (y & 63));
		return op[1] ? x <= y : x < y;
	case '>':
		if (op[1] == '>')
			return x >> (y & 63);
		return op[1] ? x >= y : x > y;
	case '+': return (int64_t)((uint64_t)x + (uint64_t)y);
	case '-': return (int64_t)((uint64_t)x - (uint64_t)y);
	case '*': return (int64_t)((uint64_t)x * (uint64_t)y);
	}
	if (a->skip)
		return 0;
	if (y == 0)
		return fail(a, "division by 0");
	if (y == -1)
		return op[0] == '/' ? (int64_t)(0 - (uint64_t)x) : 0;
	return op[0] == '/' ? x / y : x % y;
}

static int64_t binary(struct arith *a, int level)
{
	int64_t left, right;
	const char *operator, *token;

	left = level == LEVELS - 1 ? power(a) : binary(a, level + 1);
	while (!a->failed && (operator = operator_at(a, level)) != NULL) {
		int lazy = (level == 0 && left) || (level == 1 && !left);

		a->token = a->at;
		a->at += strlen(operator);
		blanks(a);
		token = a->at;
		if (*token)
			a->token = token;
		a->skip += lazy;
		right = level == LEVELS - 1 ? power(a) : binary(a, level + 1);
		a->skip -= lazy;
		if (a->failed)
			return 0;
		a->token = token;
		left = apply(a, operator, left, right);
	}
	return left;
}

static int64_t conditional(struct arith *a)
{
	int64_t test = binary(a, 0), yes, no;

	if (a->failed || !is(a, "?"))
		return test;
	a->skip += !test;
	yes = comma(a);
	a->skip -= !test;
	if (!is(a, ":"))
		return fail(a, "syntax error: `:' expected for conditional expression");
	a->skip += !!test;
	no = conditional(a);
	a->skip -= !!test;
	return test ? yes : no;
}

static int64_t assignment(struct arith *a)
{
	static const char *const operators[] = { "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|=", NULL };
	const char *back = a->at;
	struct place to;
	int i;

	if (place(a, &to)) {
		blanks(a);
		if (a->at[0] == '=' && a->at[1] != '=') {
			a->token = a->at++;
			return store(a, &to, assignment(a));
		}
		for (i = 0; operators[i]; i++)
			if (is(a, operators[i])) {
				int64_t left = load(a, &to), right;

				blanks(a);
				a->token = a->at;
				back = a->at;
				right = assignment(a);
				a->token = back;
				return a->failed ? 0 : store(a, &to, apply(a, sh_copyn(operators[i], strlen(operators[i]) - 1), left, right));
			}
	}
	a->at = back;
	return conditional(a);
}

static int64_t comma(struct arith *a)
{
	int64_t value = assignment(a);

	while (!a->failed && !sh_dash && is(a, ","))
		value = assignment(a);
	return value;
}

int sh_arith(const char *text, int64_t *value)
{
	struct arith a;

	memset(&a, 0, sizeof a);
	a.text = a.at = a.token = text;
	blanks(&a);
	*value = 0;
	if (!*a.at) {
		if (sh_dash)
			fail(&a, "operand");
		return !sh_dash;
	}
	*value = comma(&a);
	blanks(&a);
	if (!a.failed && *a.at) {
		a.token = a.at;
		if (strchr("=+-*/%<>&|^", *a.at) && *a.at == '=')
			fail(&a, "attempted assignment to non-variable (");
		else
			fail(&a, isalnum((unsigned char)*a.at) || strchr("([", *a.at) ? "syntax error in expression" : "syntax error: invalid arithmetic operator");
	}
	return !a.failed;
}
