#ifndef _LIBC_CANCEL_H
#define _LIBC_CANCEL_H
/* A call that pthread_cancel interrupts: the hooks are there only in a program that uses pthread_cancel. */
extern void (*__cancel_hook)(void);
#define CANCELLABLE(call) __extension__({ if (__cancel_hook) __cancel_hook(); long __called = (call); if (__cancel_hook && __called == -1) __cancel_hook(); __called; })
#endif
