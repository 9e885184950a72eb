#ifndef _STDIO_EXT_H
#define _STDIO_EXT_H
#include <stdio.h>
enum { FSETLOCKING_QUERY, FSETLOCKING_INTERNAL, FSETLOCKING_BYCALLER };
size_t __fbufsize(FILE *);
size_t __fpending(FILE *);
int __flbf(FILE *);
int __freadable(FILE *);
int __fwritable(FILE *);
int __freading(FILE *);
int __fwriting(FILE *);
void __fpurge(FILE *);
void _flushlbf(void);
int __fsetlocking(FILE *, int);
#endif
