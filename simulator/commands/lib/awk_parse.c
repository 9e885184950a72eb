/* awk: expressions, from a program's text to trees. */
#define _GNU_SOURCE
#include "awk_parse.h"
#include "core.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct awk_function *awk_functions;
struct awk_function *awk_inside;
static int no_in;
int awk_no_gt;
struct name { struct name *next; char *name; struct awk_cell cell; };
static struct name *names;

struct awk_cell *awk_variable(const char *name)
{
	struct name *found;

	for (found = names; found; found = found->next)
		if (strcmp(found->name, name) == 0)
			return &found->cell;
	found = core_malloc(sizeof *found);
	memset(found, 0, sizeof *found);
	found->name = core_strdup(name);
	found->cell.value.flags = V_NUM | V_STR;
	found->cell.value.text = (char *)"";
	found->next = names;
	names = found;
	return &found->cell;
}

struct awk_node *awk_make(enum awk_kind kind, struct awk_node *a, struct awk_node *b)
{
	struct awk_node *node = core_malloc(sizeof *node);

	memset(node, 0, sizeof *node);
	node->kind = kind;
	node->a = a;
	node->b = b;
	return node;
}

static struct awk_node *ternary(void);
static struct awk_node *unary(void);

struct awk_node *awk_arguments(const char *close)
{
	struct awk_node *first = NULL, **tail = &first;
	int saved_in = no_in, saved_gt = awk_no_gt;

	no_in = awk_no_gt = 0;
	while (awk_token == T_NL)
		awk_lex_advance();
	while (!awk_is(close)) {
		*tail = awk_expression();
		tail = &(*tail)->next;
		while (awk_token == T_NL)
			awk_lex_advance();
		if (!awk_is(","))
			break;
		awk_lex_advance();
		while (awk_token == T_NL)
			awk_lex_advance();
	}
	no_in = saved_in;
	awk_no_gt = saved_gt;
	awk_expect(close);
	return first;
}

struct awk_node *awk_name(const char *name)
{
	struct awk_node *node;
	int i;

	for (i = 0; awk_inside && i < awk_inside->params; i++)
		if (strcmp(awk_inside->param[i], name) == 0) {
			node = awk_make(N_LOCAL, NULL, NULL);
			node->index = i;
			node->text = core_strdup(name);
			return node;
		}
	node = awk_make(N_VAR, NULL, NULL);
	node->cell = awk_variable(name);
	node->text = core_strdup(name);
	return node;
}

struct awk_function *awk_function_named(const char *name)
{
	struct awk_function *function;

	for (function = awk_functions; function; function = function->next)
		if (strcmp(function->name, name) == 0)
			return function;
	function = core_malloc(sizeof *function);
	memset(function, 0, sizeof *function);
	function->name = core_strdup(name);
	function->next = awk_functions;
	awk_functions = function;
	return function;
}

static int is_lvalue(const struct awk_node *node)
{
	return node->kind == N_VAR || node->kind == N_LOCAL || node->kind == N_FIELD || node->kind == N_INDEX;
}

static struct awk_node *primary(void)
{
	struct awk_node *node;
	char name[256];

