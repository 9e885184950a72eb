/* awk: from a program's text to trees. */
#define _GNU_SOURCE
#include "awk.h"
#include "core.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct awk_rule *awk_rules;
static struct awk_function *functions;
static const char *at;
static int line = 1;
static struct awk_function *inside;
static int no_in, no_gt;
struct name { struct name *next; char *name; struct awk_cell cell; };
static struct name *names;

enum { T_END, T_NL, T_NUMBER, T_STRING, T_REGEX, T_NAME, T_FUNC_NAME, T_BUILTIN, T_KEYWORD, T_OP };
static int token;
static char text[4096];
static double number;
static int before_regex_allowed = 1;

static const char *const keywords[] = { "BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf" };
static const char *const builtins[] = { "length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "sin", "cos", "atan2", "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper",
	"system", "close", "fflush", "gensub", "strftime", "systime" };

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

static int in_list(const char *const *list, size_t count, const char *word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0)
			return 1;
	return 0;
}

static void string_token(char end)
{
	static const char from[] = "abfnrtv\\\"/", to[] = "\a\b\f\n\r\t\v\\\"/";
	size_t length = 0;

	while (*at && *at != end) {
		char c = *at++;

		if (c == '\n' )
			awk_fail("runaway string constant \"%.10s ...", text);
		if (c == '\\' && *at) {
			const char *known = strchr(from, *at);

			if (end == '/' && *at != '/') {
				text[length++] = '\\';
				c = *at++;
			} else if (known) {
				c = to[known - from];
				at++;
			} else if (*at >= '0' && *at <= '7') {
				int value = 0, n = 0;

				while (n++ < 3 && *at >= '0' && *at <= '7')
					value = value * 8 + *at++ - '0';
				c = (char)value;
			} else if (*at == '\n') {
				at++;
				continue;
			} else {
				text[length++] = '\\';
				c = *at++;
			}
		}
		if (length < sizeof text - 2)
			text[length++] = c;
	}
	text[length] = '\0';
	if (!*at)
		awk_fail(end == '/' ? "regular expression compile failed (missing operand)\n/%s" : "runaway string constant \"%.10s ...", text);
	at++;
}

static void advance(void)
{
	static const char *const operators[] = { "&&", "||", "==", "<=", ">=", "!=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", ">>", "!~", NULL };
	int i, was = token, could_regex = before_regex_allowed;

	(void)was;
	for (;;) {
		while (*at == ' ' || *at == '\t' || *at == '\r')
			at++;
		if (*at == '\\' && at[1] == '\n') {
			at += 2;
			line++;
			continue;
		}
		if (*at == '#') {
			while (*at && *at != '\n')
				at++;
		}
		break;
	}
	before_regex_allowed = 1;
	text[0] = '\0';
	if (!*at) {
		token = T_END;
		return;
	}
	if (*at == '\n') {
		at++;
		line++;
		token = T_NL;
		return;
	}
	if (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]))) {
		char *end;

		number = strtod(at, &end);
		at = end;
		token = T_NUMBER;
		before_regex_allowed = 0;
		return;
	}
	if (*at == '"') {
		at++;
		string_token('"');
		token = T_STRING;
		before_regex_allowed = 0;
		return;
	}
	if (*at == '/' && could_regex) {
		at++;
		string_token('/');
		token = T_REGEX;
		before_regex_allowed = 0;
		return;
	}
	if (isalpha((unsigned char)*at) || *at == '_') {
		size_t length = 0;

		while ((isalnum((unsigned char)*at) || *at == '_') && length < 255)
			text[length++] = *at++;
		text[length] = '\0';
		if (in_list(keywords, sizeof keywords / sizeof *keywords, text)) {
			token = T_KEYWORD;
			return;
		}
		before_regex_allowed = 0;
		token = in_list(builtins, sizeof builtins / sizeof *builtins, text) ? T_BUILTIN : *at == '(' ? T_FUNC_NAME : T_NAME;
		return;
	}
	token = T_OP;
	for (i = 0; operators[i]; i++)
		if (strncmp(at, operators[i], strlen(operators[i])) == 0) {
			strcpy(text, operators[i]);
			at += strlen(text);
			before_regex_allowed = strcmp(text, "++") != 0 && strcmp(text, "--") != 0;
			return;
		}
	text[0] = *at++;
	text[1] = '\0';
	before_regex_allowed = strchr(")]$", text[0]) == NULL;
}

