#ifndef _SETJMP_H
#define _SETJMP_H
#include <bits/sigset.h>
struct __jmp_buf_tag { long __jmpbuf[8]; int __mask_was_saved; sigset_t __saved_mask; };
typedef struct __jmp_buf_tag jmp_buf[1];
typedef struct __jmp_buf_tag sigjmp_buf[1];
int __setjmp(void *);
void __setjmp_mask(struct __jmp_buf_tag *, int);
#define setjmp(env) (__setjmp_mask(env, 0), __setjmp(env))
#define _setjmp(env) (__setjmp_mask(env, 0), __setjmp(env))
#define sigsetjmp(env, save) (__setjmp_mask(env, save), __setjmp(env))
_Noreturn void longjmp(struct __jmp_buf_tag *, int);
_Noreturn void _longjmp(struct __jmp_buf_tag *, int);
_Noreturn void siglongjmp(struct __jmp_buf_tag *, int);
#endif
