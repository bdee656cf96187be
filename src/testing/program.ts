import { randomInt } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createAssets, type Assets } from '../lib/assets.ts';
import { scratch } from './scratch.ts';

const root = join(import.meta.dirname, '../..');

/** The program as people run it: the bundle, in a process and a data directory of its own. */
export interface Program {
  url: string;
  port: number;
  dataDir: string;
  pid(): number;
  /** What it has printed. */
  output(): string;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Kills it and removes its data. */
  close(): Promise<void>;
}

/** The built pages, made when they are missing. */
export function builtAssets(): Assets {
  if (!existsSync(join(root, 'dist/main.js'))) spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
  return createAssets(join(root, 'dist'));
}

export async function startProgram(env: Record<string, string> = {}, dataDir = scratch()): Promise<Program> {
  builtAssets();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let output = '';
  let child: ChildProcess;

  async function boot() {
    // With the flags of scripts/start.
    child = spawn(process.execPath, ['--max-semi-space-size=4', 'dist/main.js', 'serve'], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', PORT: String(port), DATA_DIR: dataDir, TICK_MS: '100', MALLOC_ARENA_MAX: '2', ...env },
    });
    child.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`${url}/healthz`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the program did not start:\n${output}`);
  }
  async function kill(signal: NodeJS.Signals = 'SIGTERM') {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
  await boot();
  return {
    url, port, dataDir, pid: () => child.pid ?? 0, output: () => output, kill, restart: boot,
    async close() {
      await kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Below those that the kernel hands out: a fake that starts meanwhile must not get the port of a program that is down for a moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(15_000, 30_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => { server.close(resolve); });
    if (free) return port;
  }
  throw new Error('no port is free');
}
