/* one program that lets sh do the work */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
static const char *scripts[] = {
	"for i in 1 2 3; do printf '%s-' $i; done; echo end",
	"x=5; while [ $x -gt 2 ]; do x=$((x-1)); echo x=$x; done",
	"f() { echo \"f got $# args: $*\"; return 4; }; f a 'b c'; echo $?",
	"cd /tmp && touch b.txt a.txt && ls *.txt && rm *.txt; ls *.txt 2>/dev/null || echo none",
	"echo one two three | cut -d' ' -f2; echo $((7*6)); echo ${HOME:-x} ${NOPE:-default} ${#PATH}",
	"case hello in h*) echo yes;; *) echo no;; esac; if test -d /proc; then echo proc; else echo not; fi",
	"(exit 3); echo $?; true && echo and; false || echo or; ! true; echo $?",
	"cat <<E | tr a-z A-Z\nhere $((1+1))\ndoc\nE",
	"set -- a b c; shift; echo $1 $#; echo \"$@\"; echo 'single $x' \"double $1\" back\\ slash",
	"trap 'echo bye' EXIT; echo body",
	"echo err >&2; echo out; ls /nonexistent",
	"A=1 B=2 env | grep '^[AB]=' | sort; readlink /proc/self/exe | grep -c /; echo $$ | grep -c .",
	"seq 5 | while read n; do echo $((n*n)); done | tail -2; seq 3 | sort -r | head -1; printf 'a\\nb\\na\\n' | sort | uniq -c",
	"sleep 1 & wait $!; echo waited $?; kill -0 $$ && echo alive; kill -l 15",
	"echo $(hostname) $(id -u) $(uname -sm); basename /a/b.c .c; dirname /a/b.c; expr 3 + 4",
	"no_such_cmd_x; echo $?; exec true; echo not here",
	0
};
int main()
{
	int i, st;
	for (i = 0; scripts[i]; i++) {
		printf("# %d\n", i); fflush(stdout);
		if (fork() == 0) { execl("/bin/bash", "bash", "-c", scripts[i], (char *)NULL); _exit(126); }
		wait(&st);
		if (st) printf("=> %d\n", WEXITSTATUS(st));
	}
	return 0;
}
