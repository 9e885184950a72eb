#ifndef _UTMP_H
#define _UTMP_H
#include <bits/types.h>
int login_tty(int);
#endif
