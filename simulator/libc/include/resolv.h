#ifndef _RESOLV_H
#define _RESOLV_H
#include <netinet/in.h>
#endif
