/* run: {"args": ["null"]} */
/* run: {"args": ["const"]} */
/* run: {"args": ["div"]} */
/* run: {"args": ["abort"]} */
/* run: {"args": ["free"]} */
/* run: {"args": ["assert"]} */
/* run: {"args": ["stack"]} */
/* run: {"args": ["term"]} */
/* run: {"args": ["pipe"]} */
/* run: {"args": []} */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <sys/resource.h>
static int deep(int n) { volatile char pad[4096]; pad[0] = n; return deep(n + 1) + pad[0]; }
int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	printf("about to: %s\n", how);
	if (!strcmp(how, "null")) { struct { int a, b; } *p = 0; p->b = 1; }
	else if (!strcmp(how, "const")) { char *s = "literal"; s[0] = 'L'; }
	else if (!strcmp(how, "div")) { int zero = argc - 2; printf("%d\n", 10 % zero); }
	else if (!strcmp(how, "abort")) abort();
	else if (!strcmp(how, "free")) { free(NULL); void *p = malloc(10); free(p); puts("fine"); }
	else if (!strcmp(how, "assert")) assert(argc == 0 && "as expected");
	else if (!strcmp(how, "stack")) return deep(0);
	else if (!strcmp(how, "term")) { raise(SIGTERM); puts("survived?"); }
	else if (!strcmp(how, "pipe")) { int fd[2]; pipe(fd); close(fd[0]); write(fd[1], "x", 1); puts("survived?"); }
	else exit(257);
	return 0;
}
