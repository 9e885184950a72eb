/* su(1) of util-linux 2.38. Uses lib/become.c. */
#include "lib/become.h"

int main(int argc, char **argv)
{
	return become_main(argc, argv, 1);
}
