/* nologin(8) of login. */
#include <stdio.h>

int main(void)
{
	puts("This account is currently not available.");
	return 1;
}
