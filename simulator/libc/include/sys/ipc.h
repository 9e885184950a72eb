#ifndef _SYS_IPC_H
#define _SYS_IPC_H
#include <bits/types.h>
#include <features.h>
#define IPC_CREAT 0x200
#define IPC_EXCL 0x400
#define IPC_NOWAIT 0x800
#define IPC_RMID 0
#define IPC_SET 1
#define IPC_STAT 2
#define IPC_INFO 3
#define IPC_PRIVATE ((key_t)0)
struct ipc_perm { key_t __key; uid_t uid; gid_t gid; uid_t cuid; gid_t cgid; mode_t mode; unsigned short __seq, __pad2; unsigned long __reserved1, __reserved2; };
key_t ftok(const char *, int);
#endif
