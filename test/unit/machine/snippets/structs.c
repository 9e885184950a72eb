#include "prelude.h"
struct b { unsigned a:3; int b:5; unsigned c:1; unsigned long d:40; signed e:2; _Bool f:1; unsigned g:31; short h:9; char i:4; long j:63;};
struct s1 { char c; }; struct s3 { char c[3]; }; struct s16 { long a,b; }; struct s100 { int a[25]; }; struct mix { char c; double d; short s; float f; long l[2]; struct s3 t; };
union u { int i; float f; char c[4]; long l; struct { short a, b; }; };
struct s1 f1(struct s1 a) { a.c++; return a; } struct s3 f3(struct s3 a) { a.c[1]='x'; return a; } struct s16 f16(struct s16 a, int k) { a.a+=k; a.b*=k; return a; } struct s100 f100(struct s100 a, struct s100 *p) { a.a[3]=p->a[4]; p->a[0]=99; return a; } struct mix fm(int x, struct mix m, double y, struct s1 z) { m.d+=y; m.l[1]=x; m.t.c[2]=z.c; return m; }
static struct b gb = {5,-3,1,0xabcdef1234,-1,1,12345,-100,7,-5};
struct node { struct node *next; int v; }; 
struct flex { int n; int data[]; };
static struct { int a; struct { int b, c; } in[2]; const char *s; } tab[] = { {1,{{2,3},{4,5}},"one"}, {.s="two",.in[1].c=7}, [3]={.a=9} };
int main(void) {
 struct b x; fill(&x,0,sizeof x); x.a=13; x.b=17; x.c=3; x.d=0x1234567890abcUL; x.e=2; x.f=4; x.g=-1; x.h=300; x.i=9; x.j=-1;
 print("%zu %u %d %u %lx %d %d %u %d %d %ld\n", sizeof x, x.a,x.b,x.c,(unsigned long)x.d,x.e,x.f,x.g,x.h,x.i,(long)x.j);
 unsigned char *p=(unsigned char*)&x; for (size i=0;i<sizeof x;i++) print("%02x",p[i]); print("\n");
 print("%d %d %d %d\n", x.a++, ++x.b, x.e--, --x.h); print("%d %d %d\n", x.a+=9, x.b-=30, x.i^=5); print("%d\n", (x.a=12)); print("%ld %ld\n", (long)(x.d+=5), (long)x.j++); 
 print("%u %d %lx %d %d\n", gb.a,gb.b,(unsigned long)gb.d,gb.h,gb.i);
 struct s1 a={'a'}; a=f1(a); struct s3 b={"abc"}; b=f3(b); struct s16 c={1,2}; c=f16(f16(c,3),5); struct s100 d={{0,1,2,3,4,5}}; struct s100 e=f100(d,&d); struct mix m={'m',1.5,3,2.5f,{1,2},{"xyz"}}; struct mix n=fm(7,m,2.25,a);
 print("%c %c %ld %ld %d %d %d %c %f %d %f %ld %ld %c %ld\n", a.c,b.c[1],c.a,c.b,d.a[0],e.a[3],e.a[0],n.c,n.d,n.s,n.f,n.l[0],n.l[1],n.t.c[2],m.l[1]);
 print("%ld %d\n", f16((struct s16){10,20},2).b, f100(d,&e).a[5]);
 union u u; u.l=0; u.f=1.0f; print("%x %d %d %zu\n", u.i, u.a, u.b, sizeof u);
 for (int i=0;i<4;i++) print("%d %d %d %d %d %s\n", tab[i].a,tab[i].in[0].b,tab[i].in[0].c,tab[i].in[1].b,tab[i].in[1].c,tab[i].s?tab[i].s:"null");
 struct node ns[5]; for (int i=0;i<5;i++) { ns[i].v=i*i; ns[i].next=i<4?&ns[i+1]:NULL; } int sum=0; for (struct node *q=ns;q;q=q->next) sum+=q->v; print("%d\n",sum);
 struct mix ma[3]; fill(ma,0,sizeof ma); struct mix *mp=ma; mp++; mp->l[0]=5; (mp+1)->d=2.5; mp[-1].f=1.5f; print("%ld %f %f %ld\n", ma[1].l[0],ma[2].d,ma[0].f,(long)(&ma[2]-ma));
 print("%zu %zu %zu %zu\n", __builtin_offsetof(struct mix,d),__builtin_offsetof(struct mix,l),sizeof(struct mix),sizeof(struct flex));
 int k=2; struct s16 sel = k>1 ? c : (struct s16){0,0}; print("%ld\n", sel.a); struct s16 *sp=&sel; *sp=c; sp->a++; struct s16 t; t=sel=*sp; print("%ld %ld\n",t.a,sel.a); print("%ld\n", (sel=c).b);
 int arr2[3][4]={{1,2,3,4},{5},{9,10}}; int (*row)[4]=arr2; print("%d %d %d %zu\n", row[1][0],(*(row+2))[1],arr2[0][5],sizeof arr2); int *flat=&arr2[0][0]; sum=0; for(int i=0;i<12;i++) sum+=flat[i]*i; print("%d\n",sum);
 char s[]="hello"; char s2[10]="abc"; char *sp2="literal"; print("%zu %s %s %s %d\n", sizeof s, s, s2, sp2, s2[9]);
 return 0; }
