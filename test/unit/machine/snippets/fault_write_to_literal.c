#include "prelude.h"
int main(void) { char *s = "const"; s[0] = 'C'; return 0; }