static void syntax(void)
{
	char near[64];

	if (token == T_END)
		awk_fail("line %d: syntax error at or near end of line", line);
	if (token == T_NL)
		awk_fail("line %d: syntax error at or near end of line", line);
	snprintf(near, sizeof near, "%.60s", token == T_NUMBER ? "number" : text);
	awk_fail("line %d: syntax error at or near %s", line, near);
}

static int is(const char *what)
{
	return (token == T_OP || token == T_KEYWORD) && strcmp(text, what) == 0;
}

static int accept(const char *what)
{
	if (!is(what))
		return 0;
	advance();
	return 1;
}

static void expect(const char *what)
{
	if (!accept(what))
		syntax();
}

static struct awk_node *make(enum awk_kind kind, struct awk_node *a, struct awk_node *b)
{
	struct awk_node *node = core_malloc(sizeof *node);

	memset(node, 0, sizeof *node);
	node->kind = kind;
	node->a = a;
	node->b = b;
	return node;
}

static struct awk_node *expression(void);
static struct awk_node *ternary(void);
static struct awk_node *unary(void);

static struct awk_node *arguments(const char *close)
{
	struct awk_node *first = NULL, **tail = &first;
	int saved_in = no_in, saved_gt = no_gt;

	no_in = no_gt = 0;
	while (token == T_NL)
		advance();
	while (!is(close)) {
		*tail = expression();
		tail = &(*tail)->next;
		while (token == T_NL)
			advance();
		if (!is(","))
			break;
		advance();
		while (token == T_NL)
			advance();
	}
	no_in = saved_in;
	no_gt = saved_gt;
	expect(close);
	return first;
}

static struct awk_node *variable(const char *name)
{
	struct awk_node *node;
	int i;

	for (i = 0; inside && i < inside->params; i++)
		if (strcmp(inside->param[i], name) == 0) {
			node = make(N_LOCAL, NULL, NULL);
			node->index = i;
			node->text = core_strdup(name);
			return node;
		}
	node = make(N_VAR, NULL, NULL);
	node->cell = awk_variable(name);
	node->text = core_strdup(name);
	return node;
}

static struct awk_function *function_named(const char *name)
{
	struct awk_function *function;

	for (function = functions; function; function = function->next)
		if (strcmp(function->name, name) == 0)
			return function;
	function = core_malloc(sizeof *function);
	memset(function, 0, sizeof *function);
	function->name = core_strdup(name);
	function->next = functions;
	functions = function;
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

	switch (token) {
	case T_NUMBER:
		node = make(N_NUMBER, NULL, NULL);
		node->number = number;
		advance();
		return node;
	case T_STRING: case T_REGEX:
		node = make(token == T_STRING ? N_STRING : N_REGEX, NULL, NULL);
		node->text = core_strdup(text);
		if (token == T_REGEX)
			node->regex = awk_regex(node->text);
		advance();
		return node;
	case T_NAME:
		snprintf(name, sizeof name, "%.255s", text);
		advance();
		node = variable(name);
		if (is("[")) {
			advance();
			node = make(N_INDEX, node, arguments("]"));
		}
		return node;
	case T_FUNC_NAME:
		node = make(N_CALL, NULL, NULL);
		node->function = function_named(text);
		advance();
		expect("(");
		node->a = arguments(")");
		return node;
	case T_BUILTIN:
		node = make(N_BUILTIN, NULL, NULL);
		node->text = core_strdup(text);
		advance();
		if (accept("("))
			node->a = arguments(")");
		else if (strcmp(node->text, "length") != 0)
			syntax();
		return node;
	case T_KEYWORD:
		if (strcmp(text, "getline") == 0) {
			advance();
			node = make(N_GETLINE, NULL, NULL);
			if (token == T_NAME || is("$"))
				node->a = unary();
			if (is("<")) {
				advance();
				node->b = primary();
				node->op = '<';
			}
			return node;
		}
		break;
	case T_OP:
		if (accept("$")) {
			node = is("++") || is("--") || is("-") ? unary() : primary();
			return make(N_FIELD, node, NULL);
		}
		if (accept("(")) {
			struct awk_node *list;
			int saved_in = no_in, saved_gt = no_gt;

			no_in = no_gt = 0;
			list = expression();
			if (is(",")) {
				struct awk_node **tail = &list->next;

				while (accept(",")) {
					*tail = expression();
					tail = &(*tail)->next;
				}
				expect(")");
				no_in = saved_in;
				no_gt = saved_gt;
				node = make(N_GROUP, list, NULL);
				if (accept("in"))
					return make(N_IN, node, variable((advance(), text)));
				return node;
			}
			expect(")");
			no_in = saved_in;
			no_gt = saved_gt;
			return make(N_GROUP, list, NULL);
		}
	}
	syntax();
	return NULL;
}

