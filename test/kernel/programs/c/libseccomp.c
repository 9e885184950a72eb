/* Filters as most programs make them, with libseccomp: rules by name and by arguments, every comparison, defaults, attributes, what the library refuses, a supervisor. */
/* link: -lseccomp */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void told(const char *what, long r)
{
	if (r < 0) printf("%s: %s\n", what, strerror(-r));
	else printf("%s: %ld\n", what, r);
}
static void did(const char *what, long r) { printf("%s: %s\n", what, r < 0 ? strerror(errno) : "ok"); }
static void report(const char *what, pid_t pid)
{
	int st;
	waitpid(pid, &st, 0);
	if (WIFEXITED(st)) printf("%s: exit %d\n", what, WEXITSTATUS(st));
	else printf("%s: %s\n", what, strsignal(WTERMSIG(st)));
}
static long call(long a, long b) { return syscall(SYS_getpriority, a, b); }

static void compare(const char *name, enum scmp_compare op, scmp_datum_t a, scmp_datum_t b)
{
	static const long values[] = { 0, 1, 7, 8, 9, 0x100000007, 0x100000008, 0x100000009, 0x200000000, -1 };
	pid_t pid = fork();
	if (pid == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EUCLEAN), SCMP_SYS(getpriority), 1, SCMP_CMP(1, op, a, b));
		int r = seccomp_load(ctx);
		if (r) told("load", r);
		printf("%s:", name);
		for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
			errno = 0;
			call(99, values[i]);
			printf(" %d", errno == EUCLEAN);
		}
		printf("\n");
		exit(0);
	}
	waitpid(pid, NULL, 0);
}

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	pid_t pid;
	const struct scmp_version *v = seccomp_version();
	printf("version %u\n", v->major);
	printf("mkdir is %d, nothing is %d\n", seccomp_syscall_resolve_name("mkdir"), seccomp_syscall_resolve_name("nothing"));
	char *n = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), 272);
	printf("272 is %s\n", n);
	free(n);

	/* a list of what is allowed */
	if ((pid = fork()) == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
		int allowed[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(brk), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(getpid) };
		for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) told("allow", seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i], 0));
		told("load", seccomp_load(ctx));
		seccomp_release(ctx);
		printf("pid is still told: %d\n", getpid() > 0);
		open("/etc/passwd", O_RDONLY);
		printf("not reached\n");
		exit(0);
	}
	report("allow list", pid);

	/* what containers forbid */
	if ((pid = fork()) == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		struct { int nr; const char *name; } no[] = { { SCMP_SYS(keyctl), "keyctl" }, { SCMP_SYS(ptrace), "ptrace" }, { SCMP_SYS(mbind), "mbind" }, { SCMP_SYS(userfaultfd), "userfaultfd" }, { SCMP_SYS(perf_event_open), "perf_event_open" } };
		for (size_t i = 0; i < sizeof no / sizeof *no; i++) told(no[i].name, seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), no[i].nr, 0));
		told("chmod", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(chmod), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, S_ISUID, S_ISUID)));
		told("fchmodat", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchmodat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, S_ISGID, S_ISGID)));
		told("unshare", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)));
		told("clone", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)));
		told("socket", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_EQ, AF_INET)));
		told("write 3", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EIO), SCMP_SYS(dup2), 2, SCMP_A0(SCMP_CMP_EQ, 1), SCMP_A1(SCMP_CMP_GE, 100)));
		told("attr", seccomp_attr_set(ctx, SCMP_FLTATR_CTL_NNP, 1));
		told("load", seccomp_load(ctx));
		close(open("file", O_CREAT | O_WRONLY, 0644));
		did("chmod 644", chmod("file", 0644));
		did("chmod 4644", chmod("file", 04644));
		did("fchmodat 2644", syscall(SYS_fchmodat, AT_FDCWD, "file", 02644));
		did("unshare files", unshare(CLONE_FILES));
		did("unshare user", unshare(CLONE_NEWUSER | CLONE_NEWNS));
		did("clone user", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
		did("socket inet", socket(AF_INET, SOCK_STREAM, 0));
		did("socket unix", socket(AF_UNIX, SOCK_STREAM, 0));
		did("dup2 1 to 50", dup2(1, 50));
		did("dup2 1 to 100", dup2(1, 100));
		did("dup2 2 to 100", dup2(2, 100));
		did("keyctl", syscall(SYS_keyctl, 0, 0, 0, 0, 0));
		printf("no_new_privs %d, mode %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), prctl(PR_GET_SECCOMP));
		system("chmod 755 file; echo $?; chmod u+s file 2>&1; stat -c %a file; unshare -U true 2>&1");
		exit(7);
	}
	report("container", pid);

	compare("equal 8", SCMP_CMP_EQ, 8, 0);
	compare("not 8", SCMP_CMP_NE, 8, 0);
	compare("less than 8", SCMP_CMP_LT, 8, 0);
	compare("at most 8", SCMP_CMP_LE, 8, 0);
	compare("greater than 8", SCMP_CMP_GT, 8, 0);
	compare("at least 8", SCMP_CMP_GE, 8, 0);
	compare("equal 2^32 + 8", SCMP_CMP_EQ, 0x100000008, 0);
	compare("not 2^32 + 8", SCMP_CMP_NE, 0x100000008, 0);
	compare("less than 2^32 + 8", SCMP_CMP_LT, 0x100000008, 0);
	compare("at most 2^32 + 8", SCMP_CMP_LE, 0x100000008, 0);
	compare("greater than 2^32 + 8", SCMP_CMP_GT, 0x100000008, 0);
	compare("at least 2^32 + 8", SCMP_CMP_GE, 0x100000008, 0);
	compare("masked 1 = 1", SCMP_CMP_MASKED_EQ, 1, 1);
	compare("masked 2^32 = 2^32", SCMP_CMP_MASKED_EQ, 0x100000000, 0x100000000);

	/* several rules for a call; one without arguments is for all */
	if ((pid = fork()) == 0) {
		scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
		told("one", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(1), SCMP_SYS(getpriority), 1, SCMP_A1(SCMP_CMP_EQ, 1)));
		told("two", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(2), SCMP_SYS(getpriority), 1, SCMP_A1(SCMP_CMP_EQ, 2)));
		told("the same again", seccomp_rule_add(ctx, SCMP_ACT_ERRNO(2), SCMP_SYS(getpriority), 1, SCMP_A1(SCMP_CMP_EQ, 2)));
		told("load", seccomp_load(ctx));
		for (int i = 1; i < 4; i++) { errno = 0; call(99, i); printf(" %d", errno); }
		printf("\n");
		exit(0);
	}
	report("several", pid);

	/* what it does not take */
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	printf("unknown action: %s\n", seccomp_init(0x12345678) ? "made" : "none");
	told("the default action", seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(read), 0));
	told("an unknown action", seccomp_rule_add(ctx, 0x12340000, SCMP_SYS(read), 0));
	told("seven arguments", seccomp_rule_add_array(ctx, SCMP_ACT_KILL, SCMP_SYS(read), 7, NULL));
	told("one argument twice", seccomp_rule_add(ctx, SCMP_ACT_KILL, SCMP_SYS(read), 2, SCMP_A0(SCMP_CMP_EQ, 1), SCMP_A0(SCMP_CMP_EQ, 2)));
	told("no call", seccomp_rule_add(ctx, SCMP_ACT_KILL, seccomp_syscall_resolve_name("nothing"), 0));
	told("no context", seccomp_rule_add(NULL, SCMP_ACT_KILL, SCMP_SYS(read), 0));
	told("native is there", seccomp_arch_exist(ctx, SCMP_ARCH_NATIVE));
	told("add it again", seccomp_arch_add(ctx, SCMP_ARCH_NATIVE));
	told("default action by attribute", seccomp_attr_set(ctx, SCMP_FLTATR_ACT_DEFAULT, SCMP_ACT_KILL));
	uint32_t value = 5;
	told("no_new_privs", seccomp_attr_get(ctx, SCMP_FLTATR_CTL_NNP, &value));
	printf("%u\n", value);
	seccomp_release(ctx);
	if (getuid() && (pid = fork()) == 0) {
		ctx = seccomp_init(SCMP_ACT_ALLOW);
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(getppid), 0);
		seccomp_attr_set(ctx, SCMP_FLTATR_CTL_NNP, 0);
		told("load without no_new_privs", seccomp_load(ctx));
		exit(0);
	}
	if (getuid()) report("learner", pid);

	/* a signal */
	if ((pid = fork()) == 0) {
		ctx = seccomp_init(SCMP_ACT_ALLOW);
		seccomp_rule_add(ctx, SCMP_ACT_TRAP, SCMP_SYS(getppid), 0);
		seccomp_load(ctx);
		syscall(SYS_getppid);
		exit(0);
	}
	report("trap", pid);

	/* a supervisor */
	if ((pid = fork()) == 0) {
		ctx = seccomp_init(SCMP_ACT_ALLOW);
		told("notify", seccomp_rule_add(ctx, SCMP_ACT_NOTIFY, SCMP_SYS(getppid), 0));
		told("load", seccomp_load(ctx));
		int fd = seccomp_notify_fd(ctx);
		pid_t asks = fork();
		if (asks == 0) {
			exit(syscall(SYS_getppid) == 4711 ? 47 : 1);
		}
		struct seccomp_notif *req;
		struct seccomp_notif_resp *resp;
		told("alloc", seccomp_notify_alloc(&req, &resp));
		told("receive", seccomp_notify_receive(fd, req));
		printf("it is the child %d, call %s\n", req->pid == (unsigned)asks, req->data.nr == SYS_getppid ? "getppid" : "?");
		told("valid", seccomp_notify_id_valid(fd, req->id));
		resp->id = req->id;
		resp->val = 4711;
		told("respond", seccomp_notify_respond(fd, resp));
		report("asked", asks);
		told("valid", seccomp_notify_id_valid(fd, req->id));
		seccomp_notify_free(req, resp);
		exit(0);
	}
	report("supervisor", pid);
	return 0;
}
