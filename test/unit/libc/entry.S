/* The machine's builtins (simulator/machine/builtins.ts) on a real x86-64 processor, so that the libc can run on the real kernel. */
  .text
  .globl _entry
_entry:
  xor %ebp, %ebp
  mov %rsp, %rdi
  and $-16, %rsp
  push %rdi
  push %rdi
  call __shim_find_tls
  pop %rdi
  pop %rdi
  call _start
  hlt

/* __syscall(nr, a, b, c, d, e, f) */
  .globl __syscall
__syscall:
  mov %rdi, %rax
  mov %rsi, %rdi
  mov %rdx, %rsi
  mov %rcx, %rdx
  mov %r8, %r10
  mov %r9, %r8
  mov 8(%rsp), %r9
  syscall
  ret

/* __clone(nr, a, b, c, d, e, fn, arg, stack): fn, arg and stack stand on the stack */
  .globl __clone
__clone:
  mov %rdi, %rax
  mov %rsi, %rdi
  mov %rdx, %rsi
  mov %rcx, %rdx
  mov %r8, %r10
  mov %r9, %r8
  mov 8(%rsp), %r11
  mov 16(%rsp), %r9
  push %r12
  push %r13
  mov %r11, %r12
  mov %r9, %r13
  syscall
  test %rax, %rax
  jz 1f
  pop %r13
  pop %r12
  ret
1: xor %ebp, %ebp
  and $-16, %rsp
  mov %r13, %rdi
  call *%r12
  mov %eax, %edi
  mov $60, %eax
  syscall
  hlt

  .globl vfork
vfork:
  pop %rdx
  mov $58, %eax
  syscall
  push %rdx
  mov %rax, %rdi
  jmp __ret

  .globl __setjmp
__setjmp:
  mov %rbx, (%rdi)
  mov %rbp, 8(%rdi)
  mov %r12, 16(%rdi)
  mov %r13, 24(%rdi)
  mov %r14, 32(%rdi)
  mov %r15, 40(%rdi)
  lea 8(%rsp), %rdx
  mov %rdx, 48(%rdi)
  mov (%rsp), %rdx
  mov %rdx, 56(%rdi)
  xor %eax, %eax
  ret

  .globl __longjmp
__longjmp:
  mov %esi, %eax
  mov (%rdi), %rbx
  mov 8(%rdi), %rbp
  mov 16(%rdi), %r12
  mov 24(%rdi), %r13
  mov 32(%rdi), %r14
  mov 40(%rdi), %r15
  mov 48(%rdi), %rsp
  jmp *56(%rdi)

  .globl __thread_pointer
__thread_pointer:
  mov %fs:0, %rax
  ret

  .globl __restore_rt
__restore_rt:
  mov $15, %eax
  syscall
  .section .note.GNU-stack, "", @progbits
