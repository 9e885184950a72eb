#ifndef _ERRNO_H
#define _ERRNO_H
#include <features.h>
#include <asm/errno.h>
#define ENOTSUP EOPNOTSUPP
int *__errno_location(void);
#define errno (*__errno_location())
#ifdef __USE_GNU
extern char *program_invocation_name, *program_invocation_short_name;
typedef int error_t;
#endif
#endif
