#ifndef _NET_IF_ARP_H
#define _NET_IF_ARP_H
#define ARPHRD_ETHER 1
#define ARPHRD_LOOPBACK 772
#define ARPHRD_NETROM 0
#define ARPHRD_PPP 0x200
#define ARPHRD_TUNNEL 768
struct arphdr { unsigned short ar_hrd, ar_pro; unsigned char ar_hln, ar_pln; unsigned short ar_op; };
#define ARPOP_REQUEST 1
#define ARPOP_REPLY 2
#endif
