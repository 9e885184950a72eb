#include <stdio.h>
#include <stdlib.h>
#define RUN(c) do { printf("$ %s\n", c); fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); } while (0)
int main(void)
{
  RUN("id");
  RUN("id -un; id -gn; whoami; groups");
  RUN("hostname; uname -n; uname -m");
  RUN("cd /tmp; mkdir -p a/b; echo hi > a/f; cat a/f; cp a/f a/g; mv a/g a/h; ls a; ls -1 a | wc -l; rm -r a; ls");
  RUN("printf 'b 2\\na 10\\nc 1\\n' | sort; printf 'b 2\\na 10\\nc 1\\n' | sort -k2 -n; printf 'x\\ty\\n' | cut -f2");
  RUN("printf '1\\n2\\n3\\n4\\n' | head -n 2; printf '1\\n2\\n3\\n4\\n' | tail -n 1; echo hello | wc -c; echo 'a b c' | wc -w");
  RUN("grep -n root /etc/passwd; grep -v root /etc/group | grep -c .; echo abc | grep -q x; echo xyz | grep -o 'y.'");
  RUN("cat /etc/hostname; cat /nope; head -1 /etc/passwd | cut -d: -f1,7; wc -l < /etc/passwd");
  RUN("touch /tmp/z; stat -c '%n %s %a %U %F' /tmp/z; chmod 640 /tmp/z; stat -c %A /tmp/z; ln -s z /tmp/l; readlink /tmp/l; ls -l /tmp/l | cut -c1-10; rm /tmp/z /tmp/l");
  RUN("test -e /etc/passwd && echo exists; [ 3 -lt 5 ] && echo less; true; false");
  RUN("echo -n no newline; echo; printf '%05.1f %s %d%%\\n' 3.14159 str 50");
  RUN("tty; readlink /proc/self/ns/uts | cut -d: -f1; ls /proc/self/ns | tr '\\n' ' '; echo");
  RUN("ps -o pid,ppid,comm | head -3; ps -p 1 -o comm=");
  RUN("env | grep -c =; printenv HOME; echo $PATH");
  RUN("mount | grep -c ' on /proc '; cat /proc/mounts | grep -w devpts | cut -d' ' -f1-3; df /tmp | tail -1 | cut -d' ' -f1; mountpoint /proc; mountpoint /etc");
  RUN("cat /proc/sys/kernel/hostname /proc/sys/kernel/ostype; cat /proc/self/comm; cat /proc/self/loginuid 2>/dev/null | wc -l");
  RUN("unshare -r id -u; unshare -r cat /proc/self/uid_map; unshare -u hostname x; unshare -rn ip link | head -1; unshare -rpf --mount-proc sh -c 'echo $$; ps -o pid,comm'");
  RUN("date +%Y | grep -c .; seq 2 2 8 | tr '\\n' ' '; echo; yes | head -2; sleep 0.1; nproc | grep -c .");
  RUN("sh -c 'kill -TERM $$'; sh -c 'exit 300'");
  return 0;
}
