/* The text of a word, with its quotes and substitutions, up to where it ends. */
#include "sh.h"

#include <string.h>

/* Next character outside single quotes: a backslash before a newline joins the lines. */
int sh_joined(void)
{
	for (;;) {
		int c = sh_getc();

		if (c != '\\')
			return c;
		c = sh_getc();
		if (c == '\n')
			continue;
		if (c >= 0)
			sh_ungetc();
		return '\\';
	}
}

static void eof_in(char closing)
{
	if (sh_syntax_error)
		return;
	if (!sh_dash)
		sh_syntax_message("unexpected EOF while looking for matching `%c'", closing);
	else if (closing == '`')
		sh_syntax_message("Syntax error: EOF in backquote substitution");
	else if (closing == '}')
		sh_syntax_message("Syntax error: Missing '}'");
	else
		sh_syntax_message("Syntax error: Unterminated quoted string");
}

static void single_quotes(struct sh_buf *word)
{
	int c;

	while ((c = sh_getc()) >= 0) {
		sh_put(word, (char)c);
		if (c == '\'')
			return;
	}
	eof_in('\'');
}

static void backquotes(struct sh_buf *word)
{
	int c;

	while ((c = sh_getc()) >= 0) {
		sh_put(word, (char)c);
		if (c == '`')
			return;
		if (c == '\\' && (c = sh_getc()) >= 0)
			sh_put(word, (char)c);
	}
	eof_in('`');
}

/* After `$(`: the text up to the `)` that ends the command, found by parsing it. */
static void command(struct sh_buf *word)
{
	struct sh_lexer saved = sh_lx;
	size_t start;

	if (sh_capturing++ == 0)
		memset(&sh_captured, 0, sizeof sh_captured);
	start = sh_captured.length;
	memset(&sh_lx, 0, sizeof sh_lx);
	sh_parse_list();
	if (!sh_syntax_error && sh_peek() != T_RPAREN) {
		if (sh_peek() != T_EOF)
			sh_syntax_unexpected(sh_peek(), NULL);
		else if (sh_dash)
			sh_syntax_message("Syntax error: end of file unexpected (expecting \")\")");
		else
			sh_lx.line = sh_in->line, eof_in(')');
	}
	sh_putn(word, sh_captured.text + start, sh_captured.length - start);
	sh_capturing--;
	sh_lx = saved;
}

/* After `$((`: up to the matching `))`, or, when it is a command after all, up to its `)`. */
void sh_read_arith(struct sh_buf *word)
{
	int depth = 2, c;

	while ((c = sh_joined()) >= 0) {
		sh_put(word, (char)c);
		if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return;
		else if (c == '\'')
			single_quotes(word);
		else if (c == '\\' && (c = sh_getc()) >= 0)
			sh_put(word, (char)c);
	}
	if (sh_dash)
		sh_syntax_message("Syntax error: Missing '))'");
	eof_in(')');
}

static void dollar(struct sh_buf *word, int quoted);

static void double_quotes(struct sh_buf *word)
{
	int c;

	while ((c = sh_joined()) >= 0) {
		sh_put(word, (char)c);
		if (c == '"')
			return;
		if (c == '\\' && (c = sh_getc()) >= 0)
			sh_put(word, (char)c);
		else if (c == '`')
			backquotes(word);
		else if (c == '$')
			dollar(word, 1);
		if (sh_syntax_error)
			return;
	}
	eof_in('"');
}

static void braces(struct sh_buf *word, int quoted)
{
	int c;

	while ((c = sh_joined()) >= 0) {
		sh_put(word, (char)c);
		if (c == '}')
			return;
		if (c == '\\' && (c = sh_getc()) >= 0)
			sh_put(word, (char)c);
		else if (c == '\'' && !quoted)
			single_quotes(word);
		else if (c == '"')
			double_quotes(word);
		else if (c == '`')
			backquotes(word);
		else if (c == '$')
			dollar(word, quoted);
		if (sh_syntax_error)
			return;
	}
	eof_in(quoted && sh_dash ? '"' : '}');
}

