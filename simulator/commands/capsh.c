/* capsh(1) of libcap 2.66. Uses libcap's functions of the libc, lib/core.c, lib/cap_print.c. */
#define _GNU_SOURCE
#include "lib/cap_print.h"
#include "lib/core.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *shell = "/bin/bash";
static pid_t child;

static void fail(const char *format, const char *text)
{
	fprintf(stderr, format, text);
	exit(1);
}

static void system_error(const char *what)
{
	perror(what);
	exit(1);
}

static cap_value_t cap_named(const char *name)
{
	cap_value_t cap;

	if (cap_from_name(name, &cap) != 0)
		fail("capability [%s] is unknown to libcap\n", name);
	return cap;
}

/* Raises or lowers one effective capability for a moment. */
static void raise_for(cap_value_t cap, cap_t *before)
{
	cap_t caps = cap_get_proc();

	*before = cap_dup(caps);
	cap_set_flag(caps, CAP_EFFECTIVE, 1, &cap, CAP_SET);
	cap_set_proc(caps);
	cap_free(caps);
}

static void restore(cap_t before)
{
	cap_t now = cap_get_proc();
	cap_value_t cap;

	/* Only the effective set goes back: the permitted one may have become smaller. */
	for (cap = 0; cap < cap_max_bits(); cap++) {
		cap_flag_value_t value, permitted;

		cap_get_flag(before, cap, CAP_EFFECTIVE, &value);
		cap_get_flag(now, cap, CAP_PERMITTED, &permitted);
		cap_set_flag(now, CAP_EFFECTIVE, 1, &cap, value == CAP_SET && permitted == CAP_SET ? CAP_SET : CAP_CLEAR);
	}
	cap_set_proc(now);
	cap_free(now);
	cap_free(before);
}

static void list_bits(unsigned long long mask)
{
	const char *between = "";
	int bit;

	for (bit = 0; bit < 64; bit++) {
		char *name;

		if (!(mask >> bit & 1))
			continue;
		name = cap_to_name(bit);
		printf("%s%s", between, name);
		cap_free(name);
		between = ",";
	}
	putchar('\n');
}

static void print_current(void)
{
	cap_t caps = cap_get_proc();
	char *text = cap_to_text(caps, NULL);

	printf("Current: %s\n", text);
	cap_free(text);
	cap_free(caps);
}

