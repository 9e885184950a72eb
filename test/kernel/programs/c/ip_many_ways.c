#define _GNU_SOURCE
#include <stdlib.h>
#include <sched.h>
#include <stdio.h>
static const char *lines[] = {
"ip link add v0 type veth peer name v1; ip link",
"ip link add v0 type veth; echo \"=$?\"",
"ip link add type veth; ip -o link | cut -d: -f2",
"ip link set v0 up; ip link show v0; ip link set v1 up; ip link show v0; ip addr show v0",
"ip link set v0 name longnamethatistoolong; echo \"=$?\"; ip link set v0 name v1; echo \"=$?\"; ip link set v0 name r0; echo \"=$?\"",
"ip link set r0 netns 99999; echo \"=$?\"; ip link set r0 netns nosuch; echo \"=$?\"",
"ip link set r0 mtu 10; echo \"=$?\"; ip link set r0 mtu 70000; echo \"=$?\"; ip link set r0 mtu 1400 ; echo \"=$?\"",
"ip link set r0 address 02:11:22:33:44:55; echo \"=$?\"; ip link set r0 address 03:11:22:33:44:55; echo \"=$?\"; ip link show r0",
"ip link del nope; echo \"=$?\"; ip link del lo; echo \"=$?\"; ip link set lo netns $$; echo \"=$?\"",
"ip addr add 10.0.0.1/24 dev r0; ip addr add 10.0.0.1/24 dev r0; echo \"=$?\"; ip addr add 10.0.0.2/24 dev r0; ip addr add 10.0.1.1/24 brd + dev r0; ip -4 addr show r0; ip addr del 10.9.9.9/24 dev r0; echo \"=$?\"",
"ip addr add 10.0.0.1 dev nope; echo \"=$?\"; ip addr add 10.0.0.1/33 dev r0; echo \"=$?\"; ip addr add fd00::1/64 dev r0; ip -6 addr show r0 | grep fd00; ip addr del 10.0.0.1/24 dev r0; ip -4 addr show r0; ip addr flush dev r0; ip -4 addr show r0",
"ip addr add 10.0.0.1/24 dev r0; ip addr add 10.0.0.2/24 dev v1; ip route; ip route add default via 10.0.0.9; ip route add 10.5.0.0/16 via 10.0.0.7 dev r0; ip route add 10.6.0.0/16 dev r0; ip route",
"ip route add default via 10.0.0.9; echo \"=$?\"; ip route add 10.7.0.0/16 via 9.9.9.9; echo \"=$?\"; ip route add 10.7.0.0/16 dev nope; echo \"=$?\"; ip route del 10.8.0.0/16; echo \"=$?\"; ip route del default; ip route get 10.0.0.9; echo \"=$?\"; ip route get 8.8.8.8; echo \"=$?\"; ip route get 127.0.0.1; ip route replace default via 10.0.0.8; ip route; ip route add 10.7.0.1/16 dev r0; echo \"=$?\"",
"ip link set r0 down; ip route; ip addr show r0; ip link del r0; ip link show v1; ip -o link | cut -d: -f2",
};
int main(void) { if (unshare(CLONE_NEWNET)) return 1; for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) { char b[2000]; printf("== %u\n", i); fflush(stdout); sprintf(b, "{ %s; } 2>&1 | sed 's/ether [0-9a-f:]*/ether MAC/' | grep -v -e fe80 -e fd00 | sed '/valid_lft/d'", lines[i]); system(b); } return 0; }
