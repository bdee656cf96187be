import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { api } from './api.ts';
import { erase } from './erase.ts';
import { idle } from './idle.ts';
import { pages } from './pages.ts';

export interface Row {
  what: string;
  median: string;
  min: string;
  max: string;
  /** What others do of the same, for scale. */
  peers?: string;
}

const benches: Record<string, () => Promise<Row[]>> = { idle, api, erase, pages };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const results: Record<string, Row[]> = {};
for (const name of names) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.`);
  results[name] = await bench();
  console.log(`\n${name}`);
  console.table(results[name]);
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
