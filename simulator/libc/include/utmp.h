#ifndef _UTMP_H
#define _UTMP_H
#include <utmpx.h>
#define UT_LINESIZE 32
#define UT_NAMESIZE 32
#define UT_HOSTSIZE 256
#define ut_name ut_user
#define utmp utmpx
#define _PATH_UTMP "/var/run/utmp"
#define _PATH_WTMP "/var/log/wtmp"
#define UTMP_FILE _PATH_UTMP
#define WTMP_FILE _PATH_WTMP
int login_tty(int);
void setutent(void);
void endutent(void);
struct utmpx *getutent(void);
int utmpname(const char *);
#endif
