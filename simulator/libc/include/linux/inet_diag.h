#pragma once
#include <linux/types.h>
struct inet_diag_sockid { __be16 idiag_sport, idiag_dport; __be32 idiag_src[4], idiag_dst[4]; __u32 idiag_if, idiag_cookie[2]; };
struct inet_diag_req_v2 { __u8 sdiag_family, sdiag_protocol, idiag_ext, pad; __u32 idiag_states; struct inet_diag_sockid id; };
struct inet_diag_msg {
  __u8 idiag_family, idiag_state, idiag_timer, idiag_retrans;
  struct inet_diag_sockid id;
  __u32 idiag_expires, idiag_rqueue, idiag_wqueue, idiag_uid, idiag_inode;
};
