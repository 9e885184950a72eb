#ifndef _SYS_USER_H
#define _SYS_USER_H
/* Registers as ptrace(2) shows them, x86_64. */
struct user_regs_struct {
  unsigned long long r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, orig_rax, rip, cs, eflags, rsp, ss, fs_base, gs_base, ds, es, fs, gs;
};
struct user_fpregs_struct {
  unsigned short cwd, swd, ftw, fop;
  unsigned long long rip, rdp;
  unsigned mxcsr, mxcr_mask, st_space[32], xmm_space[64], padding[24];
};
#endif
