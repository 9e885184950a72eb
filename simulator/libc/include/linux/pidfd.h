#ifndef _LINUX_PIDFD_H
#define _LINUX_PIDFD_H
#include <linux/types.h>
#define PIDFD_NONBLOCK 04000
#define PIDFD_THREAD 0200
#endif
