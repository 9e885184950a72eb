#define _GNU_SOURCE
#include <libc/stdio.h>
int putchar(int c) { return fputc(c, stdout); }
int putchar_unlocked(int c) { return PUTC(c, stdout); }
