#ifndef _UCONTEXT_H
#define _UCONTEXT_H
#include <bits/ucontext.h>
#endif
