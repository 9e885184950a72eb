/* domainname(1). Uses lib/hostname.c. */
#include "lib/hostname.h"

int main(int argc, char **argv)
{
	return hostname_main(argc, argv);
}
