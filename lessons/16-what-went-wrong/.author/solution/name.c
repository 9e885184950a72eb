#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void rename_to(const char *name)
{
	if (sethostname(name, strlen(name)) == -1)
		perror("sethostname");
}

int main(void)
{
	struct utsname u;

	unshare(CLONE_NEWUTS);
	rename_to("webserver-number-one");
	uname(&u);
	puts(u.nodename);
	return 0;
}
