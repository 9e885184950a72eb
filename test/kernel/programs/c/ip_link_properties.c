#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("unshare -rn sh -c 'ip link set lo promisc on; ip link show lo; ip link set lo alias hello; ip link show lo; ip addr show lo; ip link set lo txqueuelen 500; ip -o link show lo; ip link set lo promisc off alias \"\"; ip link; ip link set lo arp off; ip link set lo allmulticast on; ip link; ip link set lo group 7; ip link; ip link set lo group default arp on allmulticast off; ip link; cat /sys/class/net/lo/tx_queue_len'");
  RUN("unshare -rn sh -c 'ip link set lo promisc maybe; echo $?; ip -s link show lo; ip -s link; ip link add v0 type veth peer name v1; ip link set v0 promisc on multicast off alias \"to v1\"; ip link show v0 | head -1; ip link show v0 | tail -1; ip link set v0 up; ip link show v0 | head -1; ip -4 -s addr show lo; ip -s -o link show lo; ifconfig lo promisc; ifconfig lo -promisc; ifconfig lo; ip link set lo txqueuelen x; echo $?; ip -s addr show lo'");
  return 0;
}
