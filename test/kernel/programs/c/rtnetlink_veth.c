/* run: {"uids": [0]} */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

struct nl_req { struct nlmsghdr n; union { struct ifinfomsg i; struct ifaddrmsg a; struct rtmsg r; struct rtgenmsg g; }; char buf[1024]; };
static int seq;
static int create_socket(void) { int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE); struct sockaddr_nl sa = { .nl_family = AF_NETLINK }; if (fd < 0) { perror("socket"); exit(1); } if (bind(fd, (struct sockaddr *)&sa, sizeof sa)) perror("bind"); return fd; }
static void addattr(struct nlmsghdr *n, int type, const void *data, int len) { struct rtattr *rta = (struct rtattr *)((char *)n + NLMSG_ALIGN(n->nlmsg_len)); rta->rta_type = type; rta->rta_len = RTA_LENGTH(len); if (len) memcpy(RTA_DATA(rta), data, len); n->nlmsg_len = NLMSG_ALIGN(n->nlmsg_len) + RTA_ALIGN(RTA_LENGTH(len)); }
static struct rtattr *nest(struct nlmsghdr *n, int type) { struct rtattr *r = (struct rtattr *)((char *)n + NLMSG_ALIGN(n->nlmsg_len)); addattr(n, type, NULL, 0); return r; }
static void unnest(struct nlmsghdr *n, struct rtattr *r) { r->rta_len = (char *)n + NLMSG_ALIGN(n->nlmsg_len) - (char *)r; }
static int talk(int fd, struct nlmsghdr *n)
{
    char buf[8192]; struct sockaddr_nl sa = { .nl_family = AF_NETLINK }; n->nlmsg_seq = ++seq; struct iovec iov = { n, n->nlmsg_len }; struct msghdr m = { &sa, sizeof sa, &iov, 1 };
    if (sendmsg(fd, &m, 0) < 0) { perror("sendmsg"); return -1; }
    iov.iov_base = buf; iov.iov_len = sizeof buf; int r = recvmsg(fd, &m, 0); if (r < 0) { perror("recvmsg"); return -1; }
    struct nlmsghdr *h = (struct nlmsghdr *)buf; if (h->nlmsg_type == NLMSG_ERROR) { struct nlmsgerr *e = NLMSG_DATA(h); printf("  [ack len %u flags %x seq %d pid %d from %d: %s]\n", e->error ? 0 : h->nlmsg_len, h->nlmsg_flags, h->nlmsg_seq == (unsigned)seq, h->nlmsg_pid == (unsigned)getpid(), sa.nl_pid, e->error ? strerror(-e->error) : "ok"); return e->error; }
    printf("  [type %d]\n", h->nlmsg_type); return 0;
}
static int veth(int fd, const char *a, const char *b, int excl) { struct nl_req q = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_NEWLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | (excl ? NLM_F_EXCL : 0) | NLM_F_ACK } }; addattr(&q.n, IFLA_IFNAME, a, strlen(a) + 1); struct rtattr *li = nest(&q.n, IFLA_LINKINFO); addattr(&q.n, IFLA_INFO_KIND, "veth", 5); struct rtattr *id = nest(&q.n, IFLA_INFO_DATA); struct rtattr *pe = nest(&q.n, VETH_INFO_PEER); q.n.nlmsg_len += sizeof(struct ifinfomsg); addattr(&q.n, IFLA_IFNAME, b, strlen(b) + 1); unnest(&q.n, pe); unnest(&q.n, id); unnest(&q.n, li); return talk(fd, &q.n); }
static int setlink(int fd, const char *name, unsigned flags, int pid) { struct nl_req q = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_NEWLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK } }; q.i.ifi_index = if_nametoindex(name); q.i.ifi_flags = flags; q.i.ifi_change = flags; if (pid) addattr(&q.n, IFLA_NET_NS_PID, &pid, 4); return talk(fd, &q.n); }
static int addr(int fd, const char *name, const char *ip, int prefix, int type) { struct nl_req q = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifaddrmsg)), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK } }; q.a.ifa_family = AF_INET; q.a.ifa_prefixlen = prefix; q.a.ifa_index = if_nametoindex(name); struct in_addr in; inet_pton(AF_INET, ip, &in); addattr(&q.n, IFA_LOCAL, &in, 4); addattr(&q.n, IFA_ADDRESS, &in, 4); return talk(fd, &q.n); }
static int route(int fd, const char *dst, int len, const char *gw, int type) { struct nl_req q = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct rtmsg)), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK } }; q.r.rtm_family = AF_INET; q.r.rtm_dst_len = len; q.r.rtm_table = RT_TABLE_MAIN; q.r.rtm_protocol = RTPROT_BOOT; q.r.rtm_scope = RT_SCOPE_UNIVERSE; q.r.rtm_type = RTN_UNICAST; struct in_addr in; if (len) { inet_pton(AF_INET, dst, &in); addattr(&q.n, RTA_DST, &in, 4); } inet_pton(AF_INET, gw, &in); addattr(&q.n, RTA_GATEWAY, &in, 4); return talk(fd, &q.n); }
static void dump(int fd, int type)
{
    struct nl_req q = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct rtgenmsg)), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = ++seq } }; q.g.rtgen_family = type == RTM_GETLINK ? AF_PACKET : AF_INET;
    send(fd, &q, q.n.nlmsg_len, 0); char buf[16384];
    for (;;) { int len = recv(fd, buf, sizeof buf, 0); for (struct nlmsghdr *h = (struct nlmsghdr *)buf; NLMSG_OK(h, len); h = NLMSG_NEXT(h, len)) {
        if (h->nlmsg_type == NLMSG_DONE) return; if (h->nlmsg_type == NLMSG_ERROR) { printf("error %d\n", ((struct nlmsgerr *)NLMSG_DATA(h))->error); return; }
        char name[32] = "", ip[32] = "", b2[32]; struct rtattr *a; int l;
        if (h->nlmsg_type == RTM_NEWLINK) { struct ifinfomsg *i = NLMSG_DATA(h); unsigned mtu = 0, link = 0; int op = -1; char kind[16] = "-", qd[16] = ""; l = IFLA_PAYLOAD(h); for (a = IFLA_RTA(i); RTA_OK(a, l); a = RTA_NEXT(a, l)) switch (a->rta_type) { case IFLA_IFNAME: strcpy(name, RTA_DATA(a)); break; case IFLA_MTU: mtu = *(unsigned *)RTA_DATA(a); break; case IFLA_LINK: link = *(unsigned *)RTA_DATA(a); break; case IFLA_OPERSTATE: op = *(unsigned char *)RTA_DATA(a); break; case IFLA_QDISC: strcpy(qd, RTA_DATA(a)); break; case IFLA_LINKINFO: { struct rtattr *k = RTA_DATA(a); if (k->rta_type == IFLA_INFO_KIND) strcpy(kind, RTA_DATA(k)); } } printf("  link %d %s type %d flags %x mtu %u link %u kind %s qdisc %s\n", i->ifi_index, name, i->ifi_type, i->ifi_flags, mtu, link, kind, qd); }
        if (h->nlmsg_type == RTM_NEWADDR) { struct ifaddrmsg *i = NLMSG_DATA(h); char label[32] = ""; l = IFA_PAYLOAD(h); for (a = IFA_RTA(i); RTA_OK(a, l); a = RTA_NEXT(a, l)) { if (a->rta_type == IFA_LOCAL) inet_ntop(AF_INET, RTA_DATA(a), ip, 32); if (a->rta_type == IFA_LABEL) strcpy(label, RTA_DATA(a)); } printf("  addr %s/%d dev %d scope %d flags %x label %s\n", ip, i->ifa_prefixlen, i->ifa_index, i->ifa_scope, i->ifa_flags, label); }
        if (h->nlmsg_type == RTM_NEWROUTE) { struct rtmsg *r = NLMSG_DATA(h); char gw[32] = "-", src[32] = "-"; int oif = 0; strcpy(ip, "default"); l = RTM_PAYLOAD(h); for (a = RTM_RTA(r); RTA_OK(a, l); a = RTA_NEXT(a, l)) { if (a->rta_type == RTA_DST) inet_ntop(AF_INET, RTA_DATA(a), ip, 32); if (a->rta_type == RTA_GATEWAY) inet_ntop(AF_INET, RTA_DATA(a), gw, 32); if (a->rta_type == RTA_PREFSRC) inet_ntop(AF_INET, RTA_DATA(a), src, 32); if (a->rta_type == RTA_OIF) oif = *(int *)RTA_DATA(a); } (void)b2; printf("  route %s/%d via %s src %s dev %d table %d proto %d scope %d type %d\n", ip, r->rtm_dst_len, gw, src, oif, r->rtm_table, r->rtm_protocol, r->rtm_scope, r->rtm_type); }
    } }
}
int main(void)
{
    setbuf(stdout, NULL);
    if (getuid()) { int fd = create_socket(); printf("as a user\n"); veth(fd, "v0", "v1", 1); setlink(fd, "lo", IFF_UP, 0); if (unshare(CLONE_NEWUSER | CLONE_NEWNET)) { perror("unshare"); return 1; } veth(fd, "v0", "v1", 1); close(fd); } else if (unshare(CLONE_NEWNET)) { perror("unshare"); return 1; }
    int fd = create_socket(); struct sockaddr_nl sa; socklen_t sl = sizeof sa; getsockname(fd, (struct sockaddr *)&sa, &sl); printf("pid %d groups %x len %d\n", sa.nl_pid == (unsigned)getpid(), sa.nl_groups, sl); int fd2 = create_socket(); getsockname(fd2, (struct sockaddr *)&sa, &sl); printf("second negative %d\n", (int)sa.nl_pid < 0); close(fd2);
    dump(fd, RTM_GETLINK); printf("veth\n"); veth(fd, "v0", "v1", 1); veth(fd, "v0", "v2", 1); veth(fd, "v3", "v3", 1); veth(fd, "this_name_is_too_long", "v4", 1); veth(fd, "v5", "v0", 1); veth(fd, "v0", "v9", 0); dump(fd, RTM_GETLINK);
    int p[2]; pipe(p); int c2[2]; pipe(c2); pid_t child = fork();
    if (child == 0) { char c; if (unshare(CLONE_NEWNET)) perror("unshare"); write(c2[1], "x", 1); read(p[0], &c, 1); int f = create_socket(); printf("child\n"); dump(f, RTM_GETLINK); setlink(f, "v1", IFF_UP, 0); setlink(f, "lo", IFF_UP, 0); addr(f, "v1", "10.1.1.2", 24, RTM_NEWADDR); route(f, "0.0.0.0", 0, "10.1.1.1", RTM_NEWROUTE); dump(f, RTM_GETLINK); dump(f, RTM_GETADDR); dump(f, RTM_GETROUTE); int s = socket(AF_INET, SOCK_STREAM, 0), on = 1; setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on); struct sockaddr_in a = { AF_INET, htons(8080) }; bind(s, (struct sockaddr *)&a, sizeof a); listen(s, 5); write(c2[1], "y", 1); socklen_t al = sizeof a; int k = accept(s, (struct sockaddr *)&a, &al); char b[32]; int n = read(k, b, 31); b[n > 0 ? n : 0] = 0; printf("child got \"%s\" from %s\n", b, inet_ntoa(a.sin_addr)); write(k, "pong", 4); close(k); read(p[0], &c, 1); _exit(0); }
    char c; read(c2[0], &c, 1); printf("move\n"); setlink(fd, "v1", 0, child); setlink(fd, "v1", 0, child); setlink(fd, "v0", 0, 99999); setlink(fd, "lo", 0, child); setlink(fd, "v0", IFF_UP, 0); printf("addr\n"); addr(fd, "v0", "10.1.1.1", 24, RTM_NEWADDR); addr(fd, "v0", "10.1.1.1", 24, RTM_NEWADDR); addr(fd, "v0", "10.1.1.9", 24, RTM_NEWADDR); addr(fd, "nope", "10.1.1.1", 24, RTM_NEWADDR); addr(fd, "v0", "10.1.1.77", 24, RTM_DELADDR); addr(fd, "v0", "10.3.1.1", 40, RTM_NEWADDR); dump(fd, RTM_GETADDR); printf("route\n"); route(fd, "10.7.0.0", 16, "10.1.1.2", RTM_NEWROUTE); route(fd, "10.7.0.0", 16, "10.1.1.2", RTM_NEWROUTE); route(fd, "10.8.0.0", 16, "9.9.9.9", RTM_NEWROUTE); route(fd, "10.8.1.0", 16, "10.1.1.2", RTM_NEWROUTE); route(fd, "10.9.0.0", 16, "10.1.1.2", RTM_DELROUTE); dump(fd, RTM_GETROUTE);
    write(p[1], "x", 1); read(c2[0], &c, 1); int s = socket(AF_INET, SOCK_STREAM, 0); struct sockaddr_in a = { AF_INET, htons(8080) }; inet_pton(AF_INET, "10.1.1.2", &a.sin_addr); printf("connect %s\n", connect(s, (struct sockaddr *)&a, sizeof a) ? strerror(errno) : "ok"); write(s, "ping", 4); char b[16] = ""; read(s, b, 15); printf("parent got \"%s\"\n", b); close(s); dump(fd, RTM_GETLINK); write(p[1], "x", 1); wait(NULL);
    printf("after\n"); struct nl_req d = { .n = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_DELLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK } }; talk(fd, &d.n); d.i.ifi_index = 1; talk(fd, &d.n); d.i.ifi_index = 77; talk(fd, &d.n); d.n.nlmsg_type = 120; talk(fd, &d.n); printf("%d %s\n", socket(AF_NETLINK, SOCK_STREAM, 0), strerror(errno)); printf("%d %s\n", socket(AF_NETLINK, SOCK_RAW, 99), strerror(errno)); return 0;
}
