/* newuidmap(1) of shadow. Uses lib/idmap.c. */
#include "lib/idmap.h"

int main(int argc, char **argv)
{
	return idmap_main(argc, argv, "uid");
}