static void print_all(void)
{
	static const char *const names[] = { "noroot", "no-suid-fixup", "keep-caps", "no-ambient-raise" };
	unsigned bits;
	int width = 1, i, count, mode;
	gid_t groups[256];
	char room[24];
	unsigned long long bound = 0, ambient = 0;
	const char *mode_name;

	print_current();
	for (i = 0; i < cap_max_bits(); i++) {
		bound |= (unsigned long long)(cap_get_bound(i) == 1) << i;
		ambient |= (unsigned long long)(cap_get_ambient(i) == 1) << i;
	}
	printf("Bounding set =");
	list_bits(bound);
	printf("Ambient set =");
	list_bits(ambient);
	printf("Current IAB: %s\n", cap_print_iab());
	bits = cap_get_secbits();
	while (bits >> width)
		width++;
	printf("Securebits: 0%o/0x%x/%d'b", bits, bits, width);
	for (i = width - 1; i >= 0; i--)
		putchar(bits >> i & 1 ? '1' : '0');
	printf(" (no-new-privs=%d)\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	for (i = 0; i < 4; i++)
		printf(" secure-%s: %s (%s)\n", names[i], bits >> (2 * i) & 1 ? "yes" : "no", bits >> (2 * i + 1) & 1 ? "locked" : "unlocked");
	printf("uid=%u(%s) euid=%u(%s)\n", getuid(), getpwuid(getuid()) ? core_user(getuid(), room) : "???", geteuid(), getpwuid(geteuid()) ? core_user(geteuid(), (char[24]){ 0 }) : "???");
	printf("gid=%u(%s)\n", getgid(), getgrgid(getgid()) ? core_group(getgid(), room) : "???");
	printf("groups=");
	count = getgroups(256, groups);
	for (i = 0; i < count; i++)
		printf("%s%u(%s)", i ? "," : "", groups[i], getgrgid(groups[i]) ? core_group(groups[i], room) : "???");
	putchar('\n');
	mode_name = cap_print_mode(&mode);
	printf("Guessed mode: %s (%d)\n", mode_name, mode);
}

static void drop_bound(char *list)
{
	char *name;
	cap_t before;

	raise_for(CAP_SETPCAP, &before);
	if (strcmp(list, "all") == 0) {
		int cap;

		for (cap = 0; cap < cap_max_bits(); cap++)
			if (cap_get_bound(cap) == 1 && cap_drop_bound(cap) != 0)
				fail("Unable to drop bounding capability [%s]\n", cap_to_name(cap));
	} else {
		for (name = strtok(list, ","); name; name = strtok(NULL, ","))
			if (cap_drop_bound(cap_named(name)) != 0)
				fail("failed to drop [%s=%s]\n", name);
	}
	restore(before);
}

static void set_inheritable(char *list)
{
	cap_t caps = cap_get_proc(), before;
	char *name;

	cap_clear_flag(caps, CAP_INHERITABLE);
	for (name = strtok(list, ","); name; name = strtok(NULL, ",")) {
		cap_value_t cap = cap_named(name);

		cap_set_flag(caps, CAP_INHERITABLE, 1, &cap, CAP_SET);
	}
	raise_for(CAP_SETPCAP, &before);
	if (cap_set_proc(caps) != 0)
		system_error("unable to set inheritable capabilities");
	cap_free(before);
	cap_free(caps);
}

static void ambient(char *list, cap_flag_value_t value)
{
	char *name;

	for (name = strtok(list, ","); name; name = strtok(NULL, ","))
		if (cap_set_ambient(cap_named(name), value) != 0)
			fail(value == CAP_SET ? "failed to add [%s] to ambient set\n" : "failed to remove [%s] from ambient set\n", name);
}

static void set_caps(const char *text)
{
	cap_t caps = cap_from_text(text), before;

	if (!caps)
		fail("unable to interpret [--caps=%s]\n", text);
	raise_for(CAP_SETPCAP, &before);
	if (cap_set_proc(caps) != 0)
		fail("Unable to set capabilities [--caps=%s]\n", text);
	cap_free(before);
	cap_free(caps);
}

static void set_groups(const char *text)
{
	gid_t groups[256];
	size_t count = 0;
	char *copy = core_strdup(text), *part, *end;
	cap_t before;

	for (part = strtok(copy, ","); part && count < 256; part = strtok(NULL, ",")) {
		groups[count] = (gid_t)strtoul(part, &end, 0);
		if (*end) {
			const struct group *group = getgrnam(part);

			if (!group)
				fail("Failed to identify gid for group [%s]\n", part);
			groups[count] = group->gr_gid;
		}
		count++;
	}
	raise_for(CAP_SETGID, &before);
	if (setgroups(count, groups) != 0)
		fail("Failed to setgroups.\n", "");
	restore(before);
}

/* uid, gid and groups of a user, with the capabilities kept. */
static void become_user(const char *name)
{
	const struct passwd *user = getpwnam(name);
	gid_t groups[256];
	int count = 256;
	cap_t before;

	if (!user)
		fail("User [%s] not known\n", name);
	getgrouplist(user->pw_name, user->pw_gid, groups, &count);
	raise_for(CAP_SETGID, &before);
	if (setgid(user->pw_gid) != 0)
		system_error("Unable to set group(s) for user");
	if (setgroups((size_t)count, groups) != 0)
		system_error("Unable to set group(s) for user");
	restore(before);
	raise_for(CAP_SETUID, &before);
	if (setuid(user->pw_uid) != 0)
		system_error("Failed to set uid");
	cap_free(before);
	setenv("USER", user->pw_name, 1);
	setenv("HOME", user->pw_dir, 1);
}

static int has(const char *name, char which)
{
	cap_value_t cap = cap_named(name);
	cap_t caps = cap_get_proc();
	cap_flag_value_t value = CAP_CLEAR;

	if (which == 'a')
		return cap_get_ambient(cap) == 1;
	if (which == 'b')
		return cap_get_bound(cap) == 1;
	cap_get_flag(caps, cap, which == 'p' ? CAP_PERMITTED : CAP_INHERITABLE, &value);
	return value == CAP_SET;
}

static void usage(FILE *to, int status)
{
	fputs("usage: capsh [args ...]\n  --addamb=xxx   add xxx,... capabilities to ambient set\n  --cap-uid=<n>  use libcap cap_setuid() to change uid\n"
	      "  --caps=xxx     set caps as per cap_from_text()\n  --chroot=path  chroot(2) to this path\n  --current      show current caps and IAB vectors\n"
	      "  --decode=xxx   decode a hex string to a list of caps\n  --delamb=xxx   remove xxx,... capabilities from ambient\n"
	      "  --drop=xxx     drop xxx,... caps from bounding set\n  --forkfor=<n>  fork and make child sleep for <n> sec\n"
	      "  --gid=<n>      set gid to <n> (hint: id <username>)\n  --groups=g,... set the supplemental groups\n"
	      "  --has-a=xxx    exit 1 if capability xxx not ambient\n  --has-b=xxx    exit 1 if capability xxx not dropped\n"
	      "  --has-i=xxx    exit 1 if capability xxx not inheritable\n  --has-p=xxx    exit 1 if capability xxx not permitted\n"
	      "  --has-no-new-privs  exit 1 if privs not limited\n  --help, -h     this message (or try 'man capsh')\n  --inh=xxx      set xxx,.. inheritable set\n"
	      "  --is-uid=<n>   exit 1 if uid != <n>\n  --is-gid=<n>   exit 1 if gid != <n>\n  --keep=<n>     set keep-capability bit to <n>\n"
	      "  --killit=<n>   send signal(n) to child\n  --mode         display current libcap mode\n  --no-new-privs set sticky process privilege limiter\n"
	      "  --noamb        reset (drop) all ambient capabilities\n  --print        display capability relevant state\n"
	      "  --secbits=<n>  write a new value for securebits\n  --shell=/xx/yy use /xx/yy instead of /bin/bash for --\n"
	      "  --supports=xxx exit 1 if capability xxx unsupported\n  --uid=<n>      set uid to <n> (hint: id <username>)\n"
	      "  --user=<name>  set uid,gid and groups to that of user\n  ==             re-exec(capsh) with args as for --\n"
	      "  --             remaining arguments are for /bin/bash\n                 (without -- [capsh] will simply exit(0))\n", to);
	exit(status);
}

static const char *after(const char *arg, const char *option)
{
	size_t length = strlen(option);

	return strncmp(arg, option, length) == 0 ? arg + length : NULL;
}

static unsigned long number(const char *text, const char *option)
{
	char *end;
	unsigned long value = strtoul(text, &end, 0);

	if (end == text || *end)
		fail("invalid value for %s\n", option);
	return value;
}

static void start_shell(char **argv, const char *program)
{
	argv[0] = core_strdup(program);
	execve(program, argv, environ);
	fprintf(stderr, "execve '%s' failed!\n", program);
	exit(1);
}

static void one(char *arg)
{
	const char *value;
	cap_t before;
	int mode;

	if ((value = after(arg, "--drop="))) {
		drop_bound((char *)value);
	} else if ((value = after(arg, "--inh="))) {
		set_inheritable((char *)value);
	} else if ((value = after(arg, "--caps="))) {
		set_caps(value);
	} else if ((value = after(arg, "--addamb="))) {
		ambient((char *)value, CAP_SET);
	} else if ((value = after(arg, "--delamb="))) {
		ambient((char *)value, CAP_CLEAR);
	} else if (strcmp(arg, "--noamb") == 0) {
		if (cap_reset_ambient() != 0)
			fail("failed to reset ambient set\n", "");
	} else if ((value = after(arg, "--keep="))) {
		if (prctl(PR_SET_KEEPCAPS, number(value, "--keep"), 0, 0, 0) != 0)
			fail("prctl(PR_SET_KEEPCAPS, %s) failed\n", value);
	} else if ((value = after(arg, "--chroot="))) {
		raise_for(CAP_SYS_CHROOT, &before);
		if (chroot(value) != 0)
			fail("Unable to chroot to [%s]", value);
		restore(before);
		if (chdir("/") != 0)
			fail("Unable to chdir to / after chroot\n", "");
	} else if ((value = after(arg, "--secbits="))) {
		raise_for(CAP_SETPCAP, &before);
		if (cap_set_secbits((unsigned)number(value, "--secbits")) != 0)
			fail("failed to set securebits to 0%s/0x%lx\n", value);
		restore(before);
	} else if ((value = after(arg, "--uid=")) || (value = after(arg, "--cap-uid="))) {
		raise_for(CAP_SETUID, &before);
		if ((arg[2] == 'c' ? cap_setuid((uid_t)number(value, "--uid")) : setuid((uid_t)number(value, "--uid"))) != 0)
			fail("Failed to set uid=%s\n", value);
		cap_free(before);
	} else if ((value = after(arg, "--gid="))) {
		raise_for(CAP_SETGID, &before);
		if (setgid((gid_t)number(value, "--gid")) != 0)
			fail("Failed to set gid=%s\n", value);
		restore(before);
	} else if ((value = after(arg, "--groups="))) {
		set_groups(value);
	} else if ((value = after(arg, "--user="))) {
		become_user(value);
	} else if ((value = after(arg, "--decode="))) {
		unsigned long long mask = strtoull(value, NULL, 16);

		printf("0x%016llx=", mask);
		list_bits(mask);
	} else if ((value = after(arg, "--supports="))) {
		if (cap_get_bound(cap_named(value)) < 0)
			fail("cap[%s] not supported by kernel\n", value);
	} else if (strcmp(arg, "--print") == 0) {
		print_all();
	} else if (strcmp(arg, "--current") == 0) {
		print_current();
		printf("Current IAB: %s\n", cap_print_iab());
	} else if (strcmp(arg, "--mode") == 0) {
		printf("Mode: %s\n", cap_print_mode(&mode));
	} else if (strcmp(arg, "--modes") == 0) {
		printf("Supported modes: NOPRIV PURE1E_INIT PURE1E HYBRID\n");
	} else if (strcmp(arg, "--no-new-privs") == 0) {
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
			system_error("unable to set no-new-privs");
	} else if (strcmp(arg, "--has-no-new-privs") == 0) {
		if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
			fail("no-new-privs not set\n", "");
	} else if (strcmp(arg, "--has-ambient") == 0) {
		if (!CAP_AMBIENT_SUPPORTED())
			fail("ambient set not supported\n", "");
	} else if ((value = after(arg, "--has-p="))) {
		if (!has(value, 'p'))
			fail("cap[%s] not permitted\n", value);
	} else if ((value = after(arg, "--has-i="))) {
		if (!has(value, 'i'))
			fail("cap[%s] not inheritable\n", value);
	} else if ((value = after(arg, "--has-a="))) {
		if (!has(value, 'a'))
			fail("cap[%s] not in ambient vector\n", value);
	} else if ((value = after(arg, "--has-b="))) {
		if (!has(value, 'b'))
			fail("cap[%s] not in bounding vector\n", value);
	} else if ((value = after(arg, "--is-uid="))) {
		if (getuid() != number(value, "--is-uid"))
			exit((fprintf(stderr, "uid: got=%d, want=%s\n", getuid(), value), 1));
	} else if ((value = after(arg, "--is-gid="))) {
		if (getgid() != number(value, "--is-gid"))
			exit((fprintf(stderr, "gid: got=%d, want=%s\n", getgid(), value), 1));
	} else if ((value = after(arg, "--forkfor="))) {
		child = fork();
		if (child < 0)
			system_error("unable to fork()");
		if (child == 0) {
			sleep((unsigned)number(value, "--forkfor"));
			exit(0);
		}
	} else if ((value = after(arg, "--killit="))) {
		int status;

		if (kill(child, (int)number(value, "--killit")) != 0)
			fail("Unable to kill child process\n", "");
		if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status))
			fail("Unexpected result from waiting on child\n", "");
	} else if ((value = after(arg, "--shell="))) {
		shell = value;
	} else if (strcmp(arg, "--quiet") == 0 || strcmp(arg, "--noenv") == 0 || strcmp(arg, "--strict") == 0) {
		return;
	} else if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
		usage(stdout, 0);
	} else {
		usage(stderr, 1);
	}
}

int main(int argc, char **argv)
{
	int i;

	core_start(argv[0], "");
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			fflush(stdout);
			start_shell(argv + i, shell);
		}
		if (strcmp(argv[i], "==") == 0) {
			fflush(stdout);
			start_shell(argv + i, "/proc/self/exe");
		}
		one(argv[i]);
	}
	return 0;
}
