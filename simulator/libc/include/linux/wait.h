#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H
#include <bits/wait.h>
#endif
