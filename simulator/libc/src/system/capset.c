#define _GNU_SOURCE
#include <libc/syscall.h>
#include <linux/capability.h>
int capset(cap_user_header_t header, const cap_user_data_t data) { return (int)SYS2(SYS_capset, header, data); }
