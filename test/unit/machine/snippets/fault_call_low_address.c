#include "prelude.h"
int main(void){ void (*f)(void)=(void(*)(void))0x1234; f(); return 0; }
