/* pgrep(1) of procps 4.0.2. Uses lib/pgrep.c, lib/signal_names.c, lib/regex*.c. */
#include "lib/pgrep.h"

int main(int argc, char **argv)
{
	return pgrep_main(argc, argv, 0);
}
