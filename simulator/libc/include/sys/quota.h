#ifndef _SYS_QUOTA_H
#define _SYS_QUOTA_H
#include <sys/types.h>
#include <stdint.h>
#define USRQUOTA 0
#define GRPQUOTA 1
#define SUBCMDSHIFT 8
#define SUBCMDMASK 0xff
#define QCMD(cmd, type) (((cmd) << SUBCMDSHIFT) | ((type) & SUBCMDMASK))
#define Q_SYNC 0x800001
#define Q_QUOTAON 0x800002
#define Q_QUOTAOFF 0x800003
#define Q_GETFMT 0x800004
#define Q_GETINFO 0x800005
#define Q_SETINFO 0x800006
#define Q_GETQUOTA 0x800007
#define Q_SETQUOTA 0x800008
#define QIF_BLIMITS 1
#define QIF_SPACE 2
#define QIF_ILIMITS 4
#define QIF_INODES 8
#define QIF_LIMITS (QIF_BLIMITS | QIF_ILIMITS)
#define QIF_ALL 63
struct dqblk { uint64_t dqb_bhardlimit, dqb_bsoftlimit, dqb_curspace, dqb_ihardlimit, dqb_isoftlimit, dqb_curinodes, dqb_btime, dqb_itime; uint32_t dqb_valid; };
int quotactl(int, const char *, int, caddr_t);
#endif
