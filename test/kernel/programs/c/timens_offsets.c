#define _GNU_SOURCE
#include <sched.h>
#include <time.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <errno.h>
#include <unistd.h>
#include <sys/wait.h>
#ifndef CLONE_NEWTIME
# define CLONE_NEWTIME 0x80
#endif
static int offs(const char *s){
	int fd=open("/proc/self/timens_offsets",O_WRONLY), r;
	if(fd<0){ printf("open: %s\n",strerror(errno)); return -1; }
	r=write(fd,s,strlen(s));
	printf("write \"%.*s\" = %d%s%s\n",(int)strcspn(s,"\n"),s,r,r<0?" ":"",r<0?strerror(errno):"");
	close(fd);
	return r;
}
static time_t mono(void){ struct timespec t; clock_gettime(CLOCK_MONOTONIC,&t); return t.tv_sec; }
int main(void){
	time_t t0;
	if(unshare(CLONE_NEWUSER|CLONE_NEWTIME)<0){ perror("unshare"); return 1; }
	offs("monotonic 5");
	offs("realtime 5 0\n");
	offs("monotonic 5 1000000000\n");
	offs("monotonic -999999999 0\n");
	offs("1 1000000 5\n7 2000000 0\n");
	system("cat /proc/self/timens_offsets");
	t0=mono();
	fflush(stdout);
	pid_t p=fork();
	if(!p){
		printf("child: shifted by %ld\n",(long)((mono()-t0+5)/1000*1000));
		char l[64]; ssize_t n=readlink("/proc/self/ns/time",l,63); l[n]=0;
		char m[64]; n=readlink("/proc/self/ns/time_for_children",m,63); m[n]=0;
		printf("child: %s\n",strcmp(l,m)?"differ":"same");
		exit(0);
	}
	wait(NULL);
	offs("monotonic 1 0\n");
	return 0;
}
