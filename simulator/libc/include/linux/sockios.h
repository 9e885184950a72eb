#ifndef _LINUX_SOCKIOS_H
#define _LINUX_SOCKIOS_H
#include <sys/ioctl.h>
#endif
