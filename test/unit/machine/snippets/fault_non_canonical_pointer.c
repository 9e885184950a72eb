#include "prelude.h"
int main(void){ int *p=(int*)0x8badf00ddeadbeefL; *p=1; return 0; }
