#ifndef _LINUX_IF_ADDR_H
#define _LINUX_IF_ADDR_H
#include <linux/types.h>
struct ifaddrmsg { __u8 ifa_family, ifa_prefixlen, ifa_flags, ifa_scope; __u32 ifa_index; };
#define IFA_ADDRESS 1
#define IFA_LOCAL 2
#define IFA_LABEL 3
#define IFA_BROADCAST 4
#endif
