/* mkfifo(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <getopt.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "mode", 1, NULL, 'm' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	const char *text = NULL;
	unsigned mode = 0666;
	int option, status = 0;

	core_start(argv[0], "[OPTION]... NAME...");
	while ((option = core_getopt(argc, argv, "m:Z", longs)) != -1)
		if (option == 'm')
			text = optarg;
	if (optind == argc)
		core_missing_operand(NULL);
	if (text && (!core_parse_mode(text, 0666, 0, 0, &mode) || mode & ~0777u))
		core_error(1, 0, text && mode & ~0777u ? "mode must specify only file permission bits" : "invalid mode");
	for (; optind < argc; optind++) {
		if (mkfifo(argv[optind], mode) != 0) {
			core_error(0, errno, "cannot create fifo %s", core_quoteaf(argv[optind]));
			status = 1;
		} else if (text) {
			chmod(argv[optind], mode);
		}
	}
	return status;
}
