#define _GNU_SOURCE
#include <libc/syscall.h>
#include <mqueue.h>
int mq_setattr(mqd_t mq, const struct mq_attr *attr, struct mq_attr *old) { return (int)SYS3(SYS_mq_getsetattr, mq, attr, old); }
