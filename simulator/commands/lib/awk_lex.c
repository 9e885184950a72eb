/* awk: tokens of a program's text. */
#define _GNU_SOURCE
#include "awk_lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

int awk_token;
char awk_word[4096];
double awk_token_number;
int awk_regex_may_come = 1;
const char *awk_at;
int awk_line = 1;

static const char *const keywords[] = { "BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf" };
static const char *const builtins[] = { "length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "sin", "cos", "atan2", "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper",
	"system", "close", "fflush", "gensub", "strftime", "systime" };

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

	while (*awk_at && *awk_at != end) {
		char c = *awk_at++;

		if (c == '\n' )
			awk_fail("runaway string constant \"%.10s ...", awk_word);
		if (c == '\\' && *awk_at) {
			const char *known = strchr(from, *awk_at);

			if (end == '/' && *awk_at != '/') {
				awk_word[length++] = '\\';
				c = *awk_at++;
			} else if (known) {
				c = to[known - from];
				awk_at++;
			} else if (*awk_at >= '0' && *awk_at <= '7') {
				int value = 0, n = 0;

				while (n++ < 3 && *awk_at >= '0' && *awk_at <= '7')
					value = value * 8 + *awk_at++ - '0';
				c = (char)value;
			} else if (*awk_at == '\n') {
				awk_at++;
				continue;
			} else {
				awk_word[length++] = '\\';
				c = *awk_at++;
			}
		}
		if (length < sizeof awk_word - 2)
			awk_word[length++] = c;
	}
	awk_word[length] = '\0';
	if (!*awk_at)
		awk_fail(end == '/' ? "regular expression compile failed (missing operand)\n/%s" : "runaway string constant \"%.10s ...", awk_word);
	awk_at++;
}

void awk_lex_advance(void)
{
	static const char *const operators[] = { "&&", "||", "==", "<=", ">=", "!=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", ">>", "!~", NULL };
	int i, was = awk_token, could_regex = awk_regex_may_come;

	(void)was;
	for (;;) {
		while (*awk_at == ' ' || *awk_at == '\t' || *awk_at == '\r')
			awk_at++;
		if (*awk_at == '\\' && awk_at[1] == '\n') {
			awk_at += 2;
			awk_line++;
			continue;
		}
		if (*awk_at == '#') {
			while (*awk_at && *awk_at != '\n')
				awk_at++;
		}
		break;
	}
	awk_regex_may_come = 1;
	awk_word[0] = '\0';
	if (!*awk_at) {
		awk_token = T_END;
		return;
	}
	if (*awk_at == '\n') {
		awk_at++;
		awk_line++;
		awk_token = T_NL;
		return;
	}
	if (isdigit((unsigned char)*awk_at) || (*awk_at == '.' && isdigit((unsigned char)awk_at[1]))) {
		char *end;

		awk_token_number = strtod(awk_at, &end);
		awk_at = end;
		awk_token = T_NUMBER;
		awk_regex_may_come = 0;
		return;
	}
	if (*awk_at == '"') {
		awk_at++;
		string_token('"');
		awk_token = T_STRING;
		awk_regex_may_come = 0;
		return;
	}
	if (*awk_at == '/' && could_regex) {
		awk_at++;
		string_token('/');
		awk_token = T_REGEX;
		awk_regex_may_come = 0;
		return;
	}
	if (isalpha((unsigned char)*awk_at) || *awk_at == '_') {
		size_t length = 0;

		while ((isalnum((unsigned char)*awk_at) || *awk_at == '_') && length < 255)
			awk_word[length++] = *awk_at++;
		awk_word[length] = '\0';
		if (in_list(keywords, sizeof keywords / sizeof *keywords, awk_word)) {
			awk_token = T_KEYWORD;
			return;
		}
		awk_regex_may_come = 0;
		awk_token = in_list(builtins, sizeof builtins / sizeof *builtins, awk_word) ? T_BUILTIN : *awk_at == '(' ? T_FUNC_NAME : T_NAME;
		return;
	}
	awk_token = T_OP;
	for (i = 0; operators[i]; i++)
		if (strncmp(awk_at, operators[i], strlen(operators[i])) == 0) {
			strcpy(awk_word, operators[i]);
			awk_at += strlen(awk_word);
			awk_regex_may_come = strcmp(awk_word, "++") != 0 && strcmp(awk_word, "--") != 0;
			return;
		}
	awk_word[0] = *awk_at++;
	awk_word[1] = '\0';
	awk_regex_may_come = strchr(")]$", awk_word[0]) == NULL;
}

void awk_syntax(void)
{
	char near[64];

	if (awk_token == T_END)
		awk_fail("line %d: syntax error at or near end of awk_line", awk_line);
	if (awk_token == T_NL)
		awk_fail("line %d: syntax error at or near end of awk_line", awk_line);
	snprintf(near, sizeof near, "%.60s", awk_token == T_NUMBER ? "number" : awk_word);
	awk_fail("line %d: syntax error at or near %s", awk_line, near);
}

int awk_is(const char *what)
{
	return (awk_token == T_OP || awk_token == T_KEYWORD) && strcmp(awk_word, what) == 0;
}

int awk_accept(const char *what)
{
	if (!awk_is(what))
		return 0;
	awk_lex_advance();
	return 1;
}

void awk_expect(const char *what)
{
	if (!awk_accept(what))
		awk_syntax();
}