static struct awk_node *postfix(void)
{
	struct awk_node *node = primary();

	if (is_lvalue(node) && is("++")) {
		advance();
		before_regex_allowed = 0;
		return make(N_POSTINC, node, NULL);
	}
	if (is_lvalue(node) && is("--")) {
		advance();
		return make(N_POSTDEC, node, NULL);
	}
	return node;
}

static struct awk_node *power(void)
{
	struct awk_node *node = postfix();

	if (accept("^")) {
		struct awk_node *right = is("-") || is("+") || is("!") ? unary() : power();

		return make(N_POW, node, right);
	}
	return node;
}

static struct awk_node *unary(void)
{
	if (accept("!")) return make(N_NOT, unary(), NULL);
	if (accept("-")) return make(N_NEG, unary(), NULL);
	if (accept("+")) return make(N_PLUS, unary(), NULL);
	if (accept("++")) return make(N_PREINC, unary(), NULL);
	if (accept("--")) return make(N_PREDEC, unary(), NULL);
	return power();
}

static struct awk_node *product(void)
{
	struct awk_node *node = unary();

	for (;;) {
		enum awk_kind kind = is("*") ? N_MUL : is("/") ? N_DIV : is("%") ? N_MOD : N_NUMBER;

		if (kind == N_NUMBER)
			return node;
		advance();
		node = make(kind, node, unary());
	}
}

static struct awk_node *sum(void)
{
	struct awk_node *node = product();

	for (;;) {
		enum awk_kind kind = is("+") ? N_ADD : is("-") ? N_SUB : N_NUMBER;

		if (kind == N_NUMBER)
			return node;
		advance();
		node = make(kind, node, product());
	}
}

static int begins_operand(void)
{
	if (token == T_NUMBER || token == T_STRING || token == T_NAME || token == T_FUNC_NAME || token == T_BUILTIN)
		return 1;
	return is("$") || is("!") || is("(") || is("-") || is("+") || is("++") || is("--");
}

static struct awk_node *concatenation(void)
{
	struct awk_node *node = sum();

	while (begins_operand() && !is("in"))
		node = make(N_CONCAT, node, sum());
	return node;
}

static struct awk_node *comparison(void)
{
	struct awk_node *node = concatenation();

	for (;;) {
		enum awk_kind kind = is("<") ? N_LESS : is("<=") ? N_LE : is("==") ? N_EQ : is("!=") ? N_NE : is(">=") ? N_GE : is(">") && !no_gt ? N_GT : N_NUMBER;

		if (is("|") && !no_gt) {   /* command | getline */
			const char *back = at;
			struct awk_node *read;

			advance();
			if (!is("getline")) {
				at = back;
				token = T_OP;
				strcpy(text, "|");
				return node;
			}
			advance();
			read = make(N_GETLINE, NULL, node);
			read->op = '|';
			if (token == T_NAME || is("$"))
				read->a = unary();
			node = read;
			continue;
		}
		if (kind == N_NUMBER)
			return node;
		advance();
		node = make(kind, node, concatenation());
	}
}

