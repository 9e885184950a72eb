#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H
#include <sys/mman.h>
#define OVERCOMMIT_GUESS 0
#define OVERCOMMIT_ALWAYS 1
#define OVERCOMMIT_NEVER 2
#endif
