/* setcap(8) of libcap 2.66. Uses libcap's functions of the libc. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <unistd.h>

static int quiet, verify;

static void usage(int status)
{
	fputs("usage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]\n\n"
	      " Note <filename> must be a regular (non-symlink) file.\n"
	      " -r          remove capability from file\n"
	      " -           read capability text from stdin\n"
	      " <capsN>     cap_from_text(3) formatted file capability\n"
	      " [ Note: capsh --suggest=\"something...\" might help you pick. ]\n"
	      " -h          this message and exit status 0\n"
	      " -q          quietly\n"
	      " -v          validate supplied capability matches file\n"
	      " -n <rootid> write a user namespace (!= 0) limited capability\n"
	      " --license   display the license info\n", stderr);
	exit(status);
}

/* The text up to an empty line that comes by itself, or the end. */
static void read_caps(char *text, size_t room)
{
	size_t used = 0;

	if (!quiet)
		fputs("Please enter caps for file [empty line to end]:\n", stderr);
	while (used < room - 1) {
		ssize_t n = read(STDIN_FILENO, text + used, room - 1 - used);

		if (n < 0) {
			fputs("\n[Error - aborting]\n", stderr);
			exit(1);
		}
		if (n == 0 || text[used] == '\n')
			break;
		used += n;
	}
	text[used] = '\0';
	if (used == 0)
		usage(1);
}

static void check(const char *name, cap_t wanted, uid_t root)
{
	cap_t found = cap_get_file(name);
	uid_t owner;
	int differs;

	if (!found)
		found = cap_from_text("=");
	differs = cap_compare(found, wanted);
	owner = cap_get_nsowner(found);
	if (owner != root && !quiet)
		printf("nsowner[got=%d, want=%d],", owner, root);
	if (differs || owner != root) {
		if (!quiet)
			printf("%s differs in [%s%s%s]\n", name, CAP_DIFFERS(differs, CAP_PERMITTED) ? "p" : "", CAP_DIFFERS(differs, CAP_INHERITABLE) ? "i" : "", CAP_DIFFERS(differs, CAP_EFFECTIVE) ? "e" : "");
		exit(1);
	}
	if (!quiet)
		printf("%s: OK\n", name);
	cap_free(found);
}

/* Is some of what the program gets effective, and some not? */
static int mixed(cap_t caps)
{
	int some = 0, missing = 0;

	for (cap_value_t cap = 0; cap < cap_max_bits(); cap++) {
		cap_flag_value_t permitted, inheritable, effective;

		cap_get_flag(caps, cap, CAP_PERMITTED, &permitted);
		cap_get_flag(caps, cap, CAP_INHERITABLE, &inheritable);
		cap_get_flag(caps, cap, CAP_EFFECTIVE, &effective);
		some |= effective;
		missing |= (permitted | inheritable) && !effective;
	}
	return some && missing;
}

static void set(const char *name, cap_t caps)
{
	cap_t own = cap_get_proc();
	cap_value_t setfcap = CAP_SETFCAP;

	cap_set_flag(own, CAP_EFFECTIVE, 1, &setfcap, CAP_SET);
	if (cap_set_proc(own) != 0) {
		perror("unable to set CAP_SETFCAP effective capability");
		exit(1);
	}
	cap_free(own);
	if (cap_set_file(name, caps) == 0)
		return;
	switch (errno) {
	case EINVAL:
		if (caps && mixed(caps))
			fputs("NOTE: Under Linux, effective file capabilities must either be empty, or\n      exactly match the union of selected permitted and inheritable bits.\n", stderr);
		fprintf(stderr, "Invalid file '%s' for capability operation\n", name);
		break;
	case ENODATA:
		if (!caps) {
			fprintf(stderr, "File '%s' has no capablity to remove\n", name);
			break;
		}
		/* fallthrough */
	default:
		fprintf(stderr, "Failed to set capabilities on file '%s': %s\n", name, strerror(errno));
	}
	exit(1);
}

int main(int argc, char **argv)
{
	uid_t root = 0;

	if (argc < 2)
		usage(1);
	while (*++argv) {
		char text[2048];
		cap_t caps = NULL;

		if (strcmp(*argv, "-q") == 0) {
			quiet = 1;
			continue;
		}
		if (strcmp(*argv, "-h") == 0)
			usage(0);
		if (strcmp(*argv, "--license") == 0) {
			printf("%s see LICENSE file for details.\nCopyright (c) 1997,2007-8,2020-21 Andrew G. Morgan <morgan@kernel.org>\n", *argv);
			return 0;
		}
		if (strcmp(*argv, "-v") == 0) {
			verify = 1;
			continue;
		}
		if (strcmp(*argv, "-n") == 0) {
			char *end;

			if (!*++argv) {
				fputs("usage: .. -n <rootid> .. - rootid!=0 file caps", stderr);
				return 1;
			}
			root = strtoul(*argv, &end, 10);
			if (*end || root + 1 < 2) {
				fprintf(stderr, "bad ns rootid: want positive integer, got \"%s\"\n", *argv);
				return 1;
			}
			continue;
		}
		if (strcmp(*argv, "-r") != 0) {
			const char *given = *argv;

			if (strcmp(given, "-") == 0) {
				read_caps(text, sizeof text);
				given = text;
			}
			caps = cap_from_text(given);
			if (!caps) {
				perror("fatal error");
				usage(1);
			}
			if (root)
				cap_set_nsowner(caps, root);
		} else if (verify)
			caps = cap_from_text("=");
		if (!*++argv)
			usage(1);
		if (verify)
			check(*argv, caps, root);
		else
			set(*argv, caps);
		cap_free(caps);
	}
	return 0;
}
