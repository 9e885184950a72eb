/* chgrp(1) of coreutils. Uses lib/core*.c, lib/chown.c. */
#include "lib/chown.h"

int main(int argc, char **argv)
{
	return chown_main(argc, argv, 1);
}