	switch (awk_token) {
	case T_NUMBER:
		node = awk_make(N_NUMBER, NULL, NULL);
		node->number = awk_token_number;
		awk_lex_advance();
		return node;
	case T_STRING: case T_REGEX:
		node = awk_make(awk_token == T_STRING ? N_STRING : N_REGEX, NULL, NULL);
		node->text = core_strdup(awk_word);
		if (awk_token == T_REGEX)
			node->regex = awk_regex(node->text);
		awk_lex_advance();
		return node;
	case T_NAME:
		snprintf(name, sizeof name, "%.255s", awk_word);
		awk_lex_advance();
		node = awk_name(name);
		if (awk_is("[")) {
			awk_lex_advance();
			node = awk_make(N_INDEX, node, awk_arguments("]"));
		}
		return node;
	case T_FUNC_NAME:
		node = awk_make(N_CALL, NULL, NULL);
		node->function = awk_function_named(awk_word);
		awk_lex_advance();
		awk_expect("(");
		node->a = awk_arguments(")");
		return node;
	case T_BUILTIN:
		node = awk_make(N_BUILTIN, NULL, NULL);
		node->text = core_strdup(awk_word);
		awk_lex_advance();
		if (awk_accept("("))
			node->a = awk_arguments(")");
		else if (strcmp(node->text, "length") != 0)
			awk_syntax();
		return node;
	case T_KEYWORD:
		if (strcmp(awk_word, "getline") == 0) {
			awk_lex_advance();
			node = awk_make(N_GETLINE, NULL, NULL);
			if (awk_token == T_NAME || awk_is("$"))
				node->a = unary();
			if (awk_is("<")) {
				awk_lex_advance();
				node->b = primary();
				node->op = '<';
			}
			return node;
		}
		break;
	case T_OP:
		if (awk_accept("$")) {
			node = awk_is("++") || awk_is("--") || awk_is("-") ? unary() : primary();
			return awk_make(N_FIELD, node, NULL);
		}
		if (awk_accept("(")) {
			struct awk_node *list;
			int saved_in = no_in, saved_gt = awk_no_gt;

			no_in = awk_no_gt = 0;
			list = awk_expression();
			if (awk_is(",")) {
				struct awk_node **tail = &list->next;

				while (awk_accept(",")) {
					*tail = awk_expression();
					tail = &(*tail)->next;
				}
				awk_expect(")");
				no_in = saved_in;
				awk_no_gt = saved_gt;
				node = awk_make(N_GROUP, list, NULL);
				if (awk_accept("in"))
					return awk_make(N_IN, node, awk_name((awk_lex_advance(), awk_word)));
				return node;
			}
			awk_expect(")");
			no_in = saved_in;
			awk_no_gt = saved_gt;
			return awk_make(N_GROUP, list, NULL);
		}
	}
	awk_syntax();
	return NULL;
}

static struct awk_node *postfix(void)
{
	struct awk_node *node = primary();

	if (is_lvalue(node) && awk_is("++")) {
		awk_lex_advance();
		awk_regex_may_come = 0;
		return awk_make(N_POSTINC, node, NULL);
	}
	if (is_lvalue(node) && awk_is("--")) {
		awk_lex_advance();
		return awk_make(N_POSTDEC, node, NULL);
	}
	return node;
}

static struct awk_node *power(void)
{
	struct awk_node *node = postfix();

	if (awk_accept("^")) {
		struct awk_node *right = awk_is("-") || awk_is("+") || awk_is("!") ? unary() : power();

		return awk_make(N_POW, node, right);
	}
	return node;
}

static struct awk_node *unary(void)
{
	if (awk_accept("!")) return awk_make(N_NOT, unary(), NULL);
	if (awk_accept("-")) return awk_make(N_NEG, unary(), NULL);
	if (awk_accept("+")) return awk_make(N_PLUS, unary(), NULL);
	if (awk_accept("++")) return awk_make(N_PREINC, unary(), NULL);
	if (awk_accept("--")) return awk_make(N_PREDEC, unary(), NULL);
	return power();
}

static struct awk_node *product(void)
{
	struct awk_node *node = unary();

	for (;;) {
		enum awk_kind kind = awk_is("*") ? N_MUL : awk_is("/") ? N_DIV : awk_is("%") ? N_MOD : N_NUMBER;

		if (kind == N_NUMBER)
			return node;
		awk_lex_advance();
		node = awk_make(kind, node, unary());
	}
}

static struct awk_node *sum(void)
{
	struct awk_node *node = product();

	for (;;) {
		enum awk_kind kind = awk_is("+") ? N_ADD : awk_is("-") ? N_SUB : N_NUMBER;

		if (kind == N_NUMBER)
			return node;
		awk_lex_advance();
		node = awk_make(kind, node, product());
	}
}

