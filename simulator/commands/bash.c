/* bash: bash 5.2. The same program as sh.c; it goes by the name that it is called by. Uses lib/sh_*.c and what they use. */
#include "lib/sh.h"

int main(int argc, char **argv)
{
	return sh_main(argc, argv);
}
