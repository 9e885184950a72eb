/* awk: statements, functions and rules, from a program's text to trees. */
#define _GNU_SOURCE
#include "awk_parse.h"
#include "core.h"

#include <stdlib.h>
#include <string.h>

struct awk_rule *awk_rules;

static struct awk_node *statement(void);

static struct awk_node *block(void)
{
	struct awk_node *node = awk_make(S_BLOCK, NULL, NULL), **tail = &node->a;

	awk_expect("{");
	for (;;) {
		while (awk_token == T_NL || awk_is(";"))
			awk_lex_advance();
		if (awk_accept("}"))
			return node;
		if (awk_token == T_END)
			awk_syntax();
		*tail = statement();
		tail = &(*tail)->next;
	}
}

static void end_of_statement(void)
{
	if (awk_token == T_NL || awk_is(";"))
		awk_lex_advance();
	else if (!awk_is("}") && awk_token != T_END)
		awk_syntax();
}

static struct awk_node *body(void)
{
	awk_skip_newlines();
	if (awk_accept(";"))
		return awk_make(S_BLOCK, NULL, NULL);
	return statement();
}

static struct awk_node *print(int formatted)
{
	struct awk_node *node = awk_make(formatted ? S_PRINTF : S_PRINT, NULL, NULL);

	awk_no_gt = 1;
	if (awk_token != T_NL && awk_token != T_END && !awk_is(";") && !awk_is("}") && !awk_is(">") && !awk_is(">>") && !awk_is("|")) {
		struct awk_node **tail = &node->a;

		*tail = awk_expression();
		while (awk_accept(",")) {
			tail = &(*tail)->next;
			awk_skip_newlines();
			*tail = awk_expression();
		}
		/* print (a, b): the list is the group's */
		if (node->a->kind == N_GROUP && node->a->a->next && !node->a->next)
			node->a = node->a->a;
	}
	awk_no_gt = 0;
	if (awk_is(">") || awk_is(">>") || awk_is("|")) {
		node->op = awk_word[0] == '|' ? '|' : awk_word[1] ? 'a' : '>';
		awk_lex_advance();
		awk_no_gt = 1;
		node->b = awk_concatenation();
		awk_no_gt = 0;
	}
	end_of_statement();
	return node;
}

static struct awk_node *for_statement(void)
{
	struct awk_node *node;

	awk_expect("(");
	if (awk_token == T_NAME) {
		const char *back = awk_at;
		char name[256];

		snprintf(name, sizeof name, "%.255s", awk_word);
		awk_lex_advance();
		if (awk_is("in")) {
			awk_lex_advance();
			node = awk_make(S_FORIN, awk_name(name), awk_name(awk_word));
			awk_lex_advance();
			if (awk_is(")")) {
				awk_lex_advance();
				node->c = body();
				return node;
			}
		}
		awk_at = back;
		awk_token = T_NAME;
		strcpy(awk_word, name);
		awk_regex_may_come = 0;
	}
	node = awk_make(S_FOR, NULL, NULL);
	if (!awk_is(";"))
		node->a = awk_expression();
	awk_expect(";");
	awk_skip_newlines();
	if (!awk_is(";"))
		node->b = awk_expression();
	awk_expect(";");
	awk_skip_newlines();
	if (!awk_is(")"))
		node->c = awk_expression();
	awk_expect(")");
	node->d = body();
	return node;
}

static struct awk_node *statement(void)
{
	struct awk_node *node;

