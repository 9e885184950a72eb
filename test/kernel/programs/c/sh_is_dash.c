/* /bin/sh of Debian is not bash: what system() shows */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    system("echo -e 'one\\ttwo'");
    system("echo 'a\\tb'");
    system("x=1; x=$((x+1)); echo $x; [ a = a ] && echo same");
    system("no-such-thing");
    system("cd /nope");
    system("echo $0 $#");
    system("bash -c 'echo -e \"1\\t2\"; [[ abc == a* ]] && echo match; arr=(x y z); echo ${arr[1]} ${#arr[@]}; echo {1..4}'");
    system("type cd; command -v ls");
    return 0;
}
