#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/personality.h>
int personality(unsigned long persona) { return (int)SYS1(SYS_personality, persona); }
