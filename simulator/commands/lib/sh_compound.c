/* The grammar of compound commands: if, for, while, case, groups, ((…)) and [[…]]. */
#include "sh.h"

#include <string.h>

/* A list that must not be empty. */
static struct sh_node *body(const char *closing)
{
	struct sh_node *list = sh_parse_list();

	if (!sh_syntax_error && !list)
		sh_syntax_unexpected(sh_peek(), sh_peek() == T_EOF ? closing : NULL);
	return list;
}

static struct sh_node *if_clause(void)
{
	struct sh_node *node = sh_node(N_IF);

	node->a = body("then");
	if (sh_syntax_error || !sh_expect_word("then"))
		return node;
	node->b = body("fi");
	if (sh_syntax_error)
		return node;
	if (sh_word_is("elif")) {
		sh_next();
		node->flag = 1;
		node->c = if_clause();
		return node;
	}
	if (sh_word_is("else")) {
		sh_next();
		node->c = body("fi");
	}
	if (!sh_syntax_error)
		sh_expect_word("fi");
	return node;
}

static void do_group(struct sh_node *node, struct sh_node **to)
{
	if (sh_syntax_error)
		return;
	if (sh_word_is("{") && !sh_dash && node->kind != N_WHILE && node->kind != N_UNTIL) {
		sh_next();
		*to = body("}");
		if (!sh_syntax_error)
			sh_expect_word("}");
		return;
	}
	if (!sh_expect_word("do"))
		return;
	*to = body("done");
	if (!sh_syntax_error)
		sh_expect_word("done");
}

static struct sh_node *arithmetic_for(struct sh_node *node)
{
	char *text, *inner = sh_lex_arith(&text), *semi;
	char *part[3];
	int i;

	if (!inner) {
		sh_syntax_message("syntax error: arithmetic expression required");
		return node;
	}
	for (i = 0; i < 3; i++) {
		part[i] = inner;
		semi = strchr(inner, ';');
		if ((i < 2) != (semi != NULL)) {
			sh_syntax_message("syntax error: arithmetic expression required");
			return node;
		}
		if (semi) {
			*semi = '\0';
			inner = semi + 1;
		}
	}
	node->kind = N_ARITH_FOR;
	node->name = part[0];
	node->name2 = part[1];
	node->name3 = part[2];
	if (sh_peek() == T_SEMI)
		sh_next();
	sh_skip_newlines();
	do_group(node, &node->a);
	return node;
}

static struct sh_node *for_clause(enum sh_kind kind)
{
	struct sh_node *node = sh_node(kind);
	struct sh_list words = { 0 };

	if (sh_peek() == T_LPAREN && !sh_dash && kind == N_FOR) {
		sh_next();
		if (sh_getc() == '(')
			return arithmetic_for(node);
		sh_ungetc();
		sh_syntax_unexpected(T_LPAREN, NULL);
		return node;
	}
	if (sh_peek() != T_WORD || (sh_dash && !sh_is_name(sh_lx.word))) {
		if (sh_dash)
			sh_syntax_message("Syntax error: Bad for loop variable");
		else
			sh_syntax_unexpected(sh_peek(), NULL);
		return node;
	}
	node->name = sh_lx.word;
	sh_next();
	sh_skip_newlines();
	if (sh_word_is("in")) {
		sh_next();
		node->flag = 1;
		while (sh_peek() == T_WORD || sh_lx.token == T_IO_NUMBER) {
			sh_push(&words, sh_lx.word);
			sh_next();
		}
		if (sh_peek() != T_SEMI && sh_peek() != T_NEWLINE) {
			sh_syntax_unexpected(sh_peek(), NULL);
			return node;
		}
	}
	node->words = words.item;
	node->count = words.count;
	if (sh_peek() == T_SEMI)
		sh_next();
	sh_skip_newlines();
	do_group(node, &node->a);
	return node;
}

