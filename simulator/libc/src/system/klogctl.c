#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/klog.h>
int klogctl(int type, char *buffer, int size) { return (int)SYS3(SYS_syslog, type, buffer, size); }
