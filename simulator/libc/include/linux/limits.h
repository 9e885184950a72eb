#ifndef _LINUX_LIMITS_H
#define _LINUX_LIMITS_H
#define NAME_MAX 255
#define PATH_MAX 0x1000
#define ARG_MAX 0x20000
#define PIPE_BUF 0x1000
#define NGROUPS_MAX 0x10000
#define XATTR_NAME_MAX 255
#endif
