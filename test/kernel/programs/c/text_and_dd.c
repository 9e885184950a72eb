#include <stdlib.h>
#include <stdio.h>
int main(void){ const char *c[] = {
"dd if=/dev/zero of=/tmp/z bs=1k count=3 2>&1 | head -2; wc -c </tmp/z; dd if=/tmp/z bs=1000 2>&1 >/dev/null | head -2; echo hello | dd conv=ucase status=none; echo abcdef | dd bs=1 skip=2 count=3 2>/dev/null; echo; printf 12345678 | dd of=/tmp/z bs=4 seek=1 conv=notrunc status=none; od -c /tmp/z | head -2; stat -c %s /tmp/z",
"dd if=/nope; echo $?; dd bogus; echo $?; dd bs=0; dd bs=3q; dd conv=foo; echo abc | dd bs=2 conv=swab status=noxfer",
"seq 3 | rev; echo 'héllo' | rev; printf 'abc' | rev; rev /nope; echo $?", 
"seq 5 | paste -sd+; seq 4 | paste - -; seq 4 | paste -d, - - -; seq 2 > /tmp/a; seq 11 13 > /tmp/b; paste /tmp/a /tmp/b; paste -d'\\n' /tmp/a /tmp/b; paste /nope; echo $?; paste -s /tmp/a /tmp/b",
"seq 3 | tac; printf 'a\\nb' | tac; printf 'a,b,c' | tac -s,; printf 'a,b,c' | tac -b -s,; tac /nope; echo $?; tac /tmp/a /tmp/b",
"seq 3 | nl; printf 'a\\n\\nb\\n' | nl; printf 'a\\n\\nb\\n' | nl -ba; seq 2 | nl -w2 -s': ' -nrz -v10 -i5; nl -bz; echo $?; seq 2 | nl -nln | cat -A",
}; for (int i=0;i<6;i++) { printf("== %d\n", i); fflush(stdout); system(c[i]); } return 0; }