static int begins_operand(void)
{
	if (awk_token == T_NUMBER || awk_token == T_STRING || awk_token == T_NAME || awk_token == T_FUNC_NAME || awk_token == T_BUILTIN)
		return 1;
	return awk_is("$") || awk_is("!") || awk_is("(") || awk_is("-") || awk_is("+") || awk_is("++") || awk_is("--");
}

struct awk_node *awk_concatenation(void)
{
	struct awk_node *node = sum();

	while (begins_operand() && !awk_is("in"))
		node = awk_make(N_CONCAT, node, sum());
	return node;
}

static struct awk_node *comparison(void)
{
	struct awk_node *node = awk_concatenation();

	for (;;) {
		enum awk_kind kind = awk_is("<") ? N_LESS : awk_is("<=") ? N_LE : awk_is("==") ? N_EQ : awk_is("!=") ? N_NE : awk_is(">=") ? N_GE : awk_is(">") && !awk_no_gt ? N_GT : N_NUMBER;

		if (awk_is("|") && !awk_no_gt) {   /* command | getline */
			const char *back = awk_at;
			struct awk_node *read;

			awk_lex_advance();
			if (!awk_is("getline")) {
				awk_at = back;
				awk_token = T_OP;
				strcpy(awk_word, "|");
				return node;
			}
			awk_lex_advance();
			read = awk_make(N_GETLINE, NULL, node);
			read->op = '|';
			if (awk_token == T_NAME || awk_is("$"))
				read->a = unary();
			node = read;
			continue;
		}
		if (kind == N_NUMBER)
			return node;
		awk_lex_advance();
		node = awk_make(kind, node, awk_concatenation());
	}
}

static struct awk_node *matching(void)
{
	struct awk_node *node = comparison();

	for (;;) {
		if (awk_accept("~"))
			node = awk_make(N_MATCH, node, comparison());
		else if (awk_accept("!~"))
			node = awk_make(N_NOMATCH, node, comparison());
		else
			return node;
	}
}

static struct awk_node *membership(void)
{
	struct awk_node *node = matching();

	while (!no_in && awk_is("in")) {
		awk_lex_advance();
		node = awk_make(N_IN, node, awk_name(awk_word));
		awk_lex_advance();
	}
	return node;
}

void awk_skip_newlines(void)
{
	while (awk_token == T_NL)
		awk_lex_advance();
}

static struct awk_node *and_expression(void)
{
	struct awk_node *node = membership();

	while (awk_accept("&&")) {
		awk_skip_newlines();
		node = awk_make(N_ANDAND, node, membership());
	}
	return node;
}

static struct awk_node *or_expression(void)
{
	struct awk_node *node = and_expression();

	while (awk_accept("||")) {
		awk_skip_newlines();
		node = awk_make(N_OROR, node, and_expression());
	}
	return node;
}

static struct awk_node *ternary(void)
{
	struct awk_node *node = or_expression();

	if (awk_accept("?")) {
		awk_skip_newlines();
		node = awk_make(N_COND, node, ternary());
		awk_skip_newlines();
		awk_expect(":");
		awk_skip_newlines();
		node->c = ternary();
	}
	return node;
}

struct awk_node *awk_expression(void)
{
	static const struct { const char *text; int op; } assignments[] = { { "=", '=' }, { "+=", '+' }, { "-=", '-' }, { "*=", '*' }, { "/=", '/' }, { "%=", '%' }, { "^=", '^' } };
	struct awk_node *node = ternary();
	size_t i;

	for (i = 0; i < sizeof assignments / sizeof *assignments; i++)
		if (awk_is(assignments[i].text) && is_lvalue(node)) {
			awk_lex_advance();
			awk_skip_newlines();
			node = awk_make(N_ASSIGN, node, awk_expression());
			node->op = assignments[i].op;
			return node;
		}
	return node;
}
