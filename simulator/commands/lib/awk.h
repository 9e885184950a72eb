/* awk: values, trees, and who does what (awk.c, lib/awk_*.c). Written to mawk 1.3.4's behaviour, which is Debian's awk. */
#ifndef AWK_H
#define AWK_H
#include <stddef.h>
#include <stdio.h>
#include <regex.h>

enum { V_NUM = 1, V_STR = 2, V_MAYBE = 4 };        /* V_MAYBE: input that counts as a number when it looks like one */
struct awk_value { int flags; double number; char *text; };
struct awk_entry { struct awk_entry *next; char *key; struct awk_value value; };
struct awk_array { struct awk_entry *bucket[64]; int count; };
struct awk_cell { struct awk_value value; struct awk_array *array; };

enum awk_kind {
	N_NUMBER, N_STRING, N_REGEX, N_VAR, N_LOCAL, N_FIELD, N_INDEX, N_ASSIGN, N_COND, N_OROR, N_ANDAND, N_IN, N_MATCH, N_NOMATCH, N_LESS, N_LE, N_EQ, N_NE, N_GT, N_GE,
	N_CONCAT, N_ADD, N_SUB, N_MUL, N_DIV, N_MOD, N_POW, N_NOT, N_NEG, N_PLUS, N_PREINC, N_PREDEC, N_POSTINC, N_POSTDEC, N_CALL, N_BUILTIN, N_GETLINE, N_GROUP,
	S_BLOCK, S_EXPR, S_PRINT, S_PRINTF, S_IF, S_WHILE, S_DO, S_FOR, S_FORIN, S_BREAK, S_CONTINUE, S_NEXT, S_NEXTFILE, S_EXIT, S_RETURN, S_DELETE, S_GETLINE
};
struct awk_node {
	enum awk_kind kind;
	struct awk_node *a, *b, *c, *d, *next;
	double number;
	char *text;
	int index, op;
	struct awk_cell *cell;
	struct awk_function *function;
	regex_t *regex;
};
struct awk_function { struct awk_function *next; char *name; int params; char *param[32]; struct awk_node *body; };
struct awk_rule { struct awk_rule *next; int when; struct awk_node *pattern, *to, *body; int active; };   /* when: 'B', 'E' or 0 */
extern struct awk_rule *awk_rules;
void awk_parse(const char *program);
struct awk_cell *awk_variable(const char *name);
void awk_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
double awk_number(const struct awk_value *value);
char *awk_text(const struct awk_value *value);
struct awk_value awk_of_number(double number);
struct awk_value awk_of_text(const char *text);
struct awk_value awk_of_input(const char *text);
int awk_true(const struct awk_value *value);
struct awk_value *awk_element(struct awk_array *array, const char *key, int make);
regex_t *awk_regex(const char *text);
struct awk_value awk_eval(struct awk_node *node);
struct awk_value awk_builtin(struct awk_node *node);
void awk_assign(struct awk_node *to, struct awk_value value);
int awk_run(struct awk_node *statement);
void awk_set_record(const char *text);
char *awk_field(int index);
void awk_set_field(int index, const char *text);
int awk_field_count(void);
void awk_set_field_count(int count);
int awk_next_record(void);
int awk_getline(FILE *from, char **text);
char *awk_format(struct awk_node *args);
FILE *awk_output(const char *name, int op);
int awk_split(const char *text, struct awk_array *array, const char *separator, regex_t *regex);
int awk_by_key(const void *a, const void *b);   /* keys of arrays: numbers by their value */
void awk_close_all(void);
int awk_close(const char *name);
void awk_exit(int status) __attribute__((noreturn));
struct awk_array *awk_array_of(struct awk_node *node);
#endif
