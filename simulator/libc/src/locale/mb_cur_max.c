#define _GNU_SOURCE
#include <libc/locale.h>
#include <stdlib.h>
size_t __ctype_get_mb_cur_max(void) { return __utf8 ? 6 : 1; }
