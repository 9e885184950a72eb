#ifndef _LIBC_FORK_H
#define _LIBC_FORK_H
/* Called before a fork (0), after it in the child (1) and in the parent (2): handlers of pthread_atfork, and locks. */
extern void (*__fork_hook)(int);
#endif
