#include "prelude.h"
int x=5; int main(void){ void (*f)(void)=(void(*)(void))&x; f(); return 0; }
