#ifndef _SYS_MSG_H
#define _SYS_MSG_H
#include <sys/ipc.h>
typedef unsigned long msgqnum_t;
typedef unsigned long msglen_t;
#define MSG_NOERROR 0x1000
#define MSG_EXCEPT 0x2000
#define MSG_STAT 11
#define MSG_INFO 12
struct msqid_ds { struct ipc_perm msg_perm; time_t msg_stime, msg_rtime, msg_ctime; unsigned long __msg_cbytes; msgqnum_t msg_qnum; msglen_t msg_qbytes; pid_t msg_lspid, msg_lrpid; unsigned long __reserved[2]; };
#define msg_cbytes __msg_cbytes
struct msginfo { int msgpool, msgmap, msgmax, msgmnb, msgmni, msgssz, msgtql; unsigned short msgseg; };
#ifdef __USE_GNU
struct msgbuf { long mtype; char mtext[1]; };
#endif
int msgget(key_t, int);
int msgctl(int, int, struct msqid_ds *);
int msgsnd(int, const void *, size_t, int);
ssize_t msgrcv(int, void *, size_t, long, int);
#endif
