#ifndef _LIBC_SYSCALL_H
#define _LIBC_SYSCALL_H
/* System calls for the libc itself: SYSn sets errno and gives -1, RAWn gives the kernel's -errno. */
#include <sys/syscall.h>
#include <errno.h>
long __syscall(long nr, long a, long b, long c, long d, long e, long f);
long __ret(long result);
#define RAW0(nr) __syscall(nr, 0, 0, 0, 0, 0, 0)
#define RAW1(nr, a) __syscall(nr, (long)(a), 0, 0, 0, 0, 0)
#define RAW2(nr, a, b) __syscall(nr, (long)(a), (long)(b), 0, 0, 0, 0)
#define RAW3(nr, a, b, c) __syscall(nr, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define RAW4(nr, a, b, c, d) __syscall(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define RAW5(nr, a, b, c, d, e) __syscall(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define RAW6(nr, a, b, c, d, e, f) __syscall(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define SYS0(nr) __ret(RAW0(nr))
#define SYS1(nr, a) __ret(RAW1(nr, a))
#define SYS2(nr, a, b) __ret(RAW2(nr, a, b))
#define SYS3(nr, a, b, c) __ret(RAW3(nr, a, b, c))
#define SYS4(nr, a, b, c, d) __ret(RAW4(nr, a, b, c, d))
#define SYS5(nr, a, b, c, d, e) __ret(RAW5(nr, a, b, c, d, e))
#define SYS6(nr, a, b, c, d, e, f) __ret(RAW6(nr, a, b, c, d, e, f))
#endif
