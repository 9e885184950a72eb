#include "prelude.h"
int main(void){ int *p=(int*)0xdeadbeefcafeL; return *p; }
