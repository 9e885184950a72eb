#include "prelude.h"
int g=1; int f(int x){print("f%d ",x);return x;} int*pf(int x){static int a[10];print("p%d ",x);return a+x;}
struct S{int a,b,c,d,e;}; struct S mk(int x){print("s%d ",x);struct S s={x};return s;}
int h(int a,int b,int c){return a*100+b*10+c;}
void set(int*p){*p=7;}
int seti(int*p,int v){*p=v;return v;}
int main(void){
 int i=1; int r=i++ + i; print("i++ + i=%d\n",r);
 i=1; r=i + i++; print("i + i++=%d\n",r);
 i=1; r=i++ + i++; print("i++ + i++=%d i=%d\n",r,i);
 i=1; r=++i + i++; print("++i + i++=%d\n",r);
 i=1; r=++i + ++i; print("++i + ++i=%d\n",r);
 i=1; r=i++ + ++i; print("i++ + ++i=%d\n",r);
 i=1; print("args i,i++,i: %d %d %d\n",i,i++,i);
 i=1; print("args ++i,i,i++: %d %d %d\n",++i,i,i++);
 i=1; print("args i++,++i: %d %d\n",i++,++i);
 i=1; print("args i++ i++ i++: %d %d %d\n",i++,i++,i++);
 g=1; print("glob i,i++,i: %d %d %d\n",g,g++,g);
 i=1; i=i++; print("i=i++ %d\n",i);
 i=1; i=i++ + 1; print("i=i++ +1 %d\n",i);
 i=1; i=++i + 1; print("i=++i+1 %d\n",i);
 i=1; i+=i++; print("i+=i++ %d\n",i);
 i=1; i+=++i; print("i+=++i %d\n",i);
 i=1; i=(i=5)+i; print("%d\n",i);
 i=1; i=i+(i=5); print("%d\n",i);
 g=1; r=g+(g=5); print("g %d\n",r);
 g=1; r=g++ + g; print("g++ + g %d\n",r);
 g=1; r=g + g++; print("g + g++ %d\n",r);
 int a[5]={0}; i=0; a[i]=i++; print("a[i]=i++ %d %d\n",a[0],a[1]);
 i=0; a[0]=a[1]=9; a[i++]=i; print("a[i++]=i %d %d\n",a[0],a[1]);
 *pf(1)=f(2); print("\n");
 *pf(1)+=f(2); print("\n");
 f(1)+f(2)*f(3); print("\n");
 r=f(1)<f(2); print("\n");
 h(f(1),f(2),f(3)); print("\n");
 int*p=a; *p++=*p; print("%ld\n",(long)(p-a));
 struct S s; *(&s)=mk(1); mk(2).a+f(3); print("\n");
 pf(f(1))[f(2)]=f(3); print("\n");
 f(1)[pf(2)]=f(4); print("\n");
 int (*fp[2])(int)={f,f}; fp[f(0)](f(1)); print("\n");
 i=1; r=i+seti(&i,5); print("addr i+set %d\n",r);
 i=1; r=h(i,seti(&i,5),i); print("addr h %d\n",r);
 char c=1; r=c + c++; print("char c + c++ %d\n",r);
 long l=1; r=l + l++; print("long %d\n",r);
 i=1; r = i-- - --i; print("%d\n",r);
 i=5; r = i++ * i-- ; print("%d\n",r);
 i=2; a[1]=1;a[2]=2;a[3]=3; r = a[i] + a[i++] ; print("a[i]+a[i++] %d\n",r);
 i=2; r = a[i++] + a[i] ; print("a[i++]+a[i] %d\n",r);
 i=2; r = (i++, i) + i; print("%d\n",r);
 i=2; r = (i++ && i) + i; print("%d\n",r);
 i=2; r = i + (i++ ? i : 0); print("%d\n",r);
 i=2; i = i-- ; print("%d\n",i);
 i=2; r = i == i++; print("%d\n",r);
 i=2; r = i < i++; print("%d\n",r);
 i=2; r = -i + i++; print("%d\n",r);
 i=2; int j=(i+1)+i++; print("%d\n",j);
 i=2; j=(i++)+(i+1); print("%d\n",j);
 unsigned u=2; j=(int)u + u++; print("%d\n",j);
 i=1; if (i++ == 1 && i == 2) print("%s\n", "ok");
 i=0; i = a[i++]; print("i=a[i++] %d\n", i);
 p=a; r = *p++ + *p++; print("%d\n", r);
 i=0; a[i]=1; a[i++] += 10; print("%d %d\n", a[0], i);
 i=0; a[++i]=i; print("%d\n", a[1]);
 g=3; r = f(g) + g++; print("%d\n", r);
 r = g++ + f(g); print("%d\n", r);
 g=3; g += seti(&g, 10); print("g+= %d\n", g);
 i=3; i += seti(&i, 10); print("i+= %d\n", i);
 a[0]=3; a[0] += seti(&a[0], 10); print("a+= %d\n", a[0]);
}
