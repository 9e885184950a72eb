/* awk's tokens (lib/awk_lex.c). */
#ifndef AWK_LEX_H
#define AWK_LEX_H
#include "awk.h"

enum { T_END, T_NL, T_NUMBER, T_STRING, T_REGEX, T_NAME, T_FUNC_NAME, T_BUILTIN, T_KEYWORD, T_OP };
extern const char *awk_at;                 /* what is read next */
extern int awk_line, awk_token, awk_regex_may_come;
extern char awk_word[4096];                /* of the token: its text */
extern double awk_token_number;
void awk_lex_advance(void);
void awk_syntax(void);
int awk_is(const char *what);
int awk_accept(const char *what);
void awk_expect(const char *what);
#endif
