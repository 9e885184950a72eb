#include "prelude.h"
static double dv[] = {0.0,-0.0,1,-1,0.5,-0.5,1.5,2.5,-2.5,1e10,-1e10,2147483647.0,2147483648.0,-2147483648.0,-2147483649.0,4294967295.0,4294967296.0,9.2233720368547748e18,9.2233720368547758e18,-9.2233720368547758e18,1.8446744073709552e19,1e30,-1e30,1e308,1e-308,5e-324,3.14159265358979,1.0/3,16777217.0,33554435.0};
static void each(unsigned long a, unsigned long b, unsigned long c, unsigned long d, int n, ...) { mix(a); mix(b); mix(c); mix(d); mix(n); __builtin_va_list ap; __builtin_va_start(ap, n); for (int i = 0; i < 17; i++) mix(__builtin_va_arg(ap, unsigned)); __builtin_va_end(ap); }
int main(void) {
 volatile double z=0, inf=1/z, nan=z/z, nnan=-nan;
 print("%f %f %f %f %016lx %016lx\n", inf,-inf,nan,nnan,bits(nan),bits(nnan));
 double all[COUNT(dv)+4]; copy(all,dv,sizeof dv); all[COUNT(dv)]=inf; all[COUNT(dv)+1]=-inf; all[COUNT(dv)+2]=nan; all[COUNT(dv)+3]=nnan;
 int n=COUNT(dv)+4;
 for (int i=0;i<n;i++) { double a=all[i]; float f=a; print("%d: %d %ld %u %lu %d %d %d %d %08x %d %ld %u %lu | %016lx %f\n", i,(int)a,(long)a,(unsigned)a,(unsigned long)a,(short)a,(unsigned char)a,(signed char)a,(_Bool)a,bits32(f),(int)f,(long)f,(unsigned)f,(unsigned long)f,bits((double)f),a); }
 for (int i=0;i<n;i++) for (int j=0;j<n;j++) { double a=all[i],b=all[j]; float x=a,y=b; each(bits(a+b),bits(a-b),bits(a*b),bits(a/b),a<b,a<=b,a>b,a>=b,a==b,a!=b,bits32(x+y),bits32(x-y),bits32(x*y),bits32(x/y),x<y,x<=y,x>y,x>=y,x==y,x!=y,a&&b,!a||b); if(a<b) ; else if (a>=b) ; else mix(1); }
 print("%016lx\n", hash);
 long ls[]={0,1,-1,16777217,33554433,9007199254740993L,-9007199254740993L,0x7fffffffffffffffL,(long)0x8000000000000000L,0x7fffff4000000001L,0x7fffffbfffffffffL,36028797018963971L,1152921573326323713L};
 for (int i=0;i<COUNT(ls);i++) { unsigned long u=ls[i]; unsigned w=u; int k=u; print("%016lx %016lx %08x %08x %016lx %08x %016lx %08x\n", bits(ls[i]),bits(u),bits32(ls[i]),bits32(u),bits(w),bits32(w),bits(k),bits32(k)); }
 float s=0; for (int i=0;i<1000;i++) s+=0.1f; print("%f\n", s); double d=0; for (int i=0;i<1000;i++) d+=0.1; print("%f\n", d);
 d=5; d+=2; d*=3.5; d/=0.3; d-=1; print("%f\n",d); s=5; s+=2; s*=3.5; s/=0.3; s-=1; s++; ++s; s--; print("%f\n",s); int i=7; i*=1.5; i+=0.7; i/=0.3; print("%d\n",i); char c=100; c*=1.2; print("%d\n",c); unsigned char uc=200; uc+=55.9; print("%d\n",uc); long l=10; l*=0.35; print("%ld\n",l); d++; d--; print("%f %f\n",d++,++d);
 long double ld=1.5L; ld=ld*2+1; print("%Lf %zu\n", ld, sizeof ld); long double arr[3]={1,2,3}; print("%Lf\n", arr[0]+arr[1]*arr[2]);
 print("%d %d\n", (int)(0.1f==0.1), (int)(0.5f==0.5));
 float ff=16777216.0f; print("%f %f\n", ff+1, ff+1.0);
 return 0; }
