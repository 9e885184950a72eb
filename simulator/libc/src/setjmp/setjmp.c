#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>

void __longjmp(void *buffer, int value);

void __setjmp_mask(struct __jmp_buf_tag *env, int save) {
  env->__mask_was_saved = save && sigprocmask(SIG_BLOCK, 0, &env->__saved_mask) == 0;
}

void siglongjmp(struct __jmp_buf_tag *env, int value) {
  if (env->__mask_was_saved) sigprocmask(SIG_SETMASK, &env->__saved_mask, 0);
  for (;;) __longjmp(env->__jmpbuf, value ? value : 1);
}
void longjmp(struct __jmp_buf_tag *env, int value) { siglongjmp(env, value); }
void _longjmp(struct __jmp_buf_tag *env, int value) { siglongjmp(env, value); }
