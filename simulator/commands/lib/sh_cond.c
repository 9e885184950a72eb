/* [[ … ]]: its grammar and its value. */
#include "sh.h"

#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sh_cond *or_list(void);

static struct sh_cond *make(int kind, char *op, char *left, char *right)
{
	struct sh_cond *cond = sh_alloc(sizeof *cond);

	cond->kind = kind;
	cond->op = op;
	cond->left = left;
	cond->right = right;
	return cond;
}

static int is_word(void)
{
	enum sh_token token = sh_peek();

	return token == T_WORD || token == T_IO_NUMBER;
}

static char *binary_operator(void)
{
	static const char *const names[] = { "=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", NULL };
	int i;

	if (sh_peek() == T_LESS)
		return (char *)"<";
	if (sh_peek() == T_GREAT)
		return (char *)">";
	if (sh_peek() != T_WORD)
		return NULL;
	for (i = 0; names[i]; i++)
		if (strcmp(sh_lx.word, names[i]) == 0)
			return (char *)names[i];
	return NULL;
}

static const char *token_text(void)
{
	return is_word() ? sh_lx.word : sh_token_text(sh_peek());
}

static struct sh_cond *primary(void)
{
	struct sh_cond *cond;
	char *left, *op;

	sh_skip_newlines();
	if (sh_word_is("!")) {
		sh_next();
		cond = make(C_NOT, NULL, NULL, NULL);
		cond->a = primary();
		return cond;
	}
	if (sh_peek() == T_LPAREN) {
		sh_next();
		cond = or_list();
		if (sh_next() != T_RPAREN && !sh_syntax_error)
			sh_syntax_message("unexpected token `%s', expected `)'", token_text());
		return cond;
	}
	if (!is_word() || sh_word_is("]]")) {
		sh_syntax_unexpected(sh_peek(), NULL);
		return NULL;
	}
	left = sh_lx.word;
	sh_next();
	if (left[0] == '-' && left[1] && !left[2] && strchr("abcdefghknoprstuvwxzGLNORS", left[1]) && is_word() && !sh_word_is("]]") &&
	    !binary_operator()) {
		cond = make(C_UNARY, left, sh_lx.word, NULL);
		sh_next();
		return cond;
	}
	if (left[0] == '-' && left[1] && !left[2] && strchr("abcdefghknoprstuvwxzGLNORS", left[1]) && !binary_operator() && sh_word_is("]]")) {
		sh_syntax_message("unexpected argument `]]' to conditional unary operator");
		return NULL;
	}
	op = binary_operator();
	if (!op && is_word() && !sh_word_is("]]")) {
		sh_syntax_message("conditional binary operator expected");
		return NULL;
	}
	if (!op && (sh_peek() == T_NEWLINE || sh_peek() == T_EOF)) {
		sh_syntax_message("unexpected token `newline', conditional binary operator expected");
		return NULL;
	}
	if (!op)
		return make(C_WORD, NULL, left, NULL);
	sh_next();
	sh_lx.regex = strcmp(op, "=~") == 0;
	sh_peek();
	sh_lx.regex = 0;
	if (!is_word() || sh_word_is("]]")) {
		sh_syntax_message("unexpected argument `%s' to conditional binary operator", token_text());
		return NULL;
	}
	cond = make(C_BINARY, op, left, sh_lx.word);
	sh_next();
	return cond;
}

static struct sh_cond *and_list(void)
{
	struct sh_cond *cond = primary(), *both;

	sh_skip_newlines();
	while (!sh_syntax_error && sh_peek() == T_ANDAND) {
		sh_next();
		both = make(C_AND, NULL, NULL, NULL);
		both->a = cond;
		both->b = primary();
		cond = both;
		sh_skip_newlines();
	}
	return cond;
}

static struct sh_cond *or_list(void)
{
	struct sh_cond *cond = and_list(), *either;

	while (!sh_syntax_error && sh_peek() == T_OROR) {
		sh_next();
		either = make(C_OR, NULL, NULL, NULL);
		either->a = cond;
		either->b = and_list();
		cond = either;
	}
	return cond;
}

struct sh_cond *sh_parse_cond(void)
{
	return or_list();
}

