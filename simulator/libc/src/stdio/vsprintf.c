#define _GNU_SOURCE
#include <stdio.h>
int vsprintf(char *to, const char *format, va_list ap) { return vsnprintf(to, 0x7fffffff, format, ap); }
