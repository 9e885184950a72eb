#ifndef _LIBC_LOCALE_H
#define _LIBC_LOCALE_H
/* Characters are UTF-8 after setlocale(LC_ALL, "") in a UTF-8 environment, bytes before. */
extern int __utf8;
#endif
