// @ts-check
// Draws media/icon.png from media/icon.svg: `node test/host/draw-icon.mjs`, after the SVG changed.
// The Marketplace and the extensions view want a bitmap of at least 128 × 128.
import { readFileSync } from 'node:fs';
import { startBrowser } from './browser.mjs';
import { inRoot } from './checkout.mjs';

const side = 256;
const browser = await startBrowser({ size: { width: side, height: side } });
await browser.page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${readFileSync(inRoot('media', 'icon.svg'), 'utf8')}`);
await browser.page.screenshot({ path: inRoot('media', 'icon.png'), omitBackground: true });
await browser.stop();
