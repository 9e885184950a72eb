#ifndef _SECCOMP_H
#define _SECCOMP_H
#include <asm/unistd.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <linux/types.h>
#include <stdint.h>
#include <sys/types.h>
#define SCMP_VER_MAJOR 2
#define SCMP_VER_MINOR 5
#define SCMP_VER_MICRO 4
struct scmp_version { unsigned major, minor, micro; };
typedef void *scmp_filter_ctx;
enum scmp_filter_attr {
  _SCMP_FLTATR_MIN, SCMP_FLTATR_ACT_DEFAULT, SCMP_FLTATR_ACT_BADARCH, SCMP_FLTATR_CTL_NNP, SCMP_FLTATR_CTL_TSYNC, SCMP_FLTATR_API_TSKIP, SCMP_FLTATR_CTL_LOG,
  SCMP_FLTATR_CTL_SSB, SCMP_FLTATR_CTL_OPTIMIZE, SCMP_FLTATR_API_SYSRAWRC, _SCMP_FLTATR_MAX
};
enum scmp_compare { _SCMP_CMP_MIN, SCMP_CMP_NE, SCMP_CMP_LT, SCMP_CMP_LE, SCMP_CMP_EQ, SCMP_CMP_GE, SCMP_CMP_GT, SCMP_CMP_MASKED_EQ, _SCMP_CMP_MAX };
typedef uint64_t scmp_datum_t;
struct scmp_arg_cmp { unsigned arg; enum scmp_compare op; scmp_datum_t datum_a, datum_b; };
#define SCMP_ARCH_NATIVE 0
#define SCMP_ARCH_X86 AUDIT_ARCH_I386
#define SCMP_ARCH_X86_64 AUDIT_ARCH_X86_64
#define SCMP_SYS(x) (__NR_##x)
#define __NR_SCMP_ERROR -1
#define __NR_SCMP_UNDEF -2
#define SCMP_CMP64(...) ((struct scmp_arg_cmp){ __VA_ARGS__ })
#define SCMP_CMP SCMP_CMP64
#define __SCMP_32_1(arg, op, a) SCMP_CMP64(arg, op, (uint32_t)(a))
#define __SCMP_32_2(arg, op, a, b) SCMP_CMP64(arg, op, (uint32_t)(a), (uint32_t)(b))
#define __SCMP_PICK(a, b, name, ...) name
#define SCMP_CMP32(arg, op, ...) __SCMP_PICK(__VA_ARGS__, __SCMP_32_2, __SCMP_32_1, 0)(arg, op, __VA_ARGS__)
#define SCMP_A0_64(...) SCMP_CMP64(0, __VA_ARGS__)
#define SCMP_A0 SCMP_A0_64
#define SCMP_A0_32(op, ...) SCMP_CMP32(0, op, __VA_ARGS__)
#define SCMP_A1_64(...) SCMP_CMP64(1, __VA_ARGS__)
#define SCMP_A1 SCMP_A1_64
#define SCMP_A1_32(op, ...) SCMP_CMP32(1, op, __VA_ARGS__)
#define SCMP_A2_64(...) SCMP_CMP64(2, __VA_ARGS__)
#define SCMP_A2 SCMP_A2_64
#define SCMP_A2_32(op, ...) SCMP_CMP32(2, op, __VA_ARGS__)
#define SCMP_A3_64(...) SCMP_CMP64(3, __VA_ARGS__)
#define SCMP_A3 SCMP_A3_64
#define SCMP_A3_32(op, ...) SCMP_CMP32(3, op, __VA_ARGS__)
#define SCMP_A4_64(...) SCMP_CMP64(4, __VA_ARGS__)
#define SCMP_A4 SCMP_A4_64
#define SCMP_A4_32(op, ...) SCMP_CMP32(4, op, __VA_ARGS__)
#define SCMP_A5_64(...) SCMP_CMP64(5, __VA_ARGS__)
#define SCMP_A5 SCMP_A5_64
#define SCMP_A5_32(op, ...) SCMP_CMP32(5, op, __VA_ARGS__)
#define SCMP_ACT_MASK SECCOMP_RET_ACTION_FULL
#define SCMP_ACT_KILL_PROCESS 0x80000000U
#define SCMP_ACT_KILL_THREAD 0x00000000U
#define SCMP_ACT_KILL SCMP_ACT_KILL_THREAD
#define SCMP_ACT_TRAP 0x00030000U
#define SCMP_ACT_NOTIFY 0x7fc00000U
#define SCMP_ACT_ERRNO(x) (0x00050000U | ((x) & 0x0000ffffU))
#define SCMP_ACT_TRACE(x) (0x7ff00000U | ((x) & 0x0000ffffU))
#define SCMP_ACT_LOG 0x7ffc0000U
#define SCMP_ACT_ALLOW 0x7fff0000U
const struct scmp_version *seccomp_version(void);
unsigned seccomp_api_get(void);
int seccomp_api_set(unsigned);
scmp_filter_ctx seccomp_init(uint32_t);
int seccomp_reset(scmp_filter_ctx, uint32_t);
void seccomp_release(scmp_filter_ctx);
uint32_t seccomp_arch_resolve_name(const char *);
uint32_t seccomp_arch_native(void);
int seccomp_arch_exist(const scmp_filter_ctx, uint32_t);
int seccomp_arch_add(scmp_filter_ctx, uint32_t);
int seccomp_arch_remove(scmp_filter_ctx, uint32_t);
int seccomp_load(const scmp_filter_ctx);
int seccomp_attr_get(const scmp_filter_ctx, enum scmp_filter_attr, uint32_t *);
int seccomp_attr_set(scmp_filter_ctx, enum scmp_filter_attr, uint32_t);
char *seccomp_syscall_resolve_num_arch(uint32_t, int);
int seccomp_syscall_resolve_name_arch(uint32_t, const char *);
int seccomp_syscall_resolve_name_rewrite(uint32_t, const char *);
int seccomp_syscall_resolve_name(const char *);
int seccomp_syscall_priority(scmp_filter_ctx, int, uint8_t);
int seccomp_rule_add(scmp_filter_ctx, uint32_t, int, unsigned, ...);
int seccomp_rule_add_array(scmp_filter_ctx, uint32_t, int, unsigned, const struct scmp_arg_cmp *);
int seccomp_rule_add_exact(scmp_filter_ctx, uint32_t, int, unsigned, ...);
int seccomp_rule_add_exact_array(scmp_filter_ctx, uint32_t, int, unsigned, const struct scmp_arg_cmp *);
int seccomp_notify_alloc(struct seccomp_notif **, struct seccomp_notif_resp **);
void seccomp_notify_free(struct seccomp_notif *, struct seccomp_notif_resp *);
int seccomp_notify_receive(int, struct seccomp_notif *);
int seccomp_notify_respond(int, struct seccomp_notif_resp *);
int seccomp_notify_id_valid(int, uint64_t);
int seccomp_notify_fd(const scmp_filter_ctx);
int seccomp_export_bpf(const scmp_filter_ctx, int);
#endif
