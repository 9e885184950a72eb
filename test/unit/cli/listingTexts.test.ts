import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { listingTextsApart } from '../../../cli/listing_texts.ts';
import { LISTINGS } from '../../../simulator/kernel/listing.ts';
import type { Listing, ListingTexts } from '../../../simulator/kernel/listing.ts';
import '../../../simulator/kernel/computer.ts';
import '../../../simulator/kernel/index.ts';
import { inRoot } from '../../host/checkout.mjs';

interface Bundled { readonly LISTINGS: readonly Listing[]; readonly fillTexts: (texts: ListingTexts) => void }

describe('the texts of the kernel’s listings, in a file of their own', () => {
  it('are all there when they come back to a bundle that was built without them', async () => {
    const texts: ListingTexts[number][] = [];
    const { outputFiles } = await build({
      stdin: { contents: ['listing', 'computer', 'index'].map((name) => `export * from './${name}.ts';`).join('\n'), resolveDir: inRoot('simulator', 'kernel'), loader: 'ts' },
      bundle: true, format: 'esm', platform: 'node', write: false, plugins: [listingTextsApart(texts)],
    });
    const code = outputFiles[0]?.text ?? '';
    assert.ok(!code.includes('A new nsproxy is made for {p}.'), 'the texts are in the bundle');
    const bundled = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as Bundled;
    const shown = (all: readonly Listing[]): string[] => all.map(({ fn, file, lines }) => JSON.stringify([fn, file, lines.map(({ label, indent, text, what, why, span }) => [label, indent, text, what, why, span ?? null])])).sort();
    // other tests may have loaded more of the kernel than is bundled here
    const all = new Set(shown(LISTINGS));
    const known = (): number => shown(bundled.LISTINGS).filter((text) => all.has(text)).length;
    assert.ok(bundled.LISTINGS.length > 60 && known() < 10, `${known()} of ${bundled.LISTINGS.length}`);
    bundled.fillTexts(texts);
    assert.equal(known(), bundled.LISTINGS.length);
  });
});