static int regex_match(const char *text, const char *raw)
{
	struct sh_var *var = sh_make("BASH_REMATCH");
	char *pattern = sh_expand_pattern(raw), number[24];
	regmatch_t at[10];
	regex_t regex;
	size_t i;
	int found;

	/* A quoted character stands for itself; the escapes that only patterns need go. */
	{
		struct sh_buf out = { 0 };

		for (; *pattern; pattern++) {
			if (*pattern == '\\' && pattern[1] && !strchr(".[]()*+?{}|^$\\", pattern[1]))
				pattern++;
			sh_put(&out, *pattern);
		}
		pattern = sh_text(&out);
	}
	if (regcomp(&regex, pattern, REG_EXTENDED | (sh_nocasematch ? REG_ICASE : 0)))
		return 2;
	found = regexec(&regex, text, 10, at, 0) == 0;
	sh_clear_elements(var);
	var->flags |= V_ARRAY;
	for (i = 0; found && i < 10 && i <= regex.re_nsub; i++) {
		snprintf(number, sizeof number, "%zu", i);
		sh_set_element(var, number, at[i].rm_so < 0 ? "" : sh_copyn(text + at[i].rm_so, (size_t)(at[i].rm_eo - at[i].rm_so)), 0);
	}
	regfree(&regex);
	return !found;
}

static int binary(const struct sh_cond *cond)
{
	const char *op = cond->op;
	char *left = sh_expand_string(cond->left, X_TILDE);
	int64_t a, b;

	if (!left || sh_skip)
		return 1;
	if (strcmp(op, "=~") == 0)
		return regex_match(left, cond->right);
	if (strcmp(op, "=") == 0 || strcmp(op, "==") == 0 || strcmp(op, "!=") == 0) {
		char *pattern = sh_expand_pattern(cond->right);
		int matched, saved = sh_extglob;

		if (!pattern || sh_skip)
			return 1;
		sh_extglob = 1;
		matched = sh_match(pattern, left);
		sh_extglob = saved;
		return (op[0] == '!') == matched;
	}
	{
		char *right = sh_expand_string(cond->right, X_TILDE);

		if (!right || sh_skip)
			return 1;
		if (op[0] == '<' || op[0] == '>')
			return op[0] == '<' ? strcmp(left, right) >= 0 : strcmp(left, right) <= 0;
		if (op[1] == 'e' && op[2] == 'f') {
			char *argv[] = { (char *)"test", left, (char *)op, right, NULL };

			return sh_test(4, argv);
		}
		if (op[2] == 't' && (op[1] == 'n' || op[1] == 'o')) {
			char *argv[] = { (char *)"test", left, (char *)op, right, NULL };

			return sh_test(4, argv);
		}
		if (!sh_arith(left, &a) || !sh_arith(right, &b))
			return 1;
	}
	switch (op[1] * 256 + op[2]) {
	case 'e' * 256 + 'q': return a != b;
	case 'n' * 256 + 'e': return a == b;
	case 'l' * 256 + 't': return a >= b;
	case 'l' * 256 + 'e': return a > b;
	case 'g' * 256 + 't': return a <= b;
	default: return a < b;
	}
}

static void trace(const struct sh_cond *cond)
{
	if (cond->kind == C_BINARY)
		fprintf(stderr, "%s[[ %s %s %s ]]\n", sh_trace_prompt(), sh_quote(sh_expand_string(cond->left, 0)), cond->op, cond->right);
	else if (cond->kind == C_UNARY)
		fprintf(stderr, "%s[[ %s %s ]]\n", sh_trace_prompt(), cond->op, sh_quote(sh_expand_string(cond->left, 0)));
	else
		fprintf(stderr, "%s[[ -n %s ]]\n", sh_trace_prompt(), sh_quote(sh_expand_string(cond->left, 0)));
}

int sh_eval_cond(const struct sh_cond *cond)
{
	int status;

	switch (cond->kind) {
	case C_AND:
		status = sh_eval_cond(cond->a);
		return status ? status : sh_eval_cond(cond->b);
	case C_OR:
		status = sh_eval_cond(cond->a);
		return status == 0 || sh_skip ? status : sh_eval_cond(cond->b);
	case C_NOT:
		status = sh_eval_cond(cond->a);
		return status > 1 ? status : !status;
	default:
		break;
	}
	if (sh_opt_x)
		trace(cond);
	if (cond->kind == C_BINARY)
		return binary(cond);
	{
		char *value = sh_expand_string(cond->left, X_TILDE);

		if (!value || sh_skip)
			return 1;
		if (cond->kind == C_WORD)
			return *value == '\0';
		{
			char *argv[] = { (char *)"test", cond->op, value, NULL };

			return sh_test(3, argv);
		}
	}
}
