#define _GNU_SOURCE
#include <libc/syscall.h>
#include <mqueue.h>
int mq_getattr(mqd_t mq, struct mq_attr *attr) { return (int)SYS3(SYS_mq_getsetattr, mq, 0, attr); }
