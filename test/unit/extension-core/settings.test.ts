import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SettingName } from '../../../extension/contribution/settings.ts';
import { SETTINGS, usable } from '../../../extension/contribution/settings.ts';

describe('a setting as somebody wrote it', () => {
  it('is moved to the nearest limit', () => {
    assert.equal(usable('refreshInterval', 1), 500);
    assert.equal(usable('refreshInterval', 1e9), 60_000);
    assert.equal(usable('refreshInterval', 1500), 1500);
  });

  it('is the default when it is of another type', () => {
    assert.equal(usable('refreshInterval', '2000'), 1000);
    assert.equal(usable('refreshInterval', NaN), 1000);
    assert.equal(usable('defaultGrouping', 'colour'), 'type');
    assert.equal(usable('defaultGrouping', 'owner'), 'owner');
    assert.equal(usable('slowScan', 0), true);
    assert.equal(usable('slowScan', false), false);
  });

  it('is usable whatever was written', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.keys(SETTINGS) as SettingName[]), fc.anything(), (name, written) => {
      const spec = SETTINGS[name];
      const value: unknown = usable(name, written);
      assert.equal(typeof value, spec.type);
      if (spec.type === 'number') assert.ok((value as number) >= spec.minimum && (value as number) <= spec.maximum);
      if (spec.type === 'string') assert.ok((spec.enum as readonly unknown[]).includes(value));
    }), { seed: 4, numRuns: 300 });
  });
});
