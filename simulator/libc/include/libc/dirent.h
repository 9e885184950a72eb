#ifndef _LIBC_DIRENT_H
#define _LIBC_DIRENT_H
#include <stddef.h>
struct __dirstream { int fd; size_t at, length; long position; char buffer[32768] __attribute__((aligned(8))); };
#endif
