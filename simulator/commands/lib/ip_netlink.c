/* ip: how the kernel is talked to. */
#define _GNU_SOURCE
#include "ip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned sequence;

static int opened(void)
{
	int on = 1, fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct sockaddr_nl self = { .nl_family = AF_NETLINK };

	if (fd < 0) {
		fprintf(stderr, "Cannot open netlink socket: %s\n", strerror(errno));
		exit(1);
	}
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&self, sizeof self) < 0) {
		fprintf(stderr, "Cannot bind netlink socket: %s\n", strerror(errno));
		exit(1);
	}
	return fd;
}

struct ip_request ip_request(int type, int flags, size_t fixed)
{
	struct ip_request request = { .n = { .nlmsg_len = NLMSG_LENGTH(fixed), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | flags } };

	return request;
}

void ip_attribute(struct nlmsghdr *n, int type, const void *data, size_t length)
{
	struct rtattr *to = (struct rtattr *)((char *)n + NLMSG_ALIGN(n->nlmsg_len));

	to->rta_type = type;
	to->rta_len = RTA_LENGTH(length);
	if (length)
		memcpy(RTA_DATA(to), data, length);
	n->nlmsg_len = NLMSG_ALIGN(n->nlmsg_len) + RTA_ALIGN(to->rta_len);
}

void ip_text(struct nlmsghdr *n, int type, const char *text) { ip_attribute(n, type, text, strlen(text) + 1); }
void ip_number(struct nlmsghdr *n, int type, unsigned value) { ip_attribute(n, type, &value, sizeof value); }

struct rtattr *ip_nest(struct nlmsghdr *n, int type)
{
	struct rtattr *nest = (struct rtattr *)((char *)n + NLMSG_ALIGN(n->nlmsg_len));

	ip_attribute(n, type, NULL, 0);
	return nest;
}

void ip_nest_end(struct nlmsghdr *n, struct rtattr *nest)
{
	nest->rta_len = (char *)n + NLMSG_ALIGN(n->nlmsg_len) - (char *)nest;
}

/* "Error: …" with the kernel's own sentence, or its number in words. */
static int complain(struct nlmsghdr *header)
{
	struct nlmsgerr *error = NLMSG_DATA(header);
	char *at = (char *)(error + 1), *end = (char *)header + header->nlmsg_len;

	if (header->nlmsg_flags & NLM_F_ACK_TLVS) {
		if (!(header->nlmsg_flags & NLM_F_CAPPED))
			at += NLMSG_ALIGN(error->msg.nlmsg_len) - sizeof error->msg;
		for (int left = end - at; left >= (int)sizeof(struct rtattr) && RTA_OK((struct rtattr *)at, left);) {
			struct rtattr *attribute = (struct rtattr *)at;

			if (attribute->rta_type == NLMSGERR_ATTR_MSG) {
				const char *text = RTA_DATA(attribute);

				fprintf(stderr, "Error: %s%s\n", text, text[strlen(text) - 1] == '.' ? "" : ".");
				return 2;
			}
			at += RTA_ALIGN(attribute->rta_len);
			left -= RTA_ALIGN(attribute->rta_len);
		}
	}
	fprintf(stderr, "RTNETLINK answers: %s\n", strerror(-error->error));
	return 2;
}

int ip_talk(struct ip_request *request, char *answer, size_t room)
{
	char own[8192];
	int fd = opened(), status = 0;
	ssize_t length;

	if (!answer) {
		answer = own;
		room = sizeof own;
		request->n.nlmsg_flags |= NLM_F_ACK;
	}
	request->n.nlmsg_seq = ++sequence;
	if (send(fd, &request->n, request->n.nlmsg_len, 0) < 0 || (length = recv(fd, answer, room, 0)) < 0) {
		fprintf(stderr, "Cannot talk to rtnetlink: %s\n", strerror(errno));
		status = 2;
	} else {
		struct nlmsghdr *header = (struct nlmsghdr *)answer;

		if (header->nlmsg_type == NLMSG_ERROR && ((struct nlmsgerr *)NLMSG_DATA(header))->error != 0)
			status = complain(header);
	}
	close(fd);
	return status;
}

void ip_dump(int type, int family, void (*each)(struct nlmsghdr *, void *), void *context)
{
	struct ip_request request = ip_request(type, NLM_F_DUMP, sizeof(struct rtgenmsg));
	static char buffer[32768];
	int fd = opened();

	request.any.rtgen_family = family;
	request.n.nlmsg_seq = ++sequence;
	if (send(fd, &request.n, request.n.nlmsg_len, 0) < 0) {
		fprintf(stderr, "Cannot send dump request: %s\n", strerror(errno));
		exit(1);
	}
	for (;;) {
		ssize_t length = recv(fd, buffer, sizeof buffer, 0);
		int left = length;

		if (length <= 0)
			break;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buffer; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
			if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) {
				if (h->nlmsg_type == NLMSG_ERROR)
					complain(h);
				close(fd);
				return;
			}
			each(h, context);
		}
	}
	close(fd);
}

int ip_index(const char *name)
{
	int index = if_nametoindex(name);

	if (!index)
		fprintf(stderr, "Cannot find device \"%s\"\n", name);
	return index;
}
