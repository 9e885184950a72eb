#ifndef _NETINET_ETHER_H
#define _NETINET_ETHER_H
#include <net/ethernet.h>
#endif
