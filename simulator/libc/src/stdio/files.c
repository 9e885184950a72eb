#define _GNU_SOURCE
#include <libc/stdio.h>

static FILE in = { .flags = F_STATIC | F_NO_WRITES, .fd = 0 };
static FILE out = { .flags = F_STATIC | F_NO_READS, .fd = 1, .next = &in };
static FILE errors = { .flags = F_STATIC | F_NO_READS | F_UNBUFFERED, .fd = 2, .next = &out };
FILE *stdin = &in, *stdout = &out, *stderr = &errors;
FILE *__all_files = &errors;
int __all_files_lock;
void (*__file_lock)(FILE *), (*__file_unlock)(FILE *);
