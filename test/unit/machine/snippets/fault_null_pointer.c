#include "prelude.h"
int main(void){ long *p=0; p[5]=1; return 0; }
