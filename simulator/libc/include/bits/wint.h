#ifndef _BITS_WINT_H
#define _BITS_WINT_H
typedef unsigned int wint_t;
#define WEOF 0xffffffffu
#endif
