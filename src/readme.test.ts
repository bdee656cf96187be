import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readmePath, withTable } from '../scripts/networks-table.ts';
import { billingSettings } from './domain/billing/billing.ts';
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

  it('shows the pictures that the script makes, each by day and by night, small (npm run pictures)', () => {
    const folder = join(import.meta.dirname, '../docs/pictures');
    const made = readdirSync(folder).sort();
    const shown = Array.from(readme.matchAll(/docs\/pictures\/([\w-]+\.png)/gu), ([, name]) => name ?? '').sort();
    expect(shown).toEqual(made);
    expect(made.filter((name) => name.endsWith('-light.png')).map((name) => name.replace('-light', '-dark'))).toEqual(made.filter((name) => name.endsWith('-dark.png')));
    expect(made.filter((name) => statSync(join(folder, name)).size > 150 * 1024)).toEqual([]);
    const script = readFileSync(join(import.meta.dirname, '../scripts/readme-pictures.ts'), 'utf8');
    for (const name of new Set(made.map((file) => file.replace(/-(?:light|dark)\.png$/u, '')))) expect(script).toContain(`name: '${name}'`);
    // Whoever cannot see them is told what they show.
    expect(readme.match(/<img [^>]*alt="[^"]{20,}"/gu)).toHaveLength(made.length / 2);
  });
});
