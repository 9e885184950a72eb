/* setpriv(1) of util-linux: runs a program with other ids, capabilities and the like, or shows one's own. */
#define _GNU_SOURCE
#include "lib/ul.h"
#include "lib/ul_caps.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAILED 1
enum {
	NNP = 256, RUID, EUID, RGID, EGID, REUID, REGID, CLEAR_GROUPS, KEEP_GROUPS, INIT_GROUPS, GROUPS, INHCAPS, AMBCAPS, BOUNDING, SECUREBITS, PDEATHSIG, SELINUX,
	APPARMOR, RESET_ENV,
};
static const struct option LONG[] = {
	{ "dump", no_argument, NULL, 'd' }, { "nnp", no_argument, NULL, NNP }, { "no-new-privs", no_argument, NULL, NNP }, { "inh-caps", required_argument, NULL, INHCAPS },
	{ "ambient-caps", required_argument, NULL, AMBCAPS }, { "bounding-set", required_argument, NULL, BOUNDING }, { "ruid", required_argument, NULL, RUID },
	{ "euid", required_argument, NULL, EUID }, { "rgid", required_argument, NULL, RGID }, { "egid", required_argument, NULL, EGID }, { "reuid", required_argument, NULL, REUID },
	{ "regid", required_argument, NULL, REGID }, { "clear-groups", no_argument, NULL, CLEAR_GROUPS }, { "keep-groups", no_argument, NULL, KEEP_GROUPS },
	{ "init-groups", no_argument, NULL, INIT_GROUPS }, { "groups", required_argument, NULL, GROUPS }, { "securebits", required_argument, NULL, SECUREBITS },
	{ "pdeathsig", required_argument, NULL, PDEATHSIG }, { "selinux-label", required_argument, NULL, SELINUX }, { "apparmor-profile", required_argument, NULL, APPARMOR },
	{ "reset-env", no_argument, NULL, RESET_ENV }, { "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' }, { NULL, 0, NULL, 0 },
};

struct capabilities { uint64_t effective, permitted, inheritable; };

static struct capabilities get_capabilities(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { { 0 } };
	if (syscall(SYS_capget, &head, data) < 0)
		err(FAILED, "getting capabilities failed");
	return (struct capabilities){
		(uint64_t)data[1].effective << 32 | data[0].effective, (uint64_t)data[1].permitted << 32 | data[0].permitted,
		(uint64_t)data[1].inheritable << 32 | data[0].inheritable,
	};
}

static int set_capabilities(struct capabilities caps)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ (uint32_t)caps.effective, (uint32_t)caps.permitted, (uint32_t)caps.inheritable },
		{ caps.effective >> 32, caps.permitted >> 32, caps.inheritable >> 32 },
	};
	return syscall(SYS_capset, &head, data);
}

/* What prctl answers about each capability, as a set. */
static uint64_t ask(int option, int what)
{
	uint64_t set = 0;
	for (int cap = 0; cap < UL_CAPS; cap++)
		if (prctl(option, what ? what : cap, what ? cap : 0, 0, 0) > 0)
			set |= 1ULL << cap;
	return set;
}

static const struct { const char *name; int bit; } BITS[] = { { "noroot", 0 }, { "no_setuid_fixup", 2 }, { "keep_caps", 4 } };

static void print_securebits(int bits)
{
	const char *comma = "";
	int left = bits;
	printf("Securebits: ");
	for (size_t i = 0; i < 3; i++) {
		if (bits >> BITS[i].bit & 1)
			printf("%s%s", comma, BITS[i].name), comma = ",";
		if (bits >> (BITS[i].bit + 1) & 1)
			printf("%s%s_locked", comma, BITS[i].name), comma = ",";
		left &= ~(3 << BITS[i].bit);
	}
	if (left)
		printf("%s0x%x", comma, (unsigned)left), comma = ",";
	printf("%s\n", *comma ? "" : "[none]");
}

