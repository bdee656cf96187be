import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readmePath, withTable } from '../scripts/networks-table.ts';
import { billingSettings } from './domain/billing.ts';
import { providers } from './providers/all.ts';

const readme = readFileSync(readmePath, 'utf8');

describe('the README', () => {
  it('has the table of networks as the networks are (npm run readme)', () => {
    expect(readme).toBe(withTable(readme));
    for (const { name } of providers) expect(readme).toContain(`| ${name} |`);
  });

  it('names every setting of every network, and of selling', () => {
    const settings = [...providers.flatMap(({ setup }) => setup?.settings ?? []), ...billingSettings].map(({ env }) => env);
    expect(settings.filter((env) => !readme.includes(`\`${env}\``))).toEqual([]);
  });
});
