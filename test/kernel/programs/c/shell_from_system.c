#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
int main(void) {
  const char *c[] = { "for i in 1 2 3; do echo $((i * i)); done", "x=$(echo sub | tr s S); echo \"$x\" '$x' ${x:-no} ${#x} ${x%b} ${y:=def}", "cd /tmp && echo *.none; ls -1 / | wc -l > /tmp/n; test -s /tmp/n && echo nonempty", "f() { echo f $1 $#; return 3; }; f a b; echo $?", "case abc in a*) echo match;; *) echo no;; esac", "while read a b; do echo \"$b $a\"; done <<EOF\n1 2\n3 4\nEOF", "trap 'echo bye' EXIT; kill -0 $$ && echo alive", "exit 7", "kill -9 $$", "nosuchcommand", "sleep 0 & wait $!; echo waited $?", "echo a | sed 's/a/b/' | tee /tmp/t | cat -n; grep -c b /tmp/t", "set -e; false; echo not", "printf '%s-%03d\\n' x 7 y 8; seq 3 | xargs echo; id -u; umask; ulimit -n", "cat /nonexistent 2>&1 | head -1; echo ${PIPESTATUS[0]}", "[ 3 -gt 2 ] && [[ a == a ]] ; echo $?", "echo $0 $PPID; readlink /proc/$$/ns/uts | cut -c1-4; exec echo execd", "ps -o pid,ppid,comm | cat", "date +%Y | wc -c; uname -sm; basename /a/b.c .c; dirname /a/b; expr 3 + 4; env | grep -c PATH=", "find /etc -maxdepth 1 -name 'pass*'; stat -c '%a %U %s' /etc/hostname; du -s /nonexistent; sort -rn <<< $'1\\n10\\n9'", "mkdir -p /tmp/d/e && touch /tmp/d/e/f && ls -R /tmp/d && rm -r /tmp/d && ls /tmp/d" };
  for (size_t i = 0; i < sizeof c / sizeof *c; i++) { printf("-- %zu\n", i); fflush(stdout); int s = system(c[i]); if (s) printf("status %x\n", s); }
  return 0;
}
