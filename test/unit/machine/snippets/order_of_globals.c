#include "prelude.h"
int g; int garr[5]; int*gp; struct S{int x; int a[3];}; struct S s1,s2,*sp;
int seti(int*p,int v){*p=v;return v;}
int setgp(int*n){gp=n;return 7;}
int setsp(struct S*n){sp=n;return 7;}
struct S mks(struct S*n){sp=n;struct S r={9};return r;}
int main(void){
 int a[5]={10,11,12,13,14}; int i; int k; int*p;
 g=0; a[g]=seti(&g,3); print("A %d %d\n",a[0],a[3]); a[0]=10;a[3]=13;
 i=0; a[i]=seti(&i,3); print("B %d %d\n",a[0],a[3]); a[0]=10;a[3]=13;
 gp=a; *gp=setgp(a+1); print("C %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 gp=a; gp[1]=setgp(a+1); print("D %d %d\n",a[1],a[2]); a[2]=12;a[1]=11;
 sp=&s1; sp->x=setsp(&s2); print("E %d %d\n",s1.x,s2.x); s1.x=s2.x=0;
 sp=&s1; sp->a[1]=setsp(&s2); print("F %d %d\n",s1.a[1],s2.a[1]); 
 sp=&s1; *sp=mks(&s2); print("G %d %d\n",s1.x,s2.x); s1.x=s2.x=0;
 gp=a; a[3]=0; *gp = setgp(a+3)+1; print("H %d %d\n",a[0],a[3]); a[0]=10;
 gp=a; *gp += setgp(a+3); print("I %d %d\n",a[0],a[3]); 
 gp=a; a[0]=10; g=4; *gp = g++; print("J %d\n",a[0]);
 g=0; a[g]=g++; print("K %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 g=0; a[g]=g++ + 1; print("L %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 g=0; a[g]=g=2; print("M %d %d\n",a[0],a[2]); a[0]=10;a[2]=12;
 k=0; a[k]=k=2; print("N %d %d\n",a[0],a[2]); a[0]=10;a[2]=12;
 k=0; p=a; p[k]=k++ +1; print("O %d %d\n",a[0],a[1]); a[0]=10;a[2]=12;
 k=0; p=a; p[k]=k++; print("P %d %d\n",a[0],a[1]); a[0]=10;a[2]=12;
 g=0; p=a; p[g]=g++; print("Q %d %d\n",a[0],a[1]); a[0]=10;a[2]=12;
 g=0; p=a; p[g]=g++*5+3; print("R %d %d\n",a[0],a[1]); a[0]=10;a[2]=12;
 p=a; *p = *p++ + 1;  print("S %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 p=a; *p++ = *p + 1;  print("T %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 gp=a; *gp++ = *gp + 1;  print("U %d %d\n",a[0],a[1]); a[0]=10;a[1]=11;
 k=1; i = k + k++ ? 5 : 6; 
 k=0; a[k++] = k; print("V %d %d\n", a[0], a[1]);
 g=1; int z = g ? seti(&g,0) + g : 9; print("W %d\n", z);
 g=1; z = g + seti(&g,5); print("X %d\n", z);
 g=1; z = g - seti(&g,5); print("Y %d\n", z);
 g=1; z = g * 2 + seti(&g,5); print("a %d\n", z);
 g=1; z = g == seti(&g,5); print("b %d\n", z);
 a[0]=1; z = a[0] + seti(a,5); print("c %d\n", z);
 s1.x=1; z = s1.x + seti(&s1.x,5); print("d %d\n", z);
 long G; G=1; z = G + seti((int*)&G,5); print("e %d\n", z);
 static int st; st=1; z = st + seti(&st,5); print("f %d\n", z);
 g=1; z = g < seti(&g,5); print("g %d\n", z);
 g=1; print("h %d %d\n", g, seti(&g,5));
 g=1; print("i %d %d\n", seti(&g,5), g);
 const char*str="x"; print("j %s\n", (g=7, str));
 g=1; z = g & seti(&g,7); print("k %d\n", z);
 g=1; p = a + g; z = *(a + g) + seti(&g, 2); print("l %d\n", z);
}
