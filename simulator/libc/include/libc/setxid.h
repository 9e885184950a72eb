#ifndef _LIBC_SETXID_H
#define _LIBC_SETXID_H
/* A change of ids: of all threads, once there are some. */
extern int (*__setxid_hook)(long nr, long a, long b, long c);
int __setxid(long nr, long a, long b, long c);
void __setxid_begin(void);
#endif
