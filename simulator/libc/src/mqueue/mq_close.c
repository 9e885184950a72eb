#define _GNU_SOURCE
#include <libc/syscall.h>
#include <mqueue.h>
int mq_close(mqd_t mq) { return (int)SYS1(SYS_close, mq); }
