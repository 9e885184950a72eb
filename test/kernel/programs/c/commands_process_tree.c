#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("killall nosuch; echo $?; killall -q nosuch; echo $?; sleep 50 & sleep 0.2; killall -0 sleep; echo $?; killall -v sleep | sed 's/[0-9]\\+/N/'; wait");
  RUN("sleep 50 & sleep 51 & sleep 0.2; killall -9 sleep; wait; echo $?; killall -s USR1 nosuch; killall -l; echo $?; killall -s foo x; echo $?; sleep 50 & sleep 0.2; killall -w sleep; killall -i sleep </dev/null; killall -u nosuch sleep; killall -e -I SLEEP; killall -r 'sl.*p'; killall -V 2>&1 | head -1; sleep 9 & sleep 0.2; killall -I SLEEP; wait; sleep 9 & sleep 0.2; killall -r '^sle'; wait; killall -INT sleep");
  RUN("pstree; pstree -p; pstree -p 7001; pstree -a; sleep 5 & sleep 5 & sleep 0.2; pstree 7001; pstree -A 7001; pstree -c 7001; pstree -u 7001; pstree -pa 7001; pstree -s 7001; pstree -n 7001; pstree -h 7001; pstree -l; pstree 99999; echo $?; pstree nosuch; pstree -V 2>&1 | head -1;  pstree -g 7001; pstree -T 7001; pstree -U 7001; kill %1 %2; echo $?");
  RUN("pwdx 7001; pwdx 99999; pwdx x; pwdx; pwdx 1 7001; echo $?");
  return 0;
}
