#pragma once
#include <linux/types.h>
struct unix_diag_req { __u8 sdiag_family, sdiag_protocol; __u16 pad; __u32 udiag_states, udiag_ino, udiag_show, udiag_cookie[2]; };
#define UDIAG_SHOW_NAME 1
#define UDIAG_SHOW_VFS 2
#define UDIAG_SHOW_PEER 4
#define UDIAG_SHOW_ICONS 8
#define UDIAG_SHOW_RQLEN 16
#define UDIAG_SHOW_MEMINFO 32
struct unix_diag_msg { __u8 udiag_family, udiag_type, udiag_state, pad; __u32 udiag_ino, udiag_cookie[2]; };
enum { UNIX_DIAG_NAME, UNIX_DIAG_VFS, UNIX_DIAG_PEER, UNIX_DIAG_ICONS, UNIX_DIAG_RQLEN, UNIX_DIAG_MEMINFO, UNIX_DIAG_SHUTDOWN };
struct unix_diag_rqlen { __u32 udiag_rqueue, udiag_wqueue; };
