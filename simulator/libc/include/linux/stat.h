#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H
#include <bits/statx.h>
#endif
