#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("unshare -rn sh -c 'ip link add br0 type bridge; ip link add v0 type veth peer name v1; ip link set v0 master br0; bridge link; bridge link show dev v0; ip link set br0 up; ip link set v0 up; bridge link; ip link set v1 up; sleep 0.2; bridge link; bridge -j link; bridge link show dev nosuch; echo $?; bridge link foo; echo $?; bridge -x; echo $?; bridge foo; echo $?; bridge; echo $?; bridge -V; bridge help; ip link set v0 nomaster; bridge link'");
  return 0;
}
