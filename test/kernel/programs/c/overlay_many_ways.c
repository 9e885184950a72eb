/* run: {"uids": [0]} */
#include <stdlib.h>
#include <stdio.h>
int main(void) {
 const char *c[] = {
 "mount -t tmpfs t /mnt; cd /mnt; mkdir -p low/d low/e low2 up work m; echo 1 > low/f; echo 2 > low/d/g; echo 3 > low2/h; ln -s f low/s; chmod 640 low/f; touch -d @1000000 low/f",
 "cd /mnt; mount -t overlay ov -o lowerdir=low:low2,upperdir=up,workdir=work m; echo $?; cd m; ls -A; cat f h s; stat -c '%a %s %h %Y' f; stat -c %h d; df . | tail -1 | awk '{print $1,$6}'",
 "cd /mnt/m; chmod 600 f; stat -c '%a %Y' f ../low/f ../up/f; echo more >> h; cat h ../low2/h ../up/h; mkdir d/new; ls ../up/d; mv f renamed; ls -A . ../up; stat -c '%F %t,%T' ../up/f; mv renamed e/; ls e ../up/e; mv d d2; echo $?; mv e e2; echo $?; mkdir n; mv n n2; ls -d n2",
 "cd /mnt/m; ln h hard; stat -c %h h hard; rm -r d; ls -A; ls -lA ../up | awk 'NR>1{print $1,$NF}'; mkdir d; ls -A d; touch d/x; ls ../up/d ../low/d; rm s; ln -s h s; readlink s ../low/s; chown 5:5 hard; stat -c %u:%g h hard",
 "cd /mnt; umount m; ls m up; mount -t overlay ov -o lowerdir=up:low m; echo $?; ls -A m; touch m/x; echo $?; rm m/h; echo $?; umount m; mount -t overlay ov -o lowerdir=low m; echo $?; mount -t overlay ov -o upperdir=up m; echo $?; mount -t overlay ov -o lowerdir=/nope,upperdir=up,workdir=work m; echo $?; mount -t overlay ov -o lowerdir=low,upperdir=up m; echo $?; mount -t overlay ov -o lowerdir=low,bogus m; echo $?",
 "cd /mnt; mount -t overlay ov -o lowerdir=low,upperdir=up,workdir=work m; exec 3<m/hard; echo new > m/hard; cat <&3; cat m/hard; echo x > low/later; cat m/later; find m | sort; grep overlay /proc/self/mounts | tail -1 | cut -d' ' -f1-4 | grep -c upperdir; cd m; umount /mnt/m; echo $?; cd ..; exec 3<&-; umount m; ls -R up | head -20",
 "cd /mnt; rm -rf up work; mkdir up work; mount -t overlay ov -o lowerdir=low,upperdir=up,workdir=work m; cp -r m/d m/copy; rm -rf m/d; cp m/f m/f2; truncate -s 1 m/f; cat m/f; sed -i s/1/one/ m/f2; cat m/f2; mkdir m/d; touch m/d/z; ls m/d; mv m/d/z m/zz; rmdir m/d; ls -A m up; chroot m ls / 2>&1 | head -1; umount m",
 };
 for (unsigned i = 0; i < sizeof c / sizeof *c; i++) { printf("== %u\n", i); fflush(stdout); printf("-> %d\n", system(c[i]) >> 8); } return 0; }
