#define _GNU_SOURCE
#include <libc/setxid.h>
#include <libc/syscall.h>
int (*__setxid_hook)(long, long, long, long);
int __setxid(long nr, long a, long b, long c) { return __setxid_hook ? __setxid_hook(nr, a, b, c) : (int)SYS3(nr, a, b, c); }
