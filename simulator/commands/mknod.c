/* mknod(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static unsigned number(const char *text, const char *what)
{
	char *end;
	unsigned long value = strtoul(text, &end, 0);

	if (end == text || *end)
		core_error(1, 0, "invalid %s device number %s", what, core_quote(text));
	return (unsigned)value;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "mode", 1, NULL, 'm' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	const char *text = NULL;
	unsigned mode = 0666;
	mode_t kind = 0;
	dev_t device = 0;
	int option, count, fifo;

	core_start(argv[0], "[OPTION]... NAME TYPE [MAJOR MINOR]");
	while ((option = core_getopt(argc, argv, "m:Z", longs)) != -1)
		if (option == 'm')
			text = optarg;
	if (text && (!core_parse_mode(text, 0666, 0, 0, &mode) || mode & ~0777u))
		core_error(1, 0, "invalid mode");
	argv += optind;
	count = argc - optind;
	fifo = count >= 2 && argv[1][0] == 'p';
	if (count < 2 || (!fifo && count < 4)) {
		core_error(0, 0, count ? "missing operand after %s" : "missing operand", count ? core_quote(argv[count - 1]) : "");
		if (count == 2)
			fputs("Special files require major and minor device numbers.\n", stderr);
		core_try_help(1);
	}
	if (count > (fifo ? 2 : 4)) {
		core_error(0, 0, "extra operand %s", core_quote(argv[fifo ? 2 : 4]));
		if (fifo && count == 4)
			fputs("Fifos do not have major and minor device numbers.\n", stderr);
		core_try_help(1);
	}
	switch (argv[1][0]) {
	case 'b': kind = S_IFBLK; break;
	case 'c': case 'u': kind = S_IFCHR; break;
	case 'p': kind = S_IFIFO; break;
	default:
		core_error(0, 0, "invalid device type %s", core_quote(argv[1]));
		core_try_help(1);
	}
	if (!fifo)
		device = makedev(number(argv[2], "major"), number(argv[3], "minor"));
	if (mknod(argv[0], mode | kind, device) != 0)
		core_error(1, errno, "%s", core_quotef(argv[0]));
	if (text)
		chmod(argv[0], mode);
	return 0;
}
