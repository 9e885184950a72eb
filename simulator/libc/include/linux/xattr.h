#ifndef _LINUX_XATTR_H
#define _LINUX_XATTR_H
#include <sys/xattr.h>
#define XATTR_USER_PREFIX "user."
#define XATTR_TRUSTED_PREFIX "trusted."
#define XATTR_SECURITY_PREFIX "security."
#define XATTR_NAME_CAPS "security.capability"
#endif
