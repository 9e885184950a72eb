#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <mqueue.h>
int mq_send(mqd_t mq, const char *message, size_t length, unsigned priority) { return (int)CANCELLABLE(SYS5(SYS_mq_timedsend, mq, message, length, priority, 0)); }
