// Takes README.md's picture: `npm run build && npx -c 'node test/ui/readmePicture.ts'`, as root. Not a test.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { inRoot } from '../host/checkout.mjs';
import { until } from '../kernel/world/until.ts';
import { make } from './made.ts';
import { Session } from './session.ts';

const db = await make({ unshare: ['--uts', '--net', '--ipc'], hostname: 'db' });
const build = await make({ unshare: ['--uts', '--mount'], hostname: 'build' });
// a net namespace that only a bind mount holds, in a mount namespace of its own so that the host's /run stays as it is
const blue = spawn('unshare', ['--mount', 'sh', '-c', `mount -t tmpfs none /run && mkdir /run/netns && : > /run/netns/blue
  && unshare --net mount --bind /proc/self/ns/net /run/netns/blue && echo ready && exec sleep infinity`.replaceAll('\n', ' ')], { stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
blue.stdout.on('data', (text: Buffer) => { said += text.toString(); });
await until('the bind mount', () => said.includes('ready'));
// a uts namespace that only our own descriptor holds
const short = await make({ unshare: ['--uts'], hostname: 'gone' });
const held = openSync(`/proc/${short.pid}/ns/uts`, 'r');
await short.end();

const vs = new Session({ size: { width: 980, height: 600 }, settings: { 'nslab.markChangesFor': 0, 'window.commandCenter': false, 'workbench.layoutControl.enabled': false } });
try {
  await vs.start();
  const sash = vs.page.locator('.monaco-sash.vertical').nth(1);
  await vs.tree.row(`uts ${db.inode('uts')}`).waitFor();
  const box = await sash.boundingBox();
  if (box) {
    await vs.page.mouse.move(box.x + 1, 300);
    await vs.page.mouse.down();
    await vs.page.mouse.move(560, 300, { steps: 10 });
    await vs.page.mouse.up();
  }
  await vs.tree.row(/bind mount \/run\/netns\/blue/).first().waitFor();
  await vs.tree.hover(/bind mount \/run\/netns\/blue/);
  await vs.page.screenshot({ path: inRoot('media', 'sidebar.png') });
  console.log(`media/sidebar.png: ${readFileSync(inRoot('media', 'sidebar.png')).length} bytes`);
} finally {
  await vs.stop();
  closeSync(held);
  blue.kill();
  await db.end();
  await build.end();
}