static struct awk_node *matching(void)
{
	struct awk_node *node = comparison();

	for (;;) {
		if (accept("~"))
			node = make(N_MATCH, node, comparison());
		else if (accept("!~"))
			node = make(N_NOMATCH, node, comparison());
		else
			return node;
	}
}

static struct awk_node *membership(void)
{
	struct awk_node *node = matching();

	while (!no_in && is("in")) {
		advance();
		node = make(N_IN, node, variable(text));
		advance();
	}
	return node;
}

static void skip_newlines(void)
{
	while (token == T_NL)
		advance();
}

static struct awk_node *and_expression(void)
{
	struct awk_node *node = membership();

	while (accept("&&")) {
		skip_newlines();
		node = make(N_ANDAND, node, membership());
	}
	return node;
}

static struct awk_node *or_expression(void)
{
	struct awk_node *node = and_expression();

	while (accept("||")) {
		skip_newlines();
		node = make(N_OROR, node, and_expression());
	}
	return node;
}

static struct awk_node *ternary(void)
{
	struct awk_node *node = or_expression();

	if (accept("?")) {
		skip_newlines();
		node = make(N_COND, node, ternary());
		skip_newlines();
		expect(":");
		skip_newlines();
		node->c = ternary();
	}
	return node;
}

static struct awk_node *expression(void)
{
	static const struct { const char *text; int op; } assignments[] = { { "=", '=' }, { "+=", '+' }, { "-=", '-' }, { "*=", '*' }, { "/=", '/' }, { "%=", '%' }, { "^=", '^' } };
	struct awk_node *node = ternary();
	size_t i;

	for (i = 0; i < sizeof assignments / sizeof *assignments; i++)
		if (is(assignments[i].text) && is_lvalue(node)) {
			advance();
			skip_newlines();
			node = make(N_ASSIGN, node, expression());
			node->op = assignments[i].op;
			return node;
		}
	return node;
}

static struct awk_node *statement(void);

static struct awk_node *block(void)
{
	struct awk_node *node = make(S_BLOCK, NULL, NULL), **tail = &node->a;

	expect("{");
	for (;;) {
		while (token == T_NL || is(";"))
			advance();
		if (accept("}"))
			return node;
		if (token == T_END)
			syntax();
		*tail = statement();
		tail = &(*tail)->next;
	}
}

static void end_of_statement(void)
{
	if (token == T_NL || is(";"))
		advance();
	else if (!is("}") && token != T_END)
		syntax();
}

static struct awk_node *body(void)
{
	skip_newlines();
	if (accept(";"))
		return make(S_BLOCK, NULL, NULL);
	return statement();
}

static struct awk_node *print(int formatted)
{
	struct awk_node *node = make(formatted ? S_PRINTF : S_PRINT, NULL, NULL);

	no_gt = 1;
	if (token != T_NL && token != T_END && !is(";") && !is("}") && !is(">") && !is(">>") && !is("|")) {
		struct awk_node **tail = &node->a;

		*tail = expression();
		while (accept(",")) {
			tail = &(*tail)->next;
			skip_newlines();
			*tail = expression();
		}
		/* print (a, b): the list is the group's */
		if (node->a->kind == N_GROUP && node->a->a->next && !node->a->next)
			node->a = node->a->a;
	}
	no_gt = 0;
	if (is(">") || is(">>") || is("|")) {
		node->op = text[0] == '|' ? '|' : text[1] ? 'a' : '>';
		advance();
		no_gt = 1;
		node->b = concatenation();
		no_gt = 0;
	}
	end_of_statement();
	return node;
}

static struct awk_node *for_statement(void)
{
	struct awk_node *node;

