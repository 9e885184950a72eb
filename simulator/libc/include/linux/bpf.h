#ifndef _LINUX_BPF_H
#define _LINUX_BPF_H
/* What a loader of classic cgroup and socket programs names; bpf(2) itself is not simulated. */
#include <linux/types.h>
#include <linux/bpf_common.h>
struct bpf_insn { __u8 code; __u8 dst_reg : 4, src_reg : 4; __s16 off; __s32 imm; };
enum bpf_cmd { BPF_MAP_CREATE, BPF_MAP_LOOKUP_ELEM, BPF_MAP_UPDATE_ELEM, BPF_MAP_DELETE_ELEM, BPF_MAP_GET_NEXT_KEY, BPF_PROG_LOAD, BPF_OBJ_PIN, BPF_OBJ_GET, BPF_PROG_ATTACH, BPF_PROG_DETACH };
enum bpf_map_type { BPF_MAP_TYPE_UNSPEC, BPF_MAP_TYPE_HASH, BPF_MAP_TYPE_ARRAY, BPF_MAP_TYPE_PROG_ARRAY, BPF_MAP_TYPE_PERF_EVENT_ARRAY };
enum bpf_prog_type { BPF_PROG_TYPE_UNSPEC, BPF_PROG_TYPE_SOCKET_FILTER, BPF_PROG_TYPE_KPROBE, BPF_PROG_TYPE_SCHED_CLS, BPF_PROG_TYPE_SCHED_ACT, BPF_PROG_TYPE_TRACEPOINT, BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_CGROUP_SKB, BPF_PROG_TYPE_CGROUP_SOCK, BPF_PROG_TYPE_CGROUP_DEVICE = 15 };
enum bpf_attach_type { BPF_CGROUP_INET_INGRESS, BPF_CGROUP_INET_EGRESS, BPF_CGROUP_INET_SOCK_CREATE, BPF_CGROUP_SOCK_OPS, BPF_CGROUP_DEVICE = 6 };
union bpf_attr {
  struct { __u32 map_type, key_size, value_size, max_entries, map_flags; };
  struct { __u32 map_fd; __u64 key __attribute__((aligned(8))); union { __u64 value __attribute__((aligned(8))); __u64 next_key; }; __u64 flags; };
  struct { __u32 prog_type, insn_cnt; __u64 insns __attribute__((aligned(8))); __u64 license __attribute__((aligned(8))); __u32 log_level, log_size; __u64 log_buf __attribute__((aligned(8))); __u32 kern_version, prog_flags; };
  struct { __u64 pathname __attribute__((aligned(8))); __u32 bpf_fd, file_flags; };
  struct { __u32 target_fd, attach_bpf_fd, attach_type, attach_flags; };
};
#define BPF_ALU64 0x07
#define BPF_DW 0x18
#define BPF_MOV 0xb0
#define BPF_ARSH 0xc0
#define BPF_CALL 0x80
#define BPF_EXIT 0x90
#define BPF_REG_0 0
#define BPF_REG_1 1
#define BPF_REG_2 2
#define BPF_REG_10 10
#endif
