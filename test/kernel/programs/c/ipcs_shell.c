// ipc namespace with the tools: ipcmk and ipcs through system()
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/wait.h>
#define STACK 1048576
char stk[STACK];
int child(void *a){
    (void)a;
    printf("--- child\n"); fflush(stdout);
    system("ipcs -q | wc -l");
    system("ipcs -m | tail -n +3 | head -1");
    return 0;
}
int main(void){
    setbuf(stdout,NULL);
    printf("--- parent\n");
    system("ipcmk -Q > /dev/null && ipcs -q | wc -l");
    int pid=clone(child,stk+STACK,CLONE_NEWIPC|SIGCHLD,NULL);
    if(pid==-1) perror("clone"); else waitpid(pid,NULL,0);
    printf("--- parent again\n");
    system("ipcs -q | wc -l; ipcrm -a; ipcs -q | wc -l");
    return 0;
}
