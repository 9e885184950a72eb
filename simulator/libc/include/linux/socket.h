#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H
#include <sys/socket.h>
#endif
