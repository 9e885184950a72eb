/* more(1) of util-linux. Uses lib/pager.c. */
#include "lib/pager.h"

int main(int argc, char **argv)
{
	return pager_main(argc, argv, "\033[7m--More--\033[27m", 1);
}