	expect("(");
	if (token == T_NAME) {
		const char *back = at;
		char name[256];

		snprintf(name, sizeof name, "%.255s", text);
		advance();
		if (is("in")) {
			advance();
			node = make(S_FORIN, variable(name), variable(text));
			advance();
			if (is(")")) {
				advance();
				node->c = body();
				return node;
			}
		}
		at = back;
		token = T_NAME;
		strcpy(text, name);
		before_regex_allowed = 0;
	}
	node = make(S_FOR, NULL, NULL);
	if (!is(";"))
		node->a = expression();
	expect(";");
	skip_newlines();
	if (!is(";"))
		node->b = expression();
	expect(";");
	skip_newlines();
	if (!is(")"))
		node->c = expression();
	expect(")");
	node->d = body();
	return node;
}

static struct awk_node *statement(void)
{
	struct awk_node *node;

	if (is("{")) {
		node = block();
		return node;
	}
	if (accept("if")) {
		expect("(");
		node = make(S_IF, expression(), NULL);
		expect(")");
		node->b = body();
		{
			const char *back = at;
			int back_token = token, back_line = line;
			char saved[256];

			snprintf(saved, sizeof saved, "%.255s", text);
			while (token == T_NL || is(";"))
				advance();
			if (accept("else")) {
				node->c = body();
			} else {
				at = back;
				token = back_token;
				line = back_line;
				strcpy(text, saved);
			}
		}
		return node;
	}
	if (accept("while")) {
		expect("(");
		node = make(S_WHILE, expression(), NULL);
		expect(")");
		node->b = is(";") ? (advance(), make(S_BLOCK, NULL, NULL)) : body();
		return node;
	}
	if (accept("do")) {
		node = make(S_DO, body(), NULL);
		while (token == T_NL || is(";"))
			advance();
		expect("while");
		expect("(");
		node->b = expression();
		expect(")");
		end_of_statement();
		return node;
	}
	if (accept("for"))
		return for_statement();
	if (accept("print"))
		return print(0);
	if (accept("printf"))
		return print(1);
	if (accept("break")) node = make(S_BREAK, NULL, NULL);
	else if (accept("continue")) node = make(S_CONTINUE, NULL, NULL);
	else if (accept("next")) node = make(S_NEXT, NULL, NULL);
	else if (accept("nextfile")) node = make(S_NEXTFILE, NULL, NULL);
	else if (is("exit") || is("return")) {
		node = make(is("exit") ? S_EXIT : S_RETURN, NULL, NULL);
		advance();
		if (token != T_NL && token != T_END && !is(";") && !is("}"))
			node->a = expression();
	} else if (accept("delete")) {
		node = make(S_DELETE, variable(text), NULL);
		advance();
		if (accept("["))
			node->b = arguments("]");
	} else {
		node = make(S_EXPR, expression(), NULL);
	}
	end_of_statement();
	return node;
}

static void function_definition(void)
{
	struct awk_function *function;

	advance();
	function = function_named(text);
	advance();
	expect("(");
	while (!is(")")) {
		if (token != T_NAME || function->params == 32)
			syntax();
		function->param[function->params++] = core_strdup(text);
		advance();
		if (!accept(","))
			break;
		skip_newlines();
	}
	expect(")");
	skip_newlines();
	inside = function;
	function->body = block();
	inside = NULL;
}

void awk_parse(const char *program)
{
	struct awk_rule **tail = &awk_rules;

	at = program;
	advance();
	for (;;) {
		struct awk_rule *rule;

		while (token == T_NL || is(";"))
			advance();
		if (token == T_END)
			break;
		if (is("function") || is("func")) {
			function_definition();
			continue;
		}
		rule = core_malloc(sizeof *rule);
		memset(rule, 0, sizeof *rule);
		if (accept("BEGIN")) {
			rule->when = 'B';
		} else if (accept("END")) {
			rule->when = 'E';
		} else if (!is("{")) {
			rule->pattern = expression();
			if (accept(",")) {
				skip_newlines();
				rule->to = expression();
			}
		}
		if (is("{"))
			rule->body = block();
		else if (rule->when)
			syntax();
		*tail = rule;
		tail = &rule->next;
	}
	{
		struct awk_function *function;

		for (function = functions; function; function = function->next)
			if (!function->body)
				awk_fail("function %s never defined", function->name);
	}
}
