/*
 * Title: System V IPC has its own namespace
 * Idea: A message queue is found by a key, not by a path, so a mount namespace cannot hide it. An ipc namespace does: the child made
 *       with CLONE_NEWIPC does not find its parent's queue, and its own numbers begin at 0 again.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>

#define KEY 0x4e53

struct message {
    long type;
    char text[32];
};

static char stack[64 * 1024];

static int look(void *who)
{
    struct message message;
    int queue = msgget(KEY, 0);

    if (queue < 0) {
        printf("%s: ", (char *)who);
        fflush(stdout);
        perror("msgget");
        queue = msgget(KEY, IPC_CREAT | 0600);
        printf("%s: a queue of my own has number %d\n", (char *)who, queue);
        fflush(stdout);
        return 0;
    }
    if (msgrcv(queue, &message, sizeof message.text, 0, IPC_NOWAIT) < 0)
        perror("msgrcv");
    else
        printf("%s: found number %d with \"%s\"\n", (char *)who, queue, message.text);
    fflush(stdout);
    return 0;
}

static void start(int flag, char *who)
{
    if (clone(look, stack + sizeof stack, flag | SIGCHLD, who) < 0)
        perror("clone");
    else
        wait(NULL);
}

int main(void)
{
    struct message message = { 1, "" };
    int queue = msgget(KEY, IPC_CREAT | 0600);

    if (queue < 0) {
        perror("msgget");
        return EXIT_FAILURE;
    }
    strcpy(message.text, "hello");
    if (msgsnd(queue, &message, sizeof message.text, 0) < 0)
        perror("msgsnd");
    start(CLONE_NEWIPC, "own namespace");
    start(0, "same namespace");
    msgctl(queue, IPC_RMID, NULL);
    return EXIT_SUCCESS;
}
