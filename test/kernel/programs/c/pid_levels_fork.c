#define _GNU_SOURCE
#include<stdio.h>
#include<stdlib.h>
#include<unistd.h>
#include<sched.h>
#include<sys/wait.h>
#include<sys/types.h>

int main(){
  int i;
  for(i=0;i<3;i++){
    if(unshare(CLONE_NEWPID)<0){ perror("unshare"); exit(1); }
    pid_t p=fork();
    if(p<0){ perror("fork"); exit(2); }
    if(p>0){
      int st;
      waitpid(p,&st,0);
      printf("[%d] created %d\n",getpid(),p);
      printf("[%d] %d ended with %d\n",getpid(),p,WEXITSTATUS(st));
      exit(WEXITSTATUS(st)+1);
    }
  }
  printf("innermost: pid=%d ppid=%d\n",getpid(),getppid());
  return 10;
}
