#ifndef _LINUX_FILTER_H
#define _LINUX_FILTER_H
#include <linux/types.h>
struct sock_filter { __u16 code; __u8 jt, jf; __u32 k; };
struct sock_fprog { unsigned short len; struct sock_filter *filter; };
#define BPF_STMT(code, k) { (unsigned short)(code), 0, 0, k }
#define BPF_JUMP(code, k, jt, jf) { (unsigned short)(code), jt, jf, k }
#define BPF_LD 0
#define BPF_JMP 5
#define BPF_RET 6
#define BPF_ALU 4
#define BPF_W 0
#define BPF_ABS 32
#define BPF_JEQ 16
#define BPF_JGE 48
#define BPF_JSET 0x40
#define BPF_K 0
#endif
