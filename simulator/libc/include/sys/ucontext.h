#ifndef _SYS_UCONTEXT_H
#define _SYS_UCONTEXT_H
#include <bits/ucontext.h>
#endif