/* After a `$` that is in the word already. */
static void dollar(struct sh_buf *word, int quoted)
{
	int c = sh_joined();

	if (c == '(') {
		sh_put(word, '(');
		c = sh_joined();
		if (c == '(') {
			sh_put(word, '(');
			sh_read_arith(word);
			return;
		}
		if (c >= 0)
			sh_ungetc();
		command(word);
	} else if (c == '{') {
		sh_put(word, '{');
		braces(word, quoted);
	} else if (c == '\'' && !quoted && !sh_dash) {
		sh_put(word, '\'');
		while ((c = sh_getc()) >= 0) {
			sh_put(word, (char)c);
			if (c == '\'')
				return;
			if (c == '\\' && (c = sh_getc()) >= 0)
				sh_put(word, (char)c);
		}
		eof_in('\'');
	} else if (c == '"' && !quoted && !sh_dash) {   /* $"…": translated; here as it is */
		word->length--;
		sh_put(word, '"');
		double_quotes(word);
	} else if (c >= 0) {
		sh_ungetc();
	}
}

int sh_ends_word(int c)
{
	return c < 0 || c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' || c == '>' || c == '(' || c == ')';
}

/* After `NAME=(`: the elements, as they are written. */
static void array_elements(struct sh_buf *word)
{
	int c;

	for (;;) {
		c = sh_joined();
		if (c < 0) {
			eof_in(')');
			return;
		}
		if (c == '#') {
			while (c >= 0 && c != '\n')
				c = sh_getc();
		}
		if (c == ' ' || c == '\t' || c == '\n') {
			sh_put(word, ' ');
			continue;
		}
		if (c == ')') {
			sh_put(word, ')');
			return;
		}
		if (sh_ends_word(c)) {
			char text[2] = { (char)c, 0 };

			sh_syntax_message("syntax error near unexpected token `%s'", text);
			return;
		}
		sh_read_word(word, c);
		if (sh_syntax_error)
			return;
	}
}

static int regex_parens(struct sh_buf *word)
{
	int depth = 1, c;

	while (depth > 0) {
		c = sh_getc();
		if (c < 0)
			return 0;
		sh_put(word, (char)c);
		if (c == '(')
			depth++;
		else if (c == ')')
			depth--;
		else if (c == '\\' && (c = sh_getc()) >= 0)
			sh_put(word, (char)c);
		else if (c == '"')
			double_quotes(word);
		else if (c == '\'')
			single_quotes(word);
		else if (c == '$')
			dollar(word, 0);
	}
	return 1;
}

/* Reads the word that begins with c (after what is in `word` already); false at an error. */
int sh_read_word(struct sh_buf *word, int c)
{
	size_t start = word->length;

	for (;; c = sh_joined()) {
		if ((c == '<' || c == '>') && !sh_dash && !sh_lx.in_cond) {   /* <( … ) */
			int next = sh_getc();

			if (next == '(') {
				sh_put(word, (char)c);
				sh_put(word, '(');
				command(word);
				if (sh_syntax_error)
					return 0;
				continue;
			}
			if (next >= 0)
				sh_ungetc();
		}
		if (sh_lx.regex && c == '(') {
			sh_put(word, '(');
			if (!regex_parens(word))
				return 0;
			continue;
		}
		if (sh_lx.regex && c == '|') {
			sh_put(word, '|');
			continue;
		}
		if (c == '(' && !sh_dash && word->length > start + 1 && word->text[word->length - 1] == '=') {
			size_t at;

			if (sh_is_assignment(sh_text(word) + start, &at)) {
				sh_put(word, '(');
				array_elements(word);
				return !sh_syntax_error;
			}
		}
		if (c == '(' && !sh_dash && (sh_extglob || sh_lx.in_cond) && word->length > start && strchr("@?*+!", word->text[word->length - 1])) {
			sh_put(word, '(');
			if (!regex_parens(word))
				return 0;
			continue;
		}
		if (sh_ends_word(c))
			break;
		sh_put(word, (char)c);
		if (c == '\\') {
			c = sh_getc();
			if (c >= 0)
				sh_put(word, (char)c);
		} else if (c == '\'') {
			single_quotes(word);
		} else if (c == '"') {
			double_quotes(word);
		} else if (c == '`') {
			backquotes(word);
		} else if (c == '$') {
			dollar(word, 0);
		} else if (c == '[' && !sh_dash && word->length - 1 > start && sh_name_length(sh_text(word) + start) == word->length - 1 - start) {
			/* A subscript may hold blanks: a[$i + 1]=x */
			int depth = 1;

			while (depth > 0 && (c = sh_joined()) >= 0) {
				if (c == '\n' || (sh_ends_word(c) && !sh_lx.command_position)) {
					sh_ungetc();
					break;
				}
				sh_put(word, (char)c);
				depth += (c == '[') - (c == ']');
				if (c == '"')
					double_quotes(word);
				else if (c == '$')
					dollar(word, 0);
			}
		}
		if (sh_syntax_error)
			return 0;
	}
	if (c >= 0)
		sh_ungetc();
	return 1;
}
