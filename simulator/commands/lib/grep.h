/* grep: its patterns (lib/grep_match.c). */
#ifndef GREP_H
#define GREP_H
#include <stddef.h>
struct grep_options { int extended, fixed, perl, icase, word, line; };
extern struct grep_options grep;
/* One or more patterns, a line each. */
void grep_add(const char *text, size_t length);
void grep_add_file(const char *name);
void grep_compile(void);
/* The leftmost, longest match of any pattern from `at` on. */
int grep_find(const char *text, size_t length, size_t at, size_t *from, size_t *to);
#endif
