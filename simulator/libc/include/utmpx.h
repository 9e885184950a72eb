#ifndef _UTMPX_H
#define _UTMPX_H
#include <bits/types.h>
#include <stdint.h>
#include <sys/time.h>
#define EMPTY 0
#define RUN_LVL 1
#define BOOT_TIME 2
#define NEW_TIME 3
#define OLD_TIME 4
#define INIT_PROCESS 5
#define LOGIN_PROCESS 6
#define USER_PROCESS 7
#define DEAD_PROCESS 8
#define ACCOUNTING 9
struct exit_status { short e_termination, e_exit; };
struct utmpx {
  short ut_type;
  pid_t ut_pid;
  char ut_line[32], ut_id[4], ut_user[32], ut_host[256];
  struct exit_status ut_exit;
  int32_t ut_session;
  struct { int32_t tv_sec, tv_usec; } ut_tv;
  int32_t ut_addr_v6[4];
  char __unused[20];
};
#define ut_time ut_tv.tv_sec
void setutxent(void);
void endutxent(void);
struct utmpx *getutxent(void);
int utmpxname(const char *);
#endif
