import type { Publication } from '../../domain/publication.ts';
import { createSend, type Send } from '../../lib/net-guard.ts';
import type { Fault } from '../../providers/fake/server.ts';
import type { Subject, SubjectCase } from '../../providers/subject.ts';
import { bootEngine, drive } from '../drive.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../trial.ts';

/** One fault on one call of one case. */
export interface Cell {
  call: string;
  fault: string;
  status: Publication['status'];
  ledger: number;
  /** What is wrong with how it ended, or null. */
  problem: string | null;
}

type Plan = { wire: Fault['kind'] } | { unsent: string };

/** The faults that a network is known to have, on the wire and before it. */
const plans: Record<string, Plan> = {
  'name not found': { unsent: 'ENOTFOUND' },
  'connection refused': { unsent: 'ECONNREFUSED' },
  'certificate refused': { unsent: 'CERT_HAS_EXPIRED' },
  'cut before it was handled': { wire: { cut: 'before' } },
  'cut after it was handled': { wire: { cut: 'after' } },
  'cut in the answer': { wire: { cut: 'body' } },
  'no answer': { wire: { silence: true } },
  'slow drip': { wire: { drip: 200 } },
  'unreadable 200': { wire: { lie: { status: 200, body: '<html>welcome</html>' } } },
  'empty 200': { wire: { lie: { status: 200, body: {} } } },
  '400 although created': { wire: { lie: { status: 400, body: { error: 'Invalid', message: 'Something is not right' } } } },
  '500 although created': { wire: { lie: { status: 500, body: 'oops' } } },
  '429 with Retry-After': { wire: { answer: { status: 429, headers: { 'retry-after': '7' }, body: {} } } },
  '429 without Retry-After': { wire: { answer: { status: 429, body: {} } } },
  ...Object.fromEntries([301, 401, 403, 408, 409, 422, 500, 502, 503, 504].map((status) =>
    [String(status), { wire: { answer: { status, body: status >= 500 ? 'down' : {} } } } satisfies Plan])),
};

/** Cells worked on at once: most of their time they wait for a platform that keeps silent. */
const atOnce = 6;
/** How long a call waits for a silent platform (ms). */
const patience = 400;

/** Each fault on each call that the case makes, every time from a fresh start. */
export async function faultMatrix(subject: Subject, of: SubjectCase): Promise<Cell[]> {
  const calls = await callsOf(subject, of);
  const open = calls.flatMap((call, n) => Object.entries(plans).map(([fault, plan]) => ({ call, n, fault, plan })));
  const cells: Cell[] = [];
  const work = async () => {
    for (let next = open.shift(); next; next = open.shift()) {
      const { call, n, fault, plan } = next;
      await withTrial(await trialOf(subject, of, patience), async (trial) => {
        const publication = await runWith(trial, n, plan);
        const ledger = await trial.ledger();
        cells.push({ call, fault, status: publication.status, ledger, problem: problemOf(publication, ledger, of.visible) });
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return cells;
}

async function callsOf(subject: Subject, of: SubjectCase): Promise<string[]> {
  const trial = await trialOf(subject, of);
  try {
    await publishOnce(trial);
    return trial.fake.calls.map(({ method, path }) => `${method} ${path}`);
  } finally {
    await trial.close();
  }
}

async function runWith(trial: Trial, nth: number, plan: Plan): Promise<Publication> {
  const { subject, fake, clock, test: { store } } = trial;
  const real = createSend(fake.upstreams);
  let count = 0;
  const send: Send = (url, options) => {
    if (count++ === nth) {
      if ('unsent' in plan) return Promise.reject(Object.assign(new Error(plan.unsent), { code: plan.unsent }));
      fake.fault({ kind: plan.wire });
    }
    return real(url, options);
  };
  return drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store, undefined, send), clock }), { ...trial, store });
}

function problemOf({ status, failure, remoteId, held }: Publication, ledger: number, visible: number): string | null {
  if (ledger > visible) return 'doubled';
  if (status === 'published') return ledger !== visible ? 'said to be published and is not' : remoteId ? null : 'published without an id';
  if (held) return null;
  if (status !== 'failed' && status !== 'unconfirmed') return `left as ${status}`;
  if (!failure?.message) return 'no reason given';
  if (failure.kind === 'rejected' && !failure.fix) return 'nothing to do about it';
  return null;
}
