/* awk's grammar: what its expressions (lib/awk_parse.c) and statements (lib/awk_statement.c) have from each other. */
#ifndef AWK_PARSE_H
#define AWK_PARSE_H
#include "awk_lex.h"

extern struct awk_function *awk_functions, *awk_inside;
extern int awk_no_gt;                      /* `>` is a redirection: in print without parentheses */
struct awk_node *awk_make(enum awk_kind kind, struct awk_node *a, struct awk_node *b);
struct awk_node *awk_expression(void);
struct awk_node *awk_concatenation(void);
struct awk_node *awk_arguments(const char *close);
struct awk_node *awk_name(const char *name);
struct awk_function *awk_function_named(const char *name);
void awk_skip_newlines(void);
#endif
