/* sed: a script as commands (lib/sed_parse.c), and their running (sed.c). */
#ifndef SED_H
#define SED_H
#include <regex.h>
#include <stdio.h>

enum sed_address_kind { A_NONE, A_LINE, A_LAST, A_REGEX, A_STEP, A_PLUS, A_MULTIPLE, A_ZERO };
struct sed_address { enum sed_address_kind kind; long line, step; regex_t *regex; };
struct sed_output { struct sed_output *next; char *name; FILE *file; };
struct sed_command {
	struct sed_address from, to;
	int negated, active;
	long end_line;
	char name;
	char *text;                  /* of a, i, c, y's map, a label, a file name */
	long number;                 /* l, q, Q */
	struct sed_command *target;  /* of b, t, T and the end of { */
	regex_t *regex;
	char *replacement;
	int global, print, occurrence, evaluate;
	struct sed_output *output;
};
struct sed_script { struct sed_command *commands; int count, room; };
extern struct sed_script sed_script;
extern int sed_extended, sed_posix, sed_separate;
void sed_add_script(const char *text, const char *where, int is_file);
void sed_finish_script(void);
FILE *sed_output_file(struct sed_output *output);
#endif
