#define _GNU_SOURCE
#include <libc/stdio.h>
int getchar(void) { return fgetc(stdin); }
int getchar_unlocked(void) { return GETC(stdin); }
