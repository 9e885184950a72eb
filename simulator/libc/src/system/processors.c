#define _GNU_SOURCE
#include <sched.h>
#include <sys/sysinfo.h>
int get_nprocs(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) < 0 ? 1 : CPU_COUNT(&set);
}
int get_nprocs_conf(void) { return get_nprocs(); }
long get_phys_pages(void) {
  struct sysinfo info;
  return sysinfo(&info) < 0 ? -1 : (long)(info.totalram / 4096 * info.mem_unit);
}
long get_avphys_pages(void) {
  struct sysinfo info;
  return sysinfo(&info) < 0 ? -1 : (long)(info.freeram / 4096 * info.mem_unit);
}
