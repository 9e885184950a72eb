/* sed: the script that is being read (lib/sed_parse.c, lib/sed_regex.c). */
#ifndef SED_SCRIPT_H
#define SED_SCRIPT_H
#include "sed.h"

extern const char *sed_start, *sed_at, *sed_where;
extern int sed_by_file, sed_expressions;
void sed_bad(const char *what) __attribute__((noreturn));
void sed_blanks(void);
/* Text up to the delimiter; NULL when there is none. */
char *sed_delimited(char delimiter, int is_regex);
regex_t *sed_compile(const char *text, int flags);
#endif
