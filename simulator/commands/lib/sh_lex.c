/* Tokens. A word is kept as it was written; what it means is found when it is expanded. */
#include "sh.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct sh_lexer sh_lx;
int sh_syntax_error;
int sh_continued;

/* The bodies of the here-documents that the line which just ended asks for. */
static void read_here_documents(void)
{
	int i;

	for (i = 0; i < sh_lx.here_count; i++) {
		struct sh_redir *here = sh_lx.here[i];
		struct sh_buf body = { 0 }, line = { 0 };
		char *delimiter = sh_unquote(here->word);
		int at_line = sh_in->line, c;

		here->literal = strpbrk(here->word, "'\"\\") != NULL;
		for (;;) {
			sh_clear(&line);
			while ((c = here->literal ? sh_getc() : sh_joined()) >= 0 && c != '\n') {
				if (here->strip && line.length == 0 && c == '\t')
					continue;
				sh_put(&line, (char)c);
				if (c == '\\' && !here->literal && (c = sh_getc()) >= 0)
					sh_put(&line, (char)c);
			}
			if (c < 0 && line.length == 0) {
				if (!sh_dash) {
					sh_line = sh_in->line - sh_in->ended;
					sh_error("warning: here-document at line %d delimited by end-of-file (wanted `%s')", at_line - 1, delimiter);
				}
				break;
			}
			if (strcmp(sh_text(&line), delimiter) == 0)
				break;
			sh_puts(&body, line.text);
			if (c == '\n')
				sh_put(&body, '\n');
		}
		here->body = sh_text(&body);
	}
	sh_lx.here_count = 0;
}

static int follows(int wanted)
{
	int c = sh_joined();

	if (c == wanted)
		return 1;
	if (c >= 0)
		sh_ungetc();
	return 0;
}

static enum sh_token operator(int c)
{
	switch (c) {
	case '\n':
		read_here_documents();
		return T_NEWLINE;
	case ';':
		if (follows(';'))
			return !sh_dash && follows('&') ? T_DSEMI_AND : T_DSEMI;
		return !sh_dash && follows('&') ? T_SEMI_AND : T_SEMI;
	case '&':
		if (follows('&'))
			return T_ANDAND;
		if (!sh_dash && follows('>'))
			return follows('>') ? T_AND_DGREAT : T_AND_GREAT;
		return T_AND;
	case '|':
		if (follows('|'))
			return T_OROR;
		return !sh_dash && follows('&') ? T_OR_AND : T_OR;
	case '(':
		return T_LPAREN;
	case ')':
		return T_RPAREN;
	case '<':
		if (follows('<')) {
			if (follows('-'))
				return T_DLESSDASH;
			return !sh_dash && follows('<') ? T_TLESS : T_DLESS;
		}
		if (follows('&'))
			return T_LESSAND;
		return follows('>') ? T_LESSGREAT : T_LESS;
	default:
		if (follows('>'))
			return T_DGREAT;
		if (follows('&'))
			return T_GREATAND;
		return follows('|') ? T_CLOBBER : T_GREAT;
	}
}

/* A word that an alias stands for: its text is read next. */
static int expand_alias(const char *word)
{
	struct sh_alias *alias = sh_alias(word);
	struct sh_input *in;

	if (!alias || alias->busy)
		return 0;
	in = sh_alloc(sizeof *in);
	sh_push_string(in, sh_copy(alias->value), sh_in->line);
	in->alias = sh_copy(alias->name);
	alias->busy = 1;
	return 1;
}

enum sh_token sh_peek(void)
{
	struct sh_buf word = { 0 };
	int c;

	if (sh_lx.peeked)
		return sh_lx.token;
	if (sh_syntax_error)
		return T_EOF;
	for (;;) {
		while ((c = sh_joined()) == ' ' || c == '\t')
			;
		if (c != '#')
			break;
		while ((c = sh_getc()) >= 0 && c != '\n')
			;
		if (c >= 0)
			sh_ungetc();
	}
	sh_lx.line = sh_in->line - (c == '\n');
	sh_lx.peeked = 1;
	if (sh_syntax_error || c < 0) {
		if (sh_lx.here_count)
			read_here_documents();
		return sh_lx.token = T_EOF;
	}
	if (c != '\n')
		sh_continued = 1;
	if ((sh_ends_word(c) || (c == '#')) && !(sh_lx.regex && c == '(')) {
		if ((c == '<' || c == '>') && !sh_dash) {
			int next = sh_getc();

			if (next >= 0)
				sh_ungetc();
			if (next == '(')
				goto word;
		}
		return sh_lx.token = operator(c);
	}
word:
	if (!sh_read_word(&word, c)) {
		sh_lx.word = (char *)"";
		return sh_lx.token = T_EOF;
	}
	sh_lx.word = sh_text(&word);
	sh_lx.token = T_WORD;
	if (sh_lx.word[0] && sh_lx.word[strspn(sh_lx.word, "0123456789")] == '\0') {
		c = sh_joined();
		if (c >= 0)
			sh_ungetc();
		if (c == '<' || c == '>')
			sh_lx.token = T_IO_NUMBER;
	} else if (sh_lx.word[0] == '{' && !sh_dash) {
		size_t length = sh_name_length(sh_lx.word + 1);

		if (length && strcmp(sh_lx.word + 1 + length, "}") == 0) {
			c = sh_joined();
			if (c >= 0)
				sh_ungetc();
			if (c == '<' || c == '>')
				sh_lx.token = T_IO_NUMBER;
		}
	}
	if (sh_lx.token == T_WORD && sh_lx.command_position && sh_expand_aliases && expand_alias(sh_lx.word)) {
		sh_lx.peeked = 0;
		return sh_peek();
	}
	return sh_lx.token;
}

enum sh_token sh_next(void)
{
	enum sh_token token = sh_peek();

	sh_lx.peeked = 0;
	return token;
}

char *sh_lex_arith(char **text)
{
	struct sh_buf word = { 0 };

	sh_read_arith(&word);
	if (sh_syntax_error)
		return NULL;
	*text = sh_text(&word);
	/* A command in a command when its first `)` is not the end's. */
	if (word.length < 2 || (*text)[word.length - 2] != ')' || sh_skip_paren(*text, *text + word.length) != *text + word.length - 2)
		return NULL;
	return sh_copyn(*text, word.length - 2);
}
