import { strict as assert } from 'node:assert';
import { systemFiles } from '../../../cli/system_files.ts';
import { runProgram } from '../../../simulator/run/session.ts';
import { BadState, parseState } from '../../../simulator/run/state_file.ts';

/** A container with two processes beside the machine's own. */
const STATE = {
  'nslab-state': 1,
  namespaces: [
    { type: 'user', inode: 100, initial: true }, { type: 'pid', inode: 101, initial: true }, { type: 'uts', inode: 102, initial: true, hostname: 'metal' },
    { type: 'mnt', inode: 103, initial: true, mounts: ['20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw'] },
    { type: 'pid', inode: 201, owner: 100, parent: 101 }, { type: 'uts', inode: 202, hostname: 'web' },
    { type: 'mnt', inode: 203, mounts: ['60 59 0:60 / / rw,relatime - overlay overlay rw', '61 60 0:61 / /proc rw,nosuid,nodev,noexec - proc proc rw', '62 60 0:62 / /with\\040blank ro - tmpfs tmpfs rw'] },
  ],
  tasks: [
    { pid: 1, ppid: 0, comm: 'systemd', cmdline: ['/sbin/init'], ns: { pid: 101, uts: 102, mnt: 103 } },
    { pid: 900, ppid: 1, comm: 'shim', ns: { pid: 101, uts: 102, mnt: 103 } },
    { pid: 1010, ppid: 900, pids: [1010, 1], comm: 'nginx', ns: { pid: 201, pid_for_children: 201, uts: 202, mnt: 203 } },
    { pid: 1011, ppid: 1010, pids: [1011, 8], comm: 'nginx', uid: 101, ns: { pid: 201, pid_for_children: 201, uts: 202, mnt: 203 } },
    { pid: 7001, ppid: 1, comm: 'agent', uid: 1000, ns: { pid: 101, uts: 102, mnt: 103 } },
  ],
};

const HEAD = '#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <sched.h>\n#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/wait.h>\n#include <unistd.h>\n';

function run(body: string, uid: 0 | 1000 = 0): string {
  const files = { read: (name: string) => (name === 'prog.c' ? Buffer.from(`${HEAD}int main(void) { int r;\n${body}\n}`) : null) };
  const result = runProgram({
    system: systemFiles(), program: { file: 'prog.c', files }, args: [], uid, kernel: '6.18', privateRoot: false, tty: false, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [],
    limits: { statements: 5_000_000, instructions: 500_000_000, tasks: 40, memory: 64 << 20, output: 1 << 20 }, trace: 'off', state: parseState(JSON.stringify(STATE)),
  });
  assert.ok('exit' in result, JSON.stringify(result));
  assert.deepEqual([result.exit, result.signal, result.limits], [0, null, []]);
  return Buffer.from(result.stdout).toString();
}

const JOIN = 'int fd[3]; const char *types[] = { "uts", "mnt", "pid" }; for (int i = 0; i < 3; i++) { char path[64]; sprintf(path, "/proc/1010/ns/%s", types[i]); fd[i] = open(path, O_RDONLY); } for (int i = 0; i < 3; i++) if (setns(fd[i], 0)) perror(types[i]);\n';

