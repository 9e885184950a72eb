/* sh: Debian's /bin/sh, which is dash. Uses lib/sh_*.c, lib/test_expr.c, lib/printf_format.c, lib/signal_names.c. */
#include "lib/sh.h"

int main(int argc, char **argv)
{
	return sh_main(argc, argv);
}
