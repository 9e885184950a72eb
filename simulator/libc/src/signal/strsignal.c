#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[] = {
  [1] = "Hangup",
  [2] = "Interrupt",
  [3] = "Quit",
  [4] = "Illegal instruction",
  [5] = "Trace/breakpoint trap",
  [6] = "Aborted",
  [7] = "Bus error",
  [8] = "Floating point exception",
  [9] = "Killed",
  [10] = "User defined signal 1",
  [11] = "Segmentation fault",
  [12] = "User defined signal 2",
  [13] = "Broken pipe",
  [14] = "Alarm clock",
  [15] = "Terminated",
  [16] = "Stack fault",
  [17] = "Child exited",
  [18] = "Continued",
  [19] = "Stopped (signal)",
  [20] = "Stopped",
  [21] = "Stopped (tty input)",
  [22] = "Stopped (tty output)",
  [23] = "Urgent I/O condition",
  [24] = "CPU time limit exceeded",
  [25] = "File size limit exceeded",
  [26] = "Virtual timer expired",
  [27] = "Profiling timer expired",
  [28] = "Window changed",
  [29] = "I/O possible",
  [30] = "Power failure",
  [31] = "Bad system call",
};

const char *sigdescr_np(int signo) { return signo >= 0 && signo < (int)(sizeof texts / sizeof *texts) ? texts[signo] : 0; }

char *strsignal(int signo) {
  static _Thread_local char buffer[40];
  const char *text = sigdescr_np(signo);
  if (text) return (char *)text;
  if (signo >= SIGRTMIN && signo <= SIGRTMAX) sprintf(buffer, "Real-time signal %d", signo - SIGRTMIN);
  else sprintf(buffer, "Unknown signal %d", signo);
  return buffer;
}
