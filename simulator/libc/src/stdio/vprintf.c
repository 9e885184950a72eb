#define _GNU_SOURCE
#include <libc/stdio.h>
int vprintf(const char *format, va_list ap) { return vfprintf(stdout, format, ap); }
