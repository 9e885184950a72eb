#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static jmp_buf env; static sigjmp_buf senv;
static void deeper(int n) { if (n == 0) longjmp(env, 7); deeper(n - 1); printf("never\n"); }
static void on_segv(int s) { siglongjmp(senv, s); }
int main(void)
{
	volatile int tries = 0;
	int r = setjmp(env);
	if (r == 0) { puts("first"); deeper(5); }
	printf("back with %d\n", r);
	if (++tries < 3) longjmp(env, 0);
	signal(SIGSEGV, on_segv);
	if (sigsetjmp(senv, 1) == 0) { *(volatile int *)8 = 1; puts("never"); }
	else puts("caught SIGSEGV");
	if (sigsetjmp(senv, 1) == 0) { raise(SIGSEGV); puts("never"); }
	else puts("again");
	return tries;
}
