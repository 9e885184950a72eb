#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <mqueue.h>
ssize_t mq_receive(mqd_t mq, char *message, size_t length, unsigned *priority) { return (ssize_t)CANCELLABLE(SYS5(SYS_mq_timedreceive, mq, message, length, priority, 0)); }
