#define _GNU_SOURCE
#include <libc/locale.h>
int __utf8;
