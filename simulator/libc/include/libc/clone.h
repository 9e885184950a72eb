#ifndef _LIBC_CLONE_H
#define _LIBC_CLONE_H
long __clone(long nr, long a, long b, long c, long d, long e, int (*fn)(void *), void *arg, void *stack);
struct clone_args;
/* clone3, or where the kernel has none: clone. Gives the kernel's -errno. */
long __clone_with(struct clone_args *args, int (*fn)(void *), void *arg);
#endif
