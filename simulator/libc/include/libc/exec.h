#ifndef _LIBC_EXEC_H
#define _LIBC_EXEC_H
#include <stdarg.h>
/* Arguments of execl and its like, up to the null pointer. Neither moves the caller's list where a va_list is an array, so they copy it. */
long __count_arguments(const char *first, va_list ap);
void __take_arguments(char **argv, const char *first, va_list ap);
#endif
