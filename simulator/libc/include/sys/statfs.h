#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H
#include <bits/statfs.h>
int statfs(const char *, struct statfs *);
int fstatfs(int, struct statfs *);
#endif
