#ifndef _NET_ETHERNET_H
#define _NET_ETHERNET_H
#include <stdint.h>
#define ETH_ALEN 6
struct ether_addr { uint8_t ether_addr_octet[6]; } __attribute__((packed));
struct ether_header { uint8_t ether_dhost[6], ether_shost[6]; uint16_t ether_type; } __attribute__((packed));
#define ETHERTYPE_IP 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_IPV6 0x86dd
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_ALL 0x0003
#endif
