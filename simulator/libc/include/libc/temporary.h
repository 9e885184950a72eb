#ifndef _LIBC_TEMPORARY_H
#define _LIBC_TEMPORARY_H
int __temporary(char *template, int suffix, int (*attempt)(const char *, int), int flags);
#endif
