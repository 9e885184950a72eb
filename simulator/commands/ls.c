/* ls(1), as coreutils has it. */
#include "lib/ls.h"

int main(int argc, char **argv)
{
	return ls_main(argc, argv);
}
