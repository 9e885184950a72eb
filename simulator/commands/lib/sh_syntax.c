/* What is wrong with a text, as bash and dash say it; names and assignments. */
#include "sh.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t sh_name_length(const char *text)
{
	size_t length = 0;

	if (!isalpha((unsigned char)*text) && *text != '_')
		return 0;
	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

int sh_is_name(const char *text)
{
	size_t length = sh_name_length(text);

	return length && text[length] == '\0';
}

int sh_is_assignment(const char *word, size_t *at)
{
	size_t length = sh_name_length(word);

	if (!length)
		return 0;
	if (word[length] == '[' && !sh_dash) {
		int depth = 0;

		do {
			depth += (word[length] == '[') - (word[length] == ']');
			length++;
		} while (word[length] && depth > 0);
		if (depth)
			return 0;
	}
	*at = length;
	return word[length] == '=' || (word[length] == '+' && word[length + 1] == '=' && !sh_dash);
}

static const char *const texts[] = {
	[T_EOF] = "end of file", [T_NEWLINE] = "newline", [T_WORD] = "word", [T_IO_NUMBER] = "word", [T_SEMI] = ";", [T_DSEMI] = ";;",
	[T_SEMI_AND] = ";&", [T_DSEMI_AND] = ";;&", [T_AND] = "&", [T_ANDAND] = "&&", [T_OR] = "|", [T_OROR] = "||", [T_OR_AND] = "|&",
	[T_LPAREN] = "(", [T_RPAREN] = ")", [T_LESS] = "<", [T_GREAT] = ">", [T_DLESS] = "<<", [T_DLESSDASH] = "<<-", [T_TLESS] = "<<<",
	[T_DGREAT] = ">>", [T_LESSAND] = "<&", [T_GREATAND] = ">&", [T_LESSGREAT] = "<>", [T_CLOBBER] = ">|", [T_AND_GREAT] = "&>",
	[T_AND_DGREAT] = "&>>",
};

const char *sh_token_text(enum sh_token token)
{
	return texts[token];
}

static void start_message(void)
{
	fflush(stdout);
	if (sh_dash)
		fprintf(stderr, sh_current_builtin ? "%s: %d: %s: " : "%s: %d: ", sh_message_name, sh_lx.line ? sh_lx.line : 1, sh_current_builtin);
	else if (sh_interactive && !sh_in->up)
		fprintf(stderr, "%s: ", sh_message_name);
	else if (sh_in->fd < 0)
		fprintf(stderr, "%s: %s: line %d: ", sh_message_name, sh_current_builtin ? sh_current_builtin : "-c", sh_lx.line);
	else
		fprintf(stderr, "%s: line %d: ", sh_message_name, sh_lx.line);
}

void sh_syntax_message(const char *format, ...)
{
	va_list args;

	if (sh_syntax_error)
		return;
	sh_syntax_error = 1;
	if (strstr(format, "EOF") || strstr(format, "Unterminated"))
		sh_lx.line = sh_dash ? sh_in->line : sh_lx.line;
	start_message();
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

/* What dash calls a token in its messages. */
static void dash_unexpected(enum sh_token token, const char *expected)
{
	if (token == T_WORD || token == T_IO_NUMBER)
		fprintf(stderr, sh_is_reserved(sh_lx.word) ? "Syntax error: \"%s\" unexpected" : "Syntax error: word unexpected", sh_lx.word);
	else if (token == T_EOF || token == T_NEWLINE)
		fprintf(stderr, "Syntax error: %s unexpected", texts[token]);
	else if (token >= T_LESS)
		fputs("Syntax error: redirection unexpected", stderr);
	else
		fprintf(stderr, "Syntax error: \"%s\" unexpected", texts[token]);
	if (expected)
		fprintf(stderr, strcmp(expected, "word") == 0 ? " (expecting %s)" : " (expecting \"%s\")", expected);
	fputc('\n', stderr);
}

void sh_syntax_unexpected(enum sh_token token, const char *expected)
{
	const char *text = token == T_WORD || token == T_IO_NUMBER ? sh_lx.word : texts[token];

	if (sh_syntax_error)
		return;
	if (token == T_EOF || (sh_dash && token == T_NEWLINE && !sh_in->interactive))
		sh_lx.line = sh_in->line;
	sh_syntax_error = 1;
	if (sh_dash) {
		start_message();
		dash_unexpected(token, expected);
		return;
	}
	if (token == T_EOF) {
		start_message();
		fputs("syntax error: unexpected end of file\n", stderr);
		return;
	}
	start_message();
	fprintf(stderr, "syntax error near unexpected token `%s'\n", text);
	if (!sh_interactive || sh_in->up) {
		start_message();
		fprintf(stderr, "`%s'\n", sh_input_line());
	}
}
