#ifndef _LINUX_IF_TUN_H
#define _LINUX_IF_TUN_H
#define IFF_TUN 1
#define IFF_TAP 2
#define IFF_NO_PI 0x1000
#define TUNSETIFF 0x400454ca
#define TUNSETPERSIST 0x400454cb
#endif
