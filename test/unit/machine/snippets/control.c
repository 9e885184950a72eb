#include "prelude.h"
static int sw(int x) { switch (x) { case 0: return 10; case 1: case 2: x+=5; /* fall */ case 3: x*=2; break; case 10 ... 20: return -x; case -5: return 55; case 1000: return 1; default: x=77; } return x; }
static int dense(unsigned x) { switch (x) { case 0: return 5; case 1: return 6; case 2: return 7; case 3: return 8; case 4: return 9; case 6: return 3; } return -1; }
static int lsw(long x) { switch (x) { case 0x300000000L: return 1; case -1: return 2; case 5: return 3; case 0x7fffffffffffffffL: return 4; case -0x7fffffffffffffffL-1: return 5; case 100 ... 0x200000000L: return 6; case 7: return 7; case 8: return 8; case 9: return 9; } return 0; }
static int csw(unsigned char c) { switch (c) { case 'a': return 1; case 200: return 2; case 'z': return 3; default: return 4; } }
static int usw(unsigned u) { switch (u) { case 0xffffffffu: return 1; case 0x80000000u: return 2; case 5: return 3; } return 0; }
static long sum(int n, ...) { __builtin_va_list ap; __builtin_va_start(ap,n); long s=0; for (int i=0;i<n;i++) s+=__builtin_va_arg(ap,int); __builtin_va_end(ap); return s; }
struct pt { int x,y,z; };
static double vmix(const char *f, ...) { __builtin_va_list ap, cp; __builtin_va_start(ap,f); __builtin_va_copy(cp,ap); double r=0; for (;*f;f++) switch (*f) { case 'i': r+=__builtin_va_arg(ap,int); break; case 'l': r+=__builtin_va_arg(ap,long); break; case 'd': r+=__builtin_va_arg(ap,double); break; case 's': r+=length(__builtin_va_arg(ap,char*)); break; case 'p': { struct pt p=__builtin_va_arg(ap,struct pt); r+=p.x+p.y*10+p.z*100; break; } case 'L': r+=__builtin_va_arg(ap,long double); break; case 'u': r+=__builtin_va_arg(ap,unsigned); break; } r+=__builtin_va_arg(cp,int)/1000.0; __builtin_va_end(cp); __builtin_va_end(ap); return r; }
static place jb; static int depth(int n) { if (n==0) LONGJMP(jb,42); volatile char pad[100]; pad[0]=n; return depth(n-1)+pad[0]; }
static int cmp(const void*a,const void*b){return *(const int*)a-*(const int*)b;}
static void sort(int *a, int n, int (*less)(const void *, const void *)) { for (int i = 1; i < n; i++) for (int j = i; j > 0 && less(&a[j], &a[j - 1]) < 0; j--) { int t = a[j]; a[j] = a[j - 1]; a[j - 1] = t; } }
static int absolute(int x) { return x < 0 ? -x : x; }
int (*ops[])(int) = {sw, absolute, NULL};
static int counter(void) { static int c=5; static int *p=&c; return (*p)++; }
static int vla(int n) { int a[n]; int b[n][n+1]; for (int i=0;i<n;i++) { a[i]=i; for (int j=0;j<=n;j++) b[i][j]=i*j; } int s=0; for (int i=0;i<n;i++) s+=a[i]+b[i][n]; return s+sizeof a+sizeof b+sizeof b[0]; }
static int kr(a,b,f) int a; char b; float f; { return a+b+(int)f; }
typedef int (*fn)(int); static fn pick(int k) { return k?sw:absolute; }
int main(void) {
 for (int i=-7;i<25;i++) print("%d ", sw(i)); print("%d\n", sw(1000)); for (unsigned i=0;i<9;i++) print("%d ", dense(i)); print("\n");
 print("%d%d%d%d%d%d%d%d%d\n", lsw(0x300000000L),lsw(-1),lsw(5),lsw(0x7fffffffffffffffL),lsw(-0x7fffffffffffffffL-1),lsw(150),lsw(0x150000000L),lsw(9),lsw(6)); print("%d%d%d%d %d%d%d\n", csw('a'),csw(200),csw('z'),csw(0),usw(-1),usw(0x80000000u),usw(5));
 print("%ld %ld\n", sum(3,1,2,3), sum(10,1,2,3,4,5,6,7,8,9,-100)); print("%f\n", vmix("ildspLup",5,1L<<40,2.5,"four",(struct pt){1,2,3},1.25L,4000000000u,(struct pt){4,5,6}));
 int r=SETJMP(jb); if (r==0) { depth(10); print("%s\n", "no"); } else print("jumped %d\n", r);
 int arr[]={5,3,9,-1,7,0}; sort(arr,6,cmp); for (int i=0;i<6;i++) print("%d ",arr[i]); print("\n");
 print("%d %d\n", ops[0](3), (*ops[1])(-9)); print("%d %d %d\n", counter(),counter(),counter()); print("%d %d\n", vla(5), vla(9)); print("%d\n", kr(1,2,3.7)); print("%d\n", pick(1)(3)+pick(0)(-4));
 int i=0; loop: if (i<3) { print("g%d ",i); i++; goto loop; } print("\n"); for (i=0;;i++) { if (i==2) continue; if (i==5) break; print("%d ",i); } print("\n"); do { i--; if (i==3) continue; print("%d ",i); } while (i>0); print("\n"); while (i++<4) for (int j=0;j<3;j++) { if (j==1) break; print("%d%d ",i,j); } print("\n");
 int n=3; int q=({ int t=n*2; t+1; }); print("%d %d\n", q, ({ __typeof__(n) m=n; if (m>2) m=-m; m; })); print("%d\n", n?:7); int zz=0; print("%d\n", zz?:7);
 
 for (int k=0;k<3;k++) { int v[k+1]; for (int m=0;m<=k;m++) v[m]=k*m; if (k==1) continue; print("%d ", v[k]); } print("\n");
 int *ip=(int[]){1,2,3}; ip[1]=9; print("%d %d\n", ip[1], ((int[]){4,5,6})[2]); unsigned char uc=255; uc++; signed char sc=127; sc++; unsigned short us=0; us--; print("%d %d %d\n", uc, sc, us);
 print("%d %d %d\n", -7/2, -7%2, 7/-2); print("%u\n", -1/2u); long big=1L<<62; print("%ld %ld\n", big/3, big%1000003); unsigned long ub=-1; print("%lu %lu\n", ub/3, ub%1000003);
 const char *names[]={"a","bb","ccc"}; for (const char **pp=names; pp<names+3; pp++) print("%s%c", *pp, pp==names+2?'\n':','); char buf[20]; char *w=buf; for (char ch='a'; ch<='e'; ch++) *w++=ch; *w=0; print("%s\n", buf); print("%ld\n", (long)(w-buf)); int x=5,*px=&x,**ppx=&px; **ppx=8; print("%d\n", x); void *vp=&x; print("%d\n", *(int*)vp+1);
 print("%d\n", (1,2,3)); print("%zu %zu %zu\n", sizeof(int[10]), sizeof("abc"), sizeof(x+1L)); print("%d %d\n", 1<2<3, 3>2>1); print("%d\n", !!5); int a1=1,b1=2; a1^=b1,b1^=a1,a1^=b1; print("%d %d\n",a1,b1); return x; }
