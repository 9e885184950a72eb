#define _GNU_SOURCE
#include <libc/pthread.h>
pthread_t pthread_self(void) { return (pthread_t)SELF; }
int pthread_equal(pthread_t a, pthread_t b) { return a == b; }