describe('a program that starts from a state', function () {
  // the first one compiles the libc
  this.timeout(180_000);

  it('joins a container as docker exec does, and is its newest process', () => {
    assert.equal(run(`${JOIN} if (fork() == 0) { printf("%d\\n", (int)getpid()); fflush(stdout); execlp("sh", "sh", "-c", "hostname; ls /proc | grep -c '^[0-9]'; tail -1 /proc/self/mountinfo; cat /proc/8/comm", (char *)0); } wait(0); return 0;`),
      '9\nweb\n5\n16 14 0:15 / /with\\040blank ro - tmpfs tmpfs rw\nnginx\n');
  });

  it('ends its processes by signals; with process 1 of the PID namespace all of them, and nobody can be born there any more', () => {
    assert.equal(run('printf("%d\\n", kill(1011, SIGTERM)); usleep(1000); r = kill(1011, 0); printf("%d %s\\n", r, strerror(errno)); printf("%d\\n", kill(1010, SIGTERM)); usleep(1000); printf("%d\\n", kill(1010, 0)); return 0;'),
      '0\n-1 No such process\n0\n0\n', 'an init without handlers takes SIGTERM from outside as others do');
    assert.equal(run(`${JOIN} kill(1010, SIGKILL); usleep(1000); printf("%d %d\\n", kill(1010, 0), kill(1011, 0)); r = fork(); printf("%d %s\\n", r, strerror(errno)); return 0;`), '-1 -1\n-1 Cannot allocate memory\n');
  });

  it('keeps an ordinary user out, as the machine would', () => {
    assert.equal(run('int fd = open("/proc/1010/ns/uts", O_RDONLY); printf("%d %s\\n", fd, strerror(errno)); fd = open("/proc/7001/ns/uts", O_RDONLY); printf("%d\\n", fd > 0); r = setns(fd, 0); printf("%d %s\\n", r, strerror(errno)); r = kill(1011, 9); printf("%d %s\\n", r, strerror(errno)); return 0;', 1000),
      '-1 Permission denied\n1\n-1 Operation not permitted\n-1 Operation not permitted\n');
  });

  it('waits for its own children only, and is told its own number', () => {
    assert.equal(run('printf("%d %d\\n", (int)getpid(), (int)getppid()); int pid = fork(); if (pid == 0) _exit(3); int status; r = wait(&status); printf("%d %d\\n", r == pid, WEXITSTATUS(status)); printf("%d\\n", wait(0)); return 0;'), '7002 7000\n1 3\n-1\n');
  });
});

describe('the file of a state', () => {
  const bad = (change: (state: typeof STATE & Record<string, unknown>) => void): string => {
    const state = structuredClone(STATE);
    change(state);
    try {
      parseState(JSON.stringify(state));
    } catch (error) {
      assert.ok(error instanceof BadState);
      return error.message;
    }
    return 'accepted';
  };

  it('says where and what is wrong', () => {
    assert.equal(bad(() => undefined), 'accepted');
    assert.equal(bad((state) => { Object.assign(state, { 'nslab-state': 2 }); }), 'nslab-state: must be 1');
    assert.equal(bad((state) => { Object.assign(state, { tasks: 3 }); }), 'tasks: must be a list');
    assert.equal(bad((state) => { Object.assign(state.tasks[2] ?? {}, { pids: [1010, -1] }); }), 'tasks[2].pids[1]: must be a number from 0 to 4194304');
    assert.equal(bad((state) => { Object.assign(state.tasks[2] ?? {}, { ns: { pid: 'x' } }); }), 'tasks[2].ns.pid: must be a number from 0 to 9007199254740991');
    assert.equal(bad((state) => { Object.assign(state.namespaces[5] ?? {}, { type: 'utz' }); }), 'namespaces[5].type: must be one of net, uts, ipc, pid, user, mnt, cgroup, time');
    assert.equal(bad((state) => { Object.assign(state.namespaces[6] ?? {}, { mounts: ['60 59 / /'] }); }), 'namespaces[6].mounts[0]: must be a line of mountinfo');
    assert.equal(bad((state) => { Object.assign(state.namespaces[5] ?? {}, { inode: 102 }); }), 'namespaces[5]: there are two: uts 102');
    assert.equal(bad((state) => { Object.assign(state.tasks[0] ?? {}, { comm: 'a\0b' }); }), 'tasks[0].comm: must be a text of at most 4096 characters');
    assert.throws(() => parseState('{'), BadState);
    assert.throws(() => parseState('[]'), /must be an object/);
    assert.throws(() => parseState('null'), /must be an object/);
  });
});
