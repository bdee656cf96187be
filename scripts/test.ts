import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Runs every stage, also after one has failed, and counts: a stage without tests of its own (types, lint, build) is one.
const bin = (name: string) => join(import.meta.dirname, '../node_modules/.bin', name);
const counts = { passed: 0, failed: 0, skipped: 0 };

function run(title: string, command: string, args: string[]): boolean {
  process.stdout.write(`\n== ${title}\n`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'error' } }).status === 0;
}

function stage(title: string, command: string, args: string[]) {
  if (run(title, command, args)) counts.passed += 1;
  else counts.failed += 1;
}

stage('types', bin('tsc'), ['--noEmit']);
stage('lint', bin('oxlint'), ['--deny-warnings']);
stage('build', process.execPath, ['scripts/build.ts']);

const report = join(mkdtempSync(join(tmpdir(), 'postmaster-test-')), 'report.json');
const green = run('tests', process.execPath, [
  'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
]);
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  counts.passed += numPassedTests ?? 0;
  counts.failed += numFailedTests ?? 0;
  counts.skipped += (numPendingTests ?? 0) + (numTodoTests ?? 0);
  // A file that does not even load has no failed test, but the run is red.
  if (!green && numFailedTests === 0) counts.failed += 1;
} catch {
  counts.failed += 1;
}

process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
