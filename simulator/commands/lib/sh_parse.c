/* The grammar: lists, pipelines, simple commands, redirections. */
#include "sh.h"

#include <string.h>

static const char *const reserved[] = {
	"if", "then", "elif", "else", "fi", "do", "done", "case", "esac", "while", "until", "for", "{", "}", "!",
	"[[", "function", "select", "time", NULL
};

int sh_is_reserved(const char *word)
{
	int i;

	for (i = 0; reserved[i]; i++)
		if (strcmp(word, reserved[i]) == 0)
			return !sh_dash || i < 15;
	return 0;
}

struct sh_node *sh_node(enum sh_kind kind)
{
	struct sh_node *node = sh_alloc(sizeof *node);

	node->kind = kind;
	node->line = sh_lx.line;
	return node;
}

int sh_word_is(const char *text)
{
	return sh_peek() == T_WORD && strcmp(sh_lx.word, text) == 0;
}

/* The reserved word that has to come now. */
int sh_expect_word(const char *text)
{
	if (sh_word_is(text)) {
		sh_next();
		return 1;
	}
	sh_syntax_unexpected(sh_peek(), text);
	return 0;
}

void sh_skip_newlines(void)
{
	while (sh_peek() == T_NEWLINE)
		sh_next();
}

static int redir_kind(enum sh_token token)
{
	switch (token) {
	case T_LESS: return R_IN;
	case T_GREAT: return R_OUT;
	case T_DGREAT: return R_APPEND;
	case T_CLOBBER: return R_CLOBBER;
	case T_LESSGREAT: return R_RDWR;
	case T_LESSAND: return R_DUP_IN;
	case T_GREATAND: return R_DUP_OUT;
	case T_DLESS: case T_DLESSDASH: return R_HERE;
	case T_TLESS: return R_HERE_STRING;
	case T_AND_GREAT: return R_BOTH;
	case T_AND_DGREAT: return R_BOTH_APPEND;
	default: return -1;
	}
}

static int digits(const char *text)
{
	int value = 0;

	while (*text)
		value = value * 10 + *text++ - '0';
	return value;
}

int sh_parse_redir(struct sh_redir ***tail)
{
	struct sh_redir *redir;
	enum sh_token token = sh_peek();
	int kind;

	if (token != T_IO_NUMBER && redir_kind(token) < 0)
		return 0;
	redir = sh_alloc(sizeof *redir);
	redir->fd = -1;
	if (token == T_IO_NUMBER) {
		if (sh_lx.word[0] == '{')
			redir->variable = sh_copyn(sh_lx.word + 1, strlen(sh_lx.word) - 2);
		else
			redir->fd = digits(sh_lx.word);
		sh_next();
		token = sh_peek();
	}
	kind = redir_kind(token);
	redir->kind = (enum sh_redir_kind)kind;
	redir->strip = token == T_DLESSDASH;
	sh_next();
	token = sh_peek();
	if (token == T_IO_NUMBER)
		token = sh_lx.token = T_WORD;
	if (token != T_WORD) {
		sh_syntax_unexpected(token, NULL);
		return 1;
	}
	redir->word = sh_lx.word;
	sh_next();
	if (kind == R_HERE && sh_lx.here_count < 16)
		sh_lx.here[sh_lx.here_count++] = redir;
	**tail = redir;
	*tail = &redir->next;
	return 1;
}

static char **take(struct sh_list *list)
{
	if (!list->item)
		list->item = sh_alloc(sizeof *list->item);
	return list->item;
}

static struct sh_node *function_body(struct sh_node *node)
{
	struct sh_redir **tail;
	int is = 0;

	sh_skip_newlines();
	sh_lx.command_position = 1;
	if (sh_peek() == T_EOF || sh_peek() == T_RPAREN) {
		sh_syntax_unexpected(sh_peek(), NULL);
		return node;
	}
	node->a = sh_parse_compound(&is);
	if (!is) {
		if (!sh_dash) {
			sh_syntax_unexpected(sh_peek(), NULL);
			return node;
		}
		node->a = sh_parse_pipeline();
		return node;
	}
	if (node->a) {
		tail = &node->a->redirs;
		while (*tail)
			tail = &(*tail)->next;
		while (!sh_syntax_error && sh_parse_redir(&tail))
			;
	}
	return node;
}

