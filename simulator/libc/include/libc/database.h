#ifndef _LIBC_DATABASE_H
#define _LIBC_DATABASE_H
#include <stdio.h>
#include <stddef.h>
/* Takes the next line that is no comment out of `f` into `buffer`, splits it at the colons. How many fields; 0: the end; -1: no room. */
int __database_line(FILE *f, char *buffer, size_t size, char **fields, int most);
/* A number that fills the field; -1 when it does not. */
long __database_number(const char *field);
#endif
