#ifndef _LINUX_SECCOMP_H
#define _LINUX_SECCOMP_H
#include <linux/types.h>
#define SECCOMP_MODE_DISABLED 0
#define SECCOMP_MODE_STRICT 1
#define SECCOMP_MODE_FILTER 2
#define SECCOMP_SET_MODE_STRICT 0
#define SECCOMP_SET_MODE_FILTER 1
#define SECCOMP_RET_KILL_PROCESS 0x80000000u
#define SECCOMP_RET_KILL_THREAD 0
#define SECCOMP_RET_KILL 0
#define SECCOMP_RET_TRAP 0x30000
#define SECCOMP_RET_ERRNO 0x50000
#define SECCOMP_RET_TRACE 0x7ff00000
#define SECCOMP_RET_LOG 0x7ffc0000
#define SECCOMP_RET_ALLOW 0x7fff0000
#define SECCOMP_RET_DATA 0xffff
struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer, args[6]; };
#endif
