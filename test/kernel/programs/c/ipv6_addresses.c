#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("unshare -rn sh -c 'ip link add v0 type veth peer name v1; ip link set v0 address 02:00:00:00:00:01; ip link set v1 address 02:00:00:00:00:02; ip addr add fd00::1/64 dev v0; ip addr add fd00::2/64 dev v0; ip -6 addr show v0; ip link set v0 up; ip -6 addr; ip -6 route; ip link set v1 up; sleep 0.3; ip -6 addr; ip addr show v1; sleep 3; ip -4 addr; ip addr; ip -br addr; ip -o -6 addr; cat /proc/net/if_inet6 | sort; ip -6 route; ip -6 route show table local; ip -6 route show table all; ip link set v1 down; sleep 1; ip -6 addr; ip link set v0 down; ip -6 addr; ip -6 route'");
  RUN("unshare -rn sh -c 'ip link set lo up; ip addr add fd11::1/64 dev lo; sleep 0.3; ip -6 addr show lo; ip -6 route; ip -6 route show table local; ip -6 addr; ip route show table all; cut -c34- /proc/net/if_inet6 | sort; ip -6 route show dev lo'");
  return 0;
}
