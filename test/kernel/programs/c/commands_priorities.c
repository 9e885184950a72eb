#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("ionice; nice ionice; ionice -p 1; ionice -p 99999; echo $?; ionice -c idle ionice; ionice -c1 ionice; ionice -c 3 -n 4 ionice; ionice -c2 -n 9 true; echo $?; ionice -c 9 true; echo $?; ionice -n 3 ionice; ionice -c0 ionice; ionice -P 7001; ionice -c 2 -p 7001; ionice -p 7001; ionice -x; ionice -c2 nosuch; echo $?; ionice -u 1000 | head -1; ionice -t -c1 -p 1; ionice -c none -n 3 true; ionice -n x; ionice -c idle -p 7001; sh -c ionice");
  RUN("chrt -p 7001; chrt -m; chrt -b 0 chrt -p 7001; chrt -f 10 sh -c 'chrt -p $$ | cut -d\" \" -f3-'; chrt -r -p 5 7001; chrt -p 7001; chrt -o -p 0 7001; chrt -i 0 sh -c 'chrt -p $$ | cut -d\" \" -f3-'; chrt -p 99999; chrt; chrt -f 200 true; chrt -b 0 nosuch; echo $?; chrt -v -b 0 true; chrt -f x true; chrt -x; chrt -a -p 7001; chrt -p x");
  RUN("renice -n 5 -p 7001; renice 7 7001; renice -n -3 -p 7001; renice -n 2 -p 99999; renice; renice -n x -p 1; renice -n 1 -u nosuch; renice -n 3 -g 7001; renice -p 1; renice +1 -p 7001");
  RUN("choom -p 7001; choom -n 100 -p 7001; choom -p 7001; choom -n 300 sh -c 'cat /proc/self/oom_score_adj'; choom; choom -n 5; choom -p 99999; choom -n x -p 7001; choom -n 5000 -p 7001");
  RUN("flock /tmp/l echo locked; flock -n /tmp/l -c 'flock -n /tmp/l echo no; echo $?'; flock -n -E 7 /tmp/l sh -c 'flock -n -E 7 /tmp/l echo no; echo $?'; exec 9>/tmp/l2; flock -n 9; echo $?; flock -u 9; flock -s 9; echo $?; flock; echo $?; flock -w 0.1 /tmp/l sh -c 'flock -w 0.1 /tmp/l true; echo $?'; flock /nosuch/x true; echo $?; flock -x; flock 77; echo $?; flock /tmp/l nosuch; echo $?; flock --verbose /tmp/l true | sed 's/[0-9.]* sec/N sec/'; flock /tmp true; echo $?; flock -n /tmp/l; flock /tmp/l -c; flock -w x /tmp/l true");
  RUN("mesg; echo $?; mesg n; mesg y; mesg </dev/null; mesg x");
  RUN("{ stty size; stty speed; stty; stty -a | head -2 ; stty -g | head -1 ; } </dev/tty");
  RUN("{ stty -a; stty -F /dev/tty -a | head -1; stty -echo; stty | tail -3; stty echo; stty raw; stty -a | tail -4; stty sane; stty rows 30 cols 90; stty size; stty nosuch; stty -a -g; stty erase ^H; stty -a | sed -n 2p; stty intr ^X cbreak; stty; stty sane; stty 9600; stty speed; stty -F /nosuch; stty -F /dev/null; stty min 5 time 3 -icanon; stty; stty icanon; stty -g ; } </dev/tty");
  return 0;
}
