#define _GNU_SOURCE
#include <libc/syscall.h>
#include <linux/capability.h>
int capget(cap_user_header_t header, cap_user_data_t data) { return (int)SYS2(SYS_capget, header, data); }
