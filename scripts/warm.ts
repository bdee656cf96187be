import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Starts what was built once on an empty data folder and stops it again, so that dist/cache holds what the engine makes of
// it: an image then starts as fast the first time as the second, though it cannot write there.

const port = '3999';
const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-warm-'));
const server = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js'), 'serve'], {
  env: { ...process.env, PORT: port, HOST: '127.0.0.1', DATA_DIR: dataDir }, stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(server, 'exit');
while (server.exitCode === null && !(await answers())) await pause(50);
server.kill('SIGINT');
const [code] = await ended;
rmSync(dataDir, { recursive: true, force: true });
if (code !== 0) throw new Error(`the program ended with ${String(code)} on its first start`);

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/login`)).ok;
  } catch {
    return false;
  }
}