static int case_item(struct sh_case *item)
{
	struct sh_list patterns = { 0 };

	if (sh_peek() == T_LPAREN)
		sh_next();
	for (;;) {
		if (sh_peek() != T_WORD && sh_lx.token != T_IO_NUMBER) {
			sh_syntax_unexpected(sh_peek(), ")");
			return 0;
		}
		sh_push(&patterns, sh_lx.word);
		sh_next();
		if (sh_peek() != T_OR)
			break;
		sh_next();
	}
	if (sh_peek() != T_RPAREN) {
		sh_syntax_unexpected(sh_peek(), ")");
		return 0;
	}
	sh_next();
	item->patterns = patterns.item;
	item->count = patterns.count;
	item->body = sh_parse_list();
	item->ending = ';';
	if (sh_syntax_error)
		return 0;
	switch (sh_peek()) {
	case T_SEMI_AND: item->ending = '&'; break;
	case T_DSEMI_AND: item->ending = '+'; break;
	case T_DSEMI: break;
	default:
		if (!sh_word_is("esac"))
			sh_syntax_unexpected(sh_peek(), sh_dash ? ";;" : NULL);
		return !sh_syntax_error;
	}
	sh_next();
	return 1;
}

static struct sh_node *case_clause(void)
{
	struct sh_node *node = sh_node(N_CASE);
	struct sh_case **tail = &node->cases;

	if (sh_peek() != T_WORD && sh_lx.token != T_IO_NUMBER) {
		sh_syntax_unexpected(sh_peek(), "word");
		return node;
	}
	node->name = sh_lx.word;
	sh_next();
	sh_skip_newlines();
	if (!sh_expect_word("in"))
		return node;
	sh_skip_newlines();
	while (!sh_word_is("esac")) {
		struct sh_case *item = sh_alloc(sizeof *item);

		if (!case_item(item))
			return node;
		*tail = item;
		tail = &item->next;
		sh_skip_newlines();
	}
	sh_next();
	return node;
}

static struct sh_node *subshell(void)
{
	struct sh_node *node = sh_node(N_SUBSHELL);

	node->a = body(")");
	if (sh_syntax_error)
		return node;
	if (sh_peek() != T_RPAREN)
		sh_syntax_unexpected(sh_peek(), ")");
	sh_next();
	return node;
}

/* After one `(`: ((…)) or a subshell. */
static struct sh_node *parenthesis(void)
{
	struct sh_node *node;
	struct sh_buf text = { 0 };
	struct sh_input *in;
	char *read, *inner;

	if (sh_dash || sh_getc() != '(') {
		if (!sh_dash)
			sh_ungetc();
		return subshell();
	}
	node = sh_node(N_ARITH);
	inner = sh_lex_arith(&read);
	if (inner) {
		node->name = inner;
		return node;
	}
	if (sh_syntax_error)
		return node;
	/* ((a); b): what was read is read again, as commands */
	sh_put(&text, '(');
	sh_puts(&text, read);
	in = sh_alloc(sizeof *in);
	sh_push_string(in, sh_text(&text), sh_in->line);
	in->alias = (char *)"";
	return subshell();
}

static struct sh_node *while_clause(enum sh_kind kind)
{
	struct sh_node *node = sh_node(kind);

	node->a = body("do");
	do_group(node, &node->b);
	return node;
}

struct sh_node *sh_parse_compound(int *is)
{
	struct sh_node *node;

	*is = 1;
	if (sh_peek() == T_LPAREN) {
		sh_next();
		return parenthesis();
	}
	*is = 0;
	if (sh_peek() != T_WORD || !sh_is_reserved(sh_lx.word))
		return NULL;
	*is = 1;
	if (sh_word_is("if"))
		return sh_next(), if_clause();
	if (sh_word_is("while"))
		return sh_next(), while_clause(N_WHILE);
	if (sh_word_is("until"))
		return sh_next(), while_clause(N_UNTIL);
	if (sh_word_is("for"))
		return sh_lx.command_position = 0, sh_next(), for_clause(N_FOR);
	if (sh_word_is("select"))
		return sh_lx.command_position = 0, sh_next(), for_clause(N_SELECT);
	if (sh_word_is("case"))
		return sh_lx.command_position = 0, sh_next(), case_clause();
	if (sh_word_is("{")) {
		node = sh_node(N_GROUP);
		sh_next();
		node->a = body("}");
		if (!sh_syntax_error)
			sh_expect_word("}");
		return node;
	}
	if (sh_word_is("[[")) {
		node = sh_node(N_COND);
		sh_next();
		sh_lx.in_cond = 1;
		sh_lx.command_position = 0;
		node->cond = sh_parse_cond();
		sh_lx.in_cond = 0;
		if (!sh_syntax_error)
			sh_expect_word("]]");
		return node;
	}
	*is = 0;
	return NULL;
}
