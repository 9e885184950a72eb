#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stddef.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/utsname.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static int install(struct sock_filter *f, unsigned short n)
{
	struct sock_fprog prog = { .len = n, .filter = f };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

static int deny(int nr, unsigned int action)
{
	struct sock_filter f[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	return install(f, ARRAY_SIZE(f));
}

static void status_lines(void)
{
	char line[256];
	FILE *f = fopen("/proc/self/status", "r");
	while (fgets(line, sizeof line, f))
		if (strncmp(line, "Seccomp", 7) == 0 || strncmp(line, "NoNewPrivs", 10) == 0) fputs(line, stdout);
	fclose(f);
}

static void report(const char *what, pid_t pid)
{
	int st;
	waitpid(pid, &st, 0);
	if (WIFEXITED(st)) printf("%s: exit %d\n", what, WEXITSTATUS(st));
	else if (WIFSIGNALED(st)) printf("%s: signal %d (%s)\n", what, WTERMSIG(st), strsignal(WTERMSIG(st)));
	fflush(stdout);
}

static void on_sys(int sig, siginfo_t *si, void *ctx)
{
	ucontext_t *u = ctx;
	char b[128];
	int n = snprintf(b, sizeof b, "SIGSYS code %d errno %d nr %d arch %x rax %lld rdi %lld\n", si->si_code, si->si_errno, si->si_syscall, si->si_arch,
		(long long)u->uc_mcontext.gregs[REG_RAX], (long long)u->uc_mcontext.gregs[REG_RDI]);
	write(1, b, n);
	u->uc_mcontext.gregs[REG_RAX] = 4242;
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	printf("mode %d\n", prctl(PR_GET_SECCOMP));
	status_lines();
	pid_t p;
	if ((p = fork()) == 0) {
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) perror("nnp");
		printf("install: %d\n", deny(SYS_uname, SECCOMP_RET_ERRNO | ENOANO));
		struct utsname u;
		int r = uname(&u);
		printf("uname: %d %s\n", r, strerror(errno));
		printf("second: %d\n", deny(SYS_sethostname, SECCOMP_RET_ERRNO | EPERM));
		printf("both: %d\n", deny(SYS_uname, SECCOMP_RET_ERRNO | EACCES));
		r = uname(&u);
		printf("uname: %d %s\n", r, strerror(errno));
		r = sethostname("x", 1);
		printf("sethostname: %d %s\n", r, strerror(errno));
		printf("zero errno: %d\n", deny(SYS_getppid, SECCOMP_RET_ERRNO | 0));
		printf("getppid: %ld\n", syscall(SYS_getppid));
		status_lines();
		pid_t q = fork();
		if (q == 0) { r = uname(&u); printf("child uname %d %s\n", r, strerror(errno)); status_lines(); execlp("uname", "uname", "-n", NULL); _exit(9); }
		report("uname(1)", q);
		exit(0);
	}
	report("errno", p);
	if ((p = fork()) == 0) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); deny(SYS_getpid, SECCOMP_RET_KILL_PROCESS); printf("going\n"); getpid(); printf("not seen\n"); exit(0); }
	report("kill process", p);
	if ((p = fork()) == 0) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); deny(SYS_getpid, SECCOMP_RET_KILL); getpid(); exit(0); }
	report("kill", p);
	if ((p = fork()) == 0) {
		struct sigaction sa = { .sa_sigaction = on_sys, .sa_flags = SA_SIGINFO };
		sigaction(SIGSYS, &sa, NULL);
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); deny(SYS_setuid, SECCOMP_RET_TRAP | 77);
		long r = syscall(SYS_setuid, 12345);
		printf("trapped gives %ld\n", r);
		exit(3);
	}
	report("trap", p);
	if ((p = fork()) == 0) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); signal(SIGSYS, SIG_IGN); deny(SYS_setuid, SECCOMP_RET_TRAP); setuid(0); exit(3); }
	report("trap ignored", p);
	if ((p = fork()) == 0) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); deny(SYS_setuid, SECCOMP_RET_TRACE); int r = setuid(0); printf("trace: %d %s\n", r, strerror(errno)); exit(3); }
	report("trace", p);
	if ((p = fork()) == 0) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); deny(SYS_setuid, SECCOMP_RET_LOG); int r = setuid(getuid()); printf("log: %d\n", r); exit(3); }
	report("log", p);
	if ((p = fork()) == 0) { prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT); write(1, "strict\n", 7); syscall(SYS_exit, 7); }
	report("strict exit", p);
	if ((p = fork()) == 0) { prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT); write(1, "strict\n", 7); _exit(7); }
	report("strict _exit", p);
	if ((p = fork()) == 0) { printf("strict via seccomp %ld\n", syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL)); getpid(); }
	report("strict getpid", p);
	/* errors */
	struct sock_filter none[1];
	struct sock_filter bad1[] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter bad2[] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 64), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter bad3[] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0) };
	struct sock_filter bad4[] = { BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 5), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter bad5[] = { BPF_STMT(BPF_LD | BPF_MEM, 3), BPF_STMT(BPF_RET | BPF_A, 0) };
	struct sock_filter bad6[] = { BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 0), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter bad7[] = { BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter bad8[] = { BPF_STMT(BPF_ALU | BPF_MOD | BPF_K, 3), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_filter ok1[] = { BPF_STMT(BPF_LD | BPF_IMM, 0x7fff0000), BPF_STMT(BPF_ST, 3), BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0), BPF_STMT(BPF_LD | BPF_MEM, 3), BPF_STMT(BPF_MISC | BPF_TAX, 0), BPF_STMT(BPF_LD | BPF_IMM, 5), BPF_STMT(BPF_MISC | BPF_TXA, 0), BPF_STMT(BPF_RET | BPF_A, 0) };
#define TRY(f, n) do { errno = 0; int r = install(f, n); printf(#f "/%d: %d %s\n", n, r, errno ? strerror(errno) : "ok"); } while (0)
	if (getuid() != 0) TRY(ok1, 8);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	TRY(none, 0); TRY(NULL, 3); TRY(bad1, 2); TRY(bad2, 2); TRY(bad3, 1); TRY(bad4, 2); TRY(bad5, 2); TRY(bad6, 2); TRY(bad7, 2); TRY(bad8, 2); TRY(ok1, 8);
	printf("null fprog %d %s\n", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL), strerror(errno));
	printf("mode 5: %d %s\n", prctl(PR_SET_SECCOMP, 5, NULL), strerror(errno));
	printf("mode %d\n", prctl(PR_GET_SECCOMP));
	printf("strict after filter: %d %s\n", prctl(PR_SET_SECCOMP, 1), strerror(errno));
	unsigned int acts[] = { SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_THREAD, SECCOMP_RET_TRAP, SECCOMP_RET_ERRNO, SECCOMP_RET_USER_NOTIF, SECCOMP_RET_TRACE, SECCOMP_RET_LOG, SECCOMP_RET_ALLOW, 0x12340000 };
	for (unsigned i = 0; i < ARRAY_SIZE(acts); i++) { long r = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &acts[i]); printf("%#x: %ld %s\n", acts[i], r, r ? strerror(errno) : ""); }
	struct seccomp_notif_sizes sz;
	printf("sizes %ld", syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sz));
	printf(" %u %u %u\n", sz.seccomp_notif, sz.seccomp_notif_resp, sz.seccomp_data);
	printf("op 9: %ld %s\n", syscall(SYS_seccomp, 9, 0, NULL), strerror(errno));
	printf("flag 64: %ld %s\n", syscall(SYS_seccomp, 1, 64, NULL), strerror(errno));
	status_lines();
	return 0;
}
