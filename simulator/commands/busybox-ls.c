/* busybox's ls, which rootfs/bin/ls is: columns of one width, names as they are. */
#include "lib/ls.h"

int main(int argc, char **argv)
{
	ls.busybox = 1;
	return ls_main(argc, argv);
}
