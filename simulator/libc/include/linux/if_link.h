#ifndef _LINUX_IF_LINK_H
#define _LINUX_IF_LINK_H
#include <linux/netlink.h>
#include <linux/types.h>
struct rtnl_link_stats {
  __u32 rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, multicast, collisions, rx_length_errors, rx_over_errors, rx_crc_errors, rx_frame_errors,
    rx_fifo_errors, rx_missed_errors, tx_aborted_errors, tx_carrier_errors, tx_fifo_errors, tx_heartbeat_errors, tx_window_errors, rx_compressed, tx_compressed, rx_nohandler;
};
struct rtnl_link_stats64 {
  __u64 rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, multicast, collisions, rx_length_errors, rx_over_errors, rx_crc_errors, rx_frame_errors,
    rx_fifo_errors, rx_missed_errors, tx_aborted_errors, tx_carrier_errors, tx_fifo_errors, tx_heartbeat_errors, tx_window_errors, rx_compressed, tx_compressed, rx_nohandler, rx_otherhost_dropped;
};
#define IFLA_UNSPEC 0
#define IFLA_ADDRESS 1
#define IFLA_BROADCAST 2
#define IFLA_IFNAME 3
#define IFLA_MTU 4
#define IFLA_LINK 5
#define IFLA_QDISC 6
#define IFLA_STATS 7
#define IFLA_COST 8
#define IFLA_PRIORITY 9
#define IFLA_MASTER 10
#define IFLA_WIRELESS 11
#define IFLA_PROTINFO 12
#define IFLA_TXQLEN 13
#define IFLA_MAP 14
#define IFLA_WEIGHT 15
#define IFLA_OPERSTATE 16
#define IFLA_LINKMODE 17
#define IFLA_LINKINFO 18
#define IFLA_NET_NS_PID 19
#define IFLA_IFALIAS 20
#define IFLA_NUM_VF 21
#define IFLA_VFINFO_LIST 22
#define IFLA_STATS64 23
#define IFLA_VF_PORTS 24
#define IFLA_PORT_SELF 25
#define IFLA_AF_SPEC 26
#define IFLA_GROUP 27
#define IFLA_NET_NS_FD 28
#define IFLA_EXT_MASK 29
#define IFLA_PROMISCUITY 30
#define IFLA_NUM_TX_QUEUES 31
#define IFLA_NUM_RX_QUEUES 32
#define IFLA_CARRIER 33
#define IFLA_PHYS_PORT_ID 34
#define IFLA_CARRIER_CHANGES 35
#define IFLA_PHYS_SWITCH_ID 36
#define IFLA_LINK_NETNSID 37
#define IFLA_PHYS_PORT_NAME 38
#define IFLA_PROTO_DOWN 39
#define IFLA_GSO_MAX_SEGS 40
#define IFLA_GSO_MAX_SIZE 41
#define IFLA_PAD 42
#define IFLA_XDP 43
#define IFLA_EVENT 44
#define IFLA_NEW_NETNSID 45
#define IFLA_IF_NETNSID 46
#define IFLA_CARRIER_UP_COUNT 47
#define IFLA_CARRIER_DOWN_COUNT 48
#define IFLA_NEW_IFINDEX 49
#define IFLA_MIN_MTU 50
#define IFLA_MAX_MTU 51
#define IFLA_PROP_LIST 52
#define IFLA_ALT_IFNAME 53
#define IFLA_PERM_ADDRESS 54
#define IFLA_PROTO_DOWN_REASON 55
#define IFLA_PARENT_DEV_NAME 56
#define IFLA_PARENT_DEV_BUS_NAME 57
#define IFLA_TARGET_NETNSID IFLA_IF_NETNSID
#define IFLA_MAX IFLA_PARENT_DEV_BUS_NAME
#define IFLA_RTA(r) ((struct rtattr *)(((char *)(r)) + NLMSG_ALIGN(sizeof(struct ifinfomsg))))
#define IFLA_PAYLOAD(n) NLMSG_PAYLOAD(n, sizeof(struct ifinfomsg))
#define IFLA_INFO_UNSPEC 0
#define IFLA_INFO_KIND 1
#define IFLA_INFO_DATA 2
#define IFLA_INFO_XSTATS 3
#define IFLA_INFO_SLAVE_KIND 4
#define IFLA_INFO_SLAVE_DATA 5
#define IFLA_INFO_MAX IFLA_INFO_SLAVE_DATA
#define IFLA_VLAN_ID 1
#define IFLA_MACVLAN_MODE 1
#define MACVLAN_MODE_PRIVATE 1
#define MACVLAN_MODE_VEPA 2
#define MACVLAN_MODE_BRIDGE 4
#define IFLA_BR_STP_STATE 5
#endif
