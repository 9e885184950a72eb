#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/reboot.h>
int reboot(int command) { return (int)SYS3(SYS_reboot, 0xfee1dead, 672274793, command); }
