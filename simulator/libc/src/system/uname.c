#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/utsname.h>
int uname(struct utsname *name) { return (int)SYS1(SYS_uname, name); }
