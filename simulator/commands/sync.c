/* sync(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "data", 0, NULL, 'd' }, { "file-system", 0, NULL, 'f' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };
	int option, data = 0, status = 0;

	core_start(argv[0], "[OPTION] [FILE]...");
	while ((option = core_getopt(argc, argv, "df", longs)) != -1)
		data = option == 'd';
	if (optind == argc)
		sync();
	for (; optind < argc; optind++) {
		int fd = open(argv[optind], O_RDONLY | O_NONBLOCK);

		if (fd < 0) {
			core_error(0, errno, "error opening %s", core_quoteaf(argv[optind]));
			status = 1;
			continue;
		}
		if ((data ? fdatasync(fd) : fsync(fd)) != 0) {
			core_error(0, errno, "error syncing %s", core_quoteaf(argv[optind]));
			status = 1;
		}
		close(fd);
	}
	return status;
}
