/* truncate(1) of coreutils. Uses lib/core*.c. */
#include "lib/core.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "no-create", 0, NULL, 'c' }, { "size", 1, NULL, 's' }, { "reference", 1, NULL, 'r' }, { "io-blocks", 0, NULL, 'o' }, CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 },
	};
	const char *size_text = NULL, *reference = NULL;
	int option, create = 1, status = 0;
	unsigned long long amount = 0;
	char relative = 0;
	struct stat st;

	core_start(argv[0], "OPTION... FILE...");
	while ((option = core_getopt(argc, argv, "cor:s:", longs)) != -1) {
		switch (option) {
		case 'c': create = 0; break;
		case 's': size_text = optarg; break;
		case 'r': reference = optarg; break;
		}
	}
	if (!size_text && !reference)
		core_error(0, 0, "you must specify either %s or %s", core_quote("--size"), core_quote("--reference")), core_try_help(1);
	if (optind == argc)
		core_error(0, 0, "missing file operand"), core_try_help(1);
	if (reference) {
		if (stat(reference, &st) != 0)
			core_error(1, errno, "cannot stat %s", core_quoteaf(reference));
		amount = (unsigned long long)st.st_size;
	}
	if (size_text) {
		const char *at = size_text + strspn(size_text, " ");

		if (strchr("+-<>/%", *at) && *at)
			relative = *at++;
		if (!core_size(at, &amount))
			core_error(1, 0, "Invalid number: %s", core_quote(at));
	}
	for (; optind < argc; optind++) {
		int fd = open(argv[optind], O_WRONLY | O_NONBLOCK | (create ? O_CREAT : 0), 0666);
		unsigned long long now, to = amount;

		if (fd < 0) {
			if (!(errno == ENOENT && !create)) {
				core_error(0, errno, "cannot open %s for writing", core_quoteaf(argv[optind]));
				status = 1;
			}
			continue;
		}
		fstat(fd, &st);
		now = (unsigned long long)st.st_size;
		switch (relative) {
		case '+': to = now + amount; break;
		case '-': to = now > amount ? now - amount : 0; break;
		case '<': to = now < amount ? now : amount; break;
		case '>': to = now > amount ? now : amount; break;
		case '/': to = amount ? now / amount * amount : now; break;
		case '%': to = amount ? (now + amount - 1) / amount * amount : now; break;
		}
		if (ftruncate(fd, (off_t)to) != 0) {
			core_error(0, errno, "failed to truncate %s at %llu bytes", core_quoteaf(argv[optind]), to);
			status = 1;
		}
		close(fd);
	}
	return status;
}
