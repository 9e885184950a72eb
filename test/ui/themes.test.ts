import { statSync } from 'node:fs';
import { it } from 'mocha';
import { themes } from '../host/code-server.mjs';
import { inVsCode } from './session.ts';

inVsCode('the side bar in other themes', {}, (vs) => {
  for (const name of ['light', 'hc', 'hcLight'] as const) {
    it(`is drawn in ${themes[name].label}`, async () => {
      await vs.tree.row(`uts ${statSync('/proc/self/ns/uts').ino}`).waitFor();
      await vs.workbench.theme(themes[name].label);
      await vs.shot(`sidebar-type-${name}-1600`);
    });
  }
});
