/* less(1). Uses lib/pager.c. */
#include "lib/pager.h"

int main(int argc, char **argv)
{
	return pager_main(argc, argv, ":", 0);
}