static void print_set(const char *title, uint64_t set)
{
	printf("%s: ", title);
	ul_caps_print(set);
	putchar('\n');
}

static void dump(int level)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid, groups[1024];
	getresuid(&ruid, &euid, &suid);
	getresgid(&rgid, &egid, &sgid);
	printf("uid: %u\neuid: %u\n", ruid, euid);
	if (suid != euid || level >= 3)
		printf("suid: %u\n", suid);
	printf("gid: %u\negid: %u\n", rgid, egid);
	if (sgid != egid || level >= 3)
		printf("sgid: %u\n", sgid);
	int n = getgroups(sizeof groups / sizeof *groups, groups);
	printf("Supplementary groups: ");
	if (n <= 0)
		printf("[none]");
	for (int i = 0; i < n; i++)
		printf("%s%u", i ? "," : "", groups[i]);
	printf("\nno_new_privs: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	struct capabilities caps = get_capabilities();
	if (level >= 2) {
		print_set("Effective capabilities", caps.effective);
		print_set("Permitted capabilities", caps.permitted);
	}
	print_set("Inheritable capabilities", caps.inheritable);
	print_set("Ambient capabilities", ask(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET));
	print_set("Capability bounding set", ask(PR_CAPBSET_READ, 0));
	print_securebits(prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
	int signo = 0;
	if (prctl(PR_GET_PDEATHSIG, &signo, 0, 0, 0) < 0)
		err(FAILED, "get pdeathsig failed");
	if (signo == 0)
		printf("Parent death signal: [none]\n");
	else
		printf("Parent death signal: %s\n", sigabbrev_np(signo) ? sigabbrev_np(signo) : "?");
}

/* `+a,-b,+all`: which to add and which to drop, the last word on each. */
static void parse_caps(const char *text, uint64_t *add, uint64_t *drop)
{
	char *copy = strdup(text), *rest = copy, *word;
	*add = *drop = 0;
	while ((word = strsep(&rest, ","))) {
		if (*word != '+' && *word != '-')
			errx(FAILED, "bad capability string");
		uint64_t set = (1ULL << UL_CAPS) - 1;
		if (strcmp(word + 1, "all")) {
			int cap = ul_cap(word + 1);
			if (cap < 0)
				errx(FAILED, "unknown capability \"%s\"", word + 1);
			set = 1ULL << cap;
		}
		*add = *word == '+' ? *add | set : *add & ~set;
		*drop = *word == '-' ? *drop | set : *drop & ~set;
	}
	free(copy);
}

static int parse_securebits(const char *text)
{
	int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
	char *copy = strdup(text), *rest = copy, *word;
	if (bits < 0)
		err(FAILED, "getting process secure bits failed");
	while ((word = strsep(&rest, ","))) {
		if (*word != '+' && *word != '-')
			errx(FAILED, "bad securebits string");
		int mask = -1;
		if (!strcmp(word + 1, "all"))
			errx(FAILED, *word == '+' ? "+all securebits is not allowed" : "bad securebits string");
		for (size_t i = 0; i < 3; i++) {
			size_t length = strlen(BITS[i].name);
			if (!strcmp(word + 1, BITS[i].name))
				mask = 1 << BITS[i].bit;
			else if (!strncmp(word + 1, BITS[i].name, length) && !strcmp(word + 1 + length, "_locked"))
				mask = 2 << BITS[i].bit;
		}
		if (mask == -1)
			errx(FAILED, "unrecognized securebit");
		bits = *word == '+' ? bits | mask : bits & ~mask;
	}
	free(copy);
	return bits;
}

static int parse_groups(char *text, gid_t *out, int max)
{
	int n = 0;
	char *word;
	while ((word = strsep(&text, ","))) {
		if (n >= max)
			errx(FAILED, "too many supplementary groups");
		if (!ul_gid(word, &out[n++]))
			errx(FAILED, "Invalid supplementary group id: '%s'", word);
	}
	return n;
}

static uid_t user(const char *text, const char *what)
{
	uid_t uid;
	if (!ul_uid(text, &uid))
		errx(FAILED, "failed to parse %s: '%s'", what, text);
	return uid;
}

static gid_t group(const char *text, const char *what)
{
	gid_t gid;
	if (!ul_gid(text, &gid))
		errx(FAILED, "failed to parse %s: '%s'", what, text);
	return gid;
}

static void reset_environment(uid_t uid)
{
	struct passwd *entry = getpwuid(uid);
	char *term = getenv("TERM");
	term = term ? strdup(term) : NULL;
	clearenv();
	if (term)
		setenv("TERM", term, 1);
	const char *shell = entry && entry->pw_shell && *entry->pw_shell ? entry->pw_shell : "/bin/sh";
	setenv("SHELL", shell, 1);
	if (!entry)
		return;
	setenv("HOME", entry->pw_dir, 1);
	setenv("USER", entry->pw_name, 1);
	setenv("LOGNAME", entry->pw_name, 1);
	setenv("PATH", uid == 0 ? "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin" : "/usr/local/bin:/bin:/usr/bin", 1);
}

int main(int argc, char *argv[])
{
	enum { UNSET, CLEAR, KEEP, INIT, LIST } groups_how = UNSET;
	bool nnp = false, has_ruid = false, has_euid = false, has_rgid = false, has_egid = false, reset = false;
	const char *inherit = NULL, *ambient = NULL, *bounding = NULL, *securebits = NULL, *pdeath = NULL;
	uid_t ruid = 0, euid = 0;
	gid_t rgid = 0, egid = 0, list[256];
	int n = 0, dumps = 0, others = 0, c;

	while ((c = getopt_long(argc, argv, "+dhV", LONG, NULL)) != -1) {
		others += c != 'd';
		switch (c) {
		case 'd': dumps++; break;
		case NNP:
			if (nnp)
				errx(FAILED, "duplicate --no-new-privs option");
			nnp = true;
			break;
		case RUID: ruid = user(optarg, "ruid"), has_ruid = true; break;
		case EUID: euid = user(optarg, "euid"), has_euid = true; break;
		case REUID: ruid = euid = user(optarg, "reuid"), has_ruid = has_euid = true; break;
		case RGID: rgid = group(optarg, "rgid"), has_rgid = true; break;
		case EGID: egid = group(optarg, "egid"), has_egid = true; break;
		case REGID: rgid = egid = group(optarg, "regid"), has_rgid = has_egid = true; break;
		case CLEAR_GROUPS: groups_how = CLEAR; break;
		case KEEP_GROUPS: groups_how = KEEP; break;
		case INIT_GROUPS: groups_how = INIT; break;
		case GROUPS:
			n = parse_groups(optarg, list, 256);
			groups_how = LIST;
			break;
		case INHCAPS: inherit = optarg; break;
		case AMBCAPS: ambient = optarg; break;
		case BOUNDING: bounding = optarg; break;
		case SECUREBITS: securebits = optarg; break;
		case PDEATHSIG:
			pdeath = optarg;
			if (strcmp(pdeath, "keep") && strcmp(pdeath, "clear") && !ul_signal(pdeath))
				errx(FAILED, "unknown signal: %s", pdeath);
			break;
		case SELINUX: errx(FAILED, "SELinux is not running");
		case APPARMOR: errx(FAILED, "AppArmor is not running");
		case RESET_ENV: reset = true; break;
		case 'h': ul_help(" setpriv [options] <program> [<argument>...]\n\n-d shows one's own state. See setpriv(1) for --nnp, --ruid, --euid, --reuid, --rgid, --egid, --regid,\n"
			"--clear-groups, --keep-groups, --init-groups, --groups, --inh-caps, --ambient-caps,\n--bounding-set, --securebits, --pdeathsig and --reset-env.\n");
		case 'V': ul_version();
		default: ul_try_help();
		}
	}
	if (dumps) {
		if (others || optind < argc)
			errx(FAILED, "--dump is incompatible with all other options");
		dump(dumps);
		return EXIT_SUCCESS;
	}
	if (optind >= argc)
		errx(FAILED, "No program specified");
	if ((has_rgid || has_egid) && groups_how == UNSET)
		errx(FAILED, "--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups");
	if (groups_how == INIT && !has_ruid)
		errx(FAILED, "--init-groups requires --ruid or --reuid");

	if (nnp && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		err(FAILED, "disallow granting new privileges failed");
	if (reset)
		reset_environment(has_ruid ? ruid : getuid());
	/* so that changing ids loses nothing that is wanted later */
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == -1)
		err(FAILED, "keep process capabilities failed");
	struct capabilities caps = get_capabilities();
	caps.effective = caps.permitted;
	if (set_capabilities(caps) < 0)
		err(FAILED, "activate capabilities");
	if (has_ruid || has_euid) {
		if (setresuid(has_ruid ? ruid : (uid_t)-1, has_euid ? euid : (uid_t)-1, has_euid ? euid : (uid_t)-1) != 0)
			err(FAILED, "setresuid failed");
	}
	if (has_rgid || has_egid) {
		caps = get_capabilities();
		caps.effective = caps.permitted;
		set_capabilities(caps);
		if (setresgid(has_rgid ? rgid : (gid_t)-1, has_egid ? egid : (gid_t)-1, has_egid ? egid : (gid_t)-1) != 0)
			err(FAILED, "setresgid failed");
	}
	caps = get_capabilities();
	caps.effective = caps.permitted;
	if (set_capabilities(caps) < 0)
		err(FAILED, "activate capabilities");
	if (groups_how == INIT) {
		struct passwd *entry = getpwuid(ruid);
		if (!entry)
			errx(FAILED, "uid %ld not found, --init-groups requires an user that can be found on the system", (long)ruid);
		if (initgroups(entry->pw_name, has_rgid ? rgid : entry->pw_gid) < 0)
			err(FAILED, "initgroups failed");
	} else if ((groups_how == CLEAR || groups_how == LIST) && setgroups(n, list) != 0) {
		err(FAILED, "setgroups failed");
	}
	if (securebits && prctl(PR_SET_SECUREBITS, parse_securebits(securebits), 0, 0, 0) < 0)
		err(FAILED, "set process securebits failed");
	uint64_t add, drop;
	if (bounding) {
		parse_caps(bounding, &add, &drop);
		if (add & ~ask(PR_CAPBSET_READ, 0))
			errx(FAILED, "cannot add capability to the bounding set");
		for (int cap = 0; cap < UL_CAPS; cap++)
			if (drop >> cap & 1 && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) > 0 && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
				err(FAILED, "apply bounding set");
	}
	caps = get_capabilities();
	if (inherit) {
		parse_caps(inherit, &add, &drop);
		caps.inheritable = (caps.inheritable | add) & ~drop;
		if (set_capabilities(caps) < 0)
			err(FAILED, "apply capabilities");
	}
	if (ambient) {
		parse_caps(ambient, &add, &drop);
		for (int cap = 0; cap < UL_CAPS; cap++) {
			/* without being inheritable none can be ambient: it stays as it is, as with the original */
			if (add >> cap & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0 && errno != EPERM)
				err(FAILED, "set ambient capability");
			if (drop >> cap & 1)
				prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, cap, 0, 0);
		}
	}
	if (pdeath && strcmp(pdeath, "keep") && prctl(PR_SET_PDEATHSIG, strcmp(pdeath, "clear") ? ul_signal(pdeath) : 0, 0, 0, 0) != 0)
		err(FAILED, "set parent death signal failed");
	ul_exec(argv + optind);
}