static struct sh_node *simple(void)
{
	struct sh_node *node = sh_node(N_SIMPLE);
	struct sh_list words = { 0 }, assigns = { 0 };
	struct sh_redir **tail = &node->redirs;
	size_t at;

	while (!sh_syntax_error) {
		sh_lx.command_position = words.count == 0;
		if (sh_parse_redir(&tail))
			continue;
		if (sh_peek() != T_WORD)
			break;
		if (words.count == 0 && sh_is_assignment(sh_lx.word, &at)) {
			sh_push(&assigns, sh_lx.word);
			sh_next();
			continue;
		}
		sh_push(&words, sh_lx.word);
		sh_lx.command_position = 0;
		sh_next();
		if (words.count == 1 && assigns.count == 0 && !node->redirs && sh_peek() == T_LPAREN) {
			const char *name = words.item[0];

			if (sh_dash && !sh_is_name(name)) {
				sh_next();
				if (sh_peek() == T_RPAREN)
					sh_syntax_message("Syntax error: Bad function name");
				else
					sh_syntax_unexpected(T_LPAREN, NULL);
				break;
			}
			if (strpbrk(name, "'\"\\$`"))
				break;
			sh_next();
			if (sh_peek() != T_RPAREN) {
				sh_syntax_unexpected(sh_dash ? sh_peek() : sh_peek(), sh_dash ? ")" : NULL);
				break;
			}
			sh_next();
			node->kind = N_FUNCTION;
			node->name = words.item[0];
			return function_body(node);
		}
	}
	node->words = take(&words);
	node->count = words.count;
	node->assigns = take(&assigns);
	node->assign_count = assigns.count;
	if (!sh_syntax_error && sh_peek() == T_LPAREN)
		sh_syntax_unexpected(T_LPAREN, NULL);
	return node;
}

static struct sh_node *command(void)
{
	struct sh_node *node;
	struct sh_redir **tail;
	int is = 0;

	sh_lx.command_position = 1;
	sh_peek();
	if (sh_word_is("function") && !sh_dash) {
		sh_next();
		sh_lx.command_position = 0;
		if (sh_peek() != T_WORD) {
			sh_syntax_unexpected(sh_peek(), NULL);
			return NULL;
		}
		node = sh_node(N_FUNCTION);
		node->name = sh_lx.word;
		sh_next();
		if (sh_peek() == T_LPAREN) {
			sh_next();
			if (sh_next() != T_RPAREN)
				sh_syntax_unexpected(sh_lx.token, NULL);
		}
		return function_body(node);
	}
	node = sh_parse_compound(&is);
	sh_lx.command_position = 0;
	if (is) {
		if (!node)
			return NULL;
		tail = &node->redirs;
		while (!sh_syntax_error && sh_parse_redir(&tail))
			;
		if (!sh_syntax_error && (sh_peek() == T_WORD && !sh_is_reserved(sh_lx.word)))
			sh_syntax_unexpected(T_WORD, NULL);
		return node;
	}
	if (sh_peek() != T_WORD && sh_peek() != T_IO_NUMBER && sh_peek() < T_LESS) {
		sh_syntax_unexpected(sh_peek(), NULL);
		return NULL;
	}
	if (sh_peek() == T_WORD && sh_is_reserved(sh_lx.word) && strcmp(sh_lx.word, "time") != 0) {
		sh_syntax_unexpected(T_WORD, NULL);
		return NULL;
	}
	return simple();
}

/* The elements of a pipeline are chained by c; flag: the one before it gives its errors, too (|&). */
static struct sh_node *pipe_element(struct sh_node *of)
{
	struct sh_node *element = sh_node(N_GROUP);

	element->a = of;
	return element;
}

struct sh_node *sh_parse_pipeline(void)
{
	struct sh_node *node, *pipe, **tail;