	if (awk_is("{")) {
		node = block();
		return node;
	}
	if (awk_accept("if")) {
		awk_expect("(");
		node = awk_make(S_IF, awk_expression(), NULL);
		awk_expect(")");
		node->b = body();
		{
			const char *back = awk_at;
			int back_token = awk_token, back_line = awk_line;
			char saved[256];

			snprintf(saved, sizeof saved, "%.255s", awk_word);
			while (awk_token == T_NL || awk_is(";"))
				awk_lex_advance();
			if (awk_accept("else")) {
				node->c = body();
			} else {
				awk_at = back;
				awk_token = back_token;
				awk_line = back_line;
				strcpy(awk_word, saved);
			}
		}
		return node;
	}
	if (awk_accept("while")) {
		awk_expect("(");
		node = awk_make(S_WHILE, awk_expression(), NULL);
		awk_expect(")");
		node->b = awk_is(";") ? (awk_lex_advance(), awk_make(S_BLOCK, NULL, NULL)) : body();
		return node;
	}
	if (awk_accept("do")) {
		node = awk_make(S_DO, body(), NULL);
		while (awk_token == T_NL || awk_is(";"))
			awk_lex_advance();
		awk_expect("while");
		awk_expect("(");
		node->b = awk_expression();
		awk_expect(")");
		end_of_statement();
		return node;
	}
	if (awk_accept("for"))
		return for_statement();
	if (awk_accept("print"))
		return print(0);
	if (awk_accept("printf"))
		return print(1);
	if (awk_accept("break")) node = awk_make(S_BREAK, NULL, NULL);
	else if (awk_accept("continue")) node = awk_make(S_CONTINUE, NULL, NULL);
	else if (awk_accept("next")) node = awk_make(S_NEXT, NULL, NULL);
	else if (awk_accept("nextfile")) node = awk_make(S_NEXTFILE, NULL, NULL);
	else if (awk_is("exit") || awk_is("return")) {
		node = awk_make(awk_is("exit") ? S_EXIT : S_RETURN, NULL, NULL);
		awk_lex_advance();
		if (awk_token != T_NL && awk_token != T_END && !awk_is(";") && !awk_is("}"))
			node->a = awk_expression();
	} else if (awk_accept("delete")) {
		node = awk_make(S_DELETE, awk_name(awk_word), NULL);
		awk_lex_advance();
		if (awk_accept("["))
			node->b = awk_arguments("]");
	} else {
		node = awk_make(S_EXPR, awk_expression(), NULL);
	}
	end_of_statement();
	return node;
}

static void function_definition(void)
{
	struct awk_function *function;

	awk_lex_advance();
	function = awk_function_named(awk_word);
	awk_lex_advance();
	awk_expect("(");
	while (!awk_is(")")) {
		if (awk_token != T_NAME || function->params == 32)
			awk_syntax();
		function->param[function->params++] = core_strdup(awk_word);
		awk_lex_advance();
		if (!awk_accept(","))
			break;
		awk_skip_newlines();
	}
	awk_expect(")");
	awk_skip_newlines();
	awk_inside = function;
	function->body = block();
	awk_inside = NULL;
}

void awk_parse(const char *program)
{
	struct awk_rule **tail = &awk_rules;

	awk_at = program;
	awk_lex_advance();
	for (;;) {
		struct awk_rule *rule;

		while (awk_token == T_NL || awk_is(";"))
			awk_lex_advance();
		if (awk_token == T_END)
			break;
		if (awk_is("function") || awk_is("func")) {
			function_definition();
			continue;
		}
		rule = core_malloc(sizeof *rule);
		memset(rule, 0, sizeof *rule);
		if (awk_accept("BEGIN")) {
			rule->when = 'B';
		} else if (awk_accept("END")) {
			rule->when = 'E';
		} else if (!awk_is("{")) {
			rule->pattern = awk_expression();
			if (awk_accept(",")) {
				awk_skip_newlines();
				rule->to = awk_expression();
			}
		}
		if (awk_is("{"))
			rule->body = block();
		else if (rule->when)
			awk_syntax();
		*tail = rule;
		tail = &rule->next;
	}
	{
		struct awk_function *function;

		for (function = awk_functions; function; function = function->next)
			if (!function->body)
				awk_fail("function %s never defined", function->name);
	}
}
