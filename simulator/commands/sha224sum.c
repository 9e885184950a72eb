/* sha224sum(1) of coreutils. Uses lib/digest*.c, lib/core*.c. */
#include "lib/digest.h"

int main(int argc, char **argv)
{
	return digest_main(argc, argv, DIGEST_SHA224);
}