	sh_lx.command_position = 1;
	if (sh_word_is("!")) {
		sh_next();
		node = sh_node(N_NOT);
		if (sh_dash || (sh_peek() != T_SEMI && sh_peek() != T_NEWLINE && sh_peek() != T_EOF))
			node->a = sh_parse_pipeline();
		return node;
	}
	if (sh_word_is("time") && !sh_dash) {
		sh_next();
		node = sh_node(N_TIME);
		if (sh_word_is("-p")) {
			sh_next();
			node->flag = 1;
		}
		if (sh_peek() != T_SEMI && sh_peek() != T_NEWLINE && sh_peek() != T_EOF)
			node->a = sh_parse_pipeline();
		return node;
	}
	node = command();
	if (sh_syntax_error || (sh_peek() != T_OR && sh_peek() != T_OR_AND))
		return node;
	pipe = sh_node(N_PIPE);
	pipe->line = node ? node->line : pipe->line;
	pipe->a = pipe_element(node);
	tail = &pipe->a->c;
	while (!sh_syntax_error && (sh_peek() == T_OR || sh_peek() == T_OR_AND)) {
		int both = sh_next() == T_OR_AND;

		sh_skip_newlines();
		*tail = pipe_element(command());
		(*tail)->flag = both;
		tail = &(*tail)->c;
	}
	return pipe;
}

static struct sh_node *and_or(void)
{
	struct sh_node *left = sh_parse_pipeline();

	while (!sh_syntax_error && (sh_peek() == T_ANDAND || sh_peek() == T_OROR)) {
		struct sh_node *node = sh_node(sh_next() == T_ANDAND ? N_AND : N_OR);

		sh_skip_newlines();
		node->a = left;
		node->b = sh_parse_pipeline();
		left = node;
	}
	return left;
}

static int list_ends(void)
{
	enum sh_token token = sh_peek();
	static const char *const closers[] = { "then", "elif", "else", "fi", "do", "done", "esac", "}", NULL };
	int i;

	if (token == T_EOF || token == T_RPAREN || token == T_DSEMI || token == T_SEMI_AND || token == T_DSEMI_AND || sh_syntax_error)
		return 1;
	if (token == T_WORD)
		for (i = 0; closers[i]; i++)
			if (strcmp(sh_lx.word, closers[i]) == 0)
				return 1;
	return 0;
}

static struct sh_node *join(struct sh_node *list, struct sh_node *next)
{
	struct sh_node *node;

	if (!list)
		return next;
	node = sh_node(N_SEQ);
	node->line = next->line;
	node->a = list;
	node->b = next;
	return node;
}

static struct sh_node *background(struct sh_node *of)
{
	struct sh_node *node = sh_node(N_BG);

	node->line = of ? of->line : node->line;
	node->a = of;
	return node;
}

struct sh_node *sh_parse_list(void)
{
	struct sh_node *list = NULL;

	sh_lx.command_position = 1;
	sh_skip_newlines();
	while (!list_ends()) {
		struct sh_node *next = and_or();

		if (sh_syntax_error || !next)
			return NULL;
		if (sh_peek() == T_AND)
			next = background(next);
		list = join(list, next);
		if (sh_peek() != T_AND && sh_peek() != T_SEMI && sh_peek() != T_NEWLINE)
			break;
		sh_lx.command_position = 1;
		sh_next();
		sh_skip_newlines();
	}
	return list;
}

struct sh_node *sh_parse_command(void)
{
	struct sh_node *list = NULL;

	sh_continued = 0;
	for (;;) {
		struct sh_node *next;

		sh_lx.command_position = 1;
		if (sh_peek() == T_NEWLINE || sh_peek() == T_EOF) {
			if (sh_peek() == T_NEWLINE)
				sh_next();
			return list;
		}
		next = and_or();
		if (sh_syntax_error || !next)
			return NULL;
		if (sh_peek() == T_AND)
			next = background(next);
		list = join(list, next);
		if (sh_peek() == T_AND || sh_peek() == T_SEMI) {
			sh_next();
			continue;
		}
		if (sh_peek() == T_NEWLINE || sh_peek() == T_EOF)
			continue;
		sh_syntax_unexpected(sh_peek(), NULL);
		return NULL;
	}
}
