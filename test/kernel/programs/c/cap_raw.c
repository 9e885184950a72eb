/* capget(2) without libcap, drop the bounding set, securebits */
#define _GNU_SOURCE
#include <linux/capability.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
static void caps(const char *w)
{
	struct __user_cap_header_struct h = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct d[2];
	memset(d, 0xff, sizeof d);
	if (syscall(SYS_capget, &h, d)) { perror("capget"); return; }
	printf("%-8s eff %x:%08x perm %x:%08x inh %x:%08x\n", w, d[1].effective, d[0].effective, d[1].permitted, d[0].permitted, d[1].inheritable, d[0].inheritable);
}
int main(void)
{
	struct __user_cap_header_struct h = { 0, 0 };
	if (unshare(CLONE_NEWUSER)) { perror("unshare"); return 1; }
	caps("inside");
	printf("bounding sys_admin %d, unknown %d", prctl(PR_CAPBSET_READ, CAP_SYS_ADMIN), prctl(PR_CAPBSET_READ, 99)); printf(" %s\n", strerror(errno));
	printf("drop %d\n", prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN));
	printf("bounding sys_admin %d\n", prctl(PR_CAPBSET_READ, CAP_SYS_ADMIN));
	printf("securebits %#x\n", prctl(PR_GET_SECUREBITS));
	if (syscall(SYS_capget, &h, NULL)) perror("capget version 0");
	printf("preferred %x\n", h.version);
	struct __user_cap_data_struct d[2] = { { .effective = 1u << CAP_KILL, .permitted = 1u << CAP_KILL | 1u << CAP_CHOWN } };
	h.version = _LINUX_CAPABILITY_VERSION_3;
	if (syscall(SYS_capset, &h, d)) perror("capset");
	caps("fewer");
	d[0].permitted = ~0u;
	if (syscall(SYS_capset, &h, d)) perror("capset more");
	if (sethostname("x", 1)) perror("sethostname");
	return 0;
}
