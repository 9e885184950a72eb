#ifndef _LINUX_LOOP_H
#define _LINUX_LOOP_H
#define LOOP_SET_FD 0x4c00
#define LOOP_CLR_FD 0x4c01
#define LOOP_CTL_GET_FREE 0x4c82
#endif
