import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import { crashEverywhere, publishOnce, trialOf } from '../testing/trial.ts';
import { faultMatrix } from '../testing/faults/faults.ts';
import { ProviderError } from './contract.ts';
import { fakeIo } from './fake/io.ts';
import type { Subject } from './subject.ts';

/** What every network must pass. Call it in the network's own test file. */
export function conformance(subject: Subject) {
  const { provider, connecting } = subject;

  describe(`${provider.id}: conformance`, () => {
    it('has sane data', () => {
      expect(provider.id).toMatch(/^[a-z][a-z-]*$/u);
      expect(provider.colour).toMatch(/^#[\da-f]{6}$/iu);
      expect(provider.capabilities.text.max).toBeGreaterThan(0);
      expect(provider.capabilities.settleMs).toBeGreaterThanOrEqual(0);
      expect(provider.options.safeParse({}).success).toBe(true);
      const names = provider.fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const field of provider.fields) {
        if (field.kind === 'select' && !field.loads) expect(field.choices?.length).toBeGreaterThan(0);
        for (const told of [field.when, field.barred?.by, ...(field.choices ?? []).map(({ barred }) => barred?.by)]) {
          for (let one = told; one; one = one.and) expect(names).toContain(one.field);
        }
        for (const name of field.needs?.oneOf ?? []) expect(names).toContain(name);
        for (const format of field.formats ?? []) expect(provider.capabilities.formats?.map(({ value }) => value)).toContain(format);
      }
      if (provider.capabilities.formats) expect(provider.options.safeParse({ format: 'no such format' }).success).toBe(false);
    });

    it('has a grant and options that survive being stored', async () => {
      const fake = await subject.start();
      try {
        const { grant } = subject.account(fake);
        expect(provider.grant.parse(JSON.parse(JSON.stringify(grant)))).toEqual(grant);
      } finally {
        await fake.close();
      }
      for (const { options = {} } of subject.cases) {
        const parsed = provider.options.parse(options) as Json;
        expect(provider.options.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
      }
    });

    if (connecting) it('connects with good input and blames the right field for bad input', async () => {
      const fake = await subject.start();
      const { connect } = provider;
      const { good, bad, pkce, approve, targets = 1 } = connecting;
      const io = fakeIo({ upstreams: fake.upstreams, ...(subject.settings && { settings: subject.settings }) });
      try {
        if (connect.kind === 'form') {
          const { account, grant } = await connect.verify(good, io);
          expect(account.id).toBeTruthy();
          expect(JSON.stringify(provider.grant.parse(grant))).not.toContain(good['password'] ?? 'no password');
          expect(connect.fields.map(({ name }) => name)).toContain(bad?.field);
          await expect(connect.verify(bad?.input ?? {}, io)).rejects.toMatchObject({ failure: { code: bad?.field } });
        } else if (connect.kind === 'oauth2') {
          const redirectUri = `https://post.example/integrations/social/${provider.id}`;
          const codeVerifier = 'a-verifier-of-at-least-forty-three-characters-long';
          const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
          const asked = { redirectUri, state: 'the-state', codeChallenge };
          const { url, memo } = await connect.authorizeUrl({ input: good, ...asked }, io);
          const { searchParams } = new URL(url);
          expect(searchParams.get('state')).toBe('the-state');
          expect(searchParams.get('code_challenge')).toBe(pkce === false ? null : codeChallenge);
          expect(searchParams.get('redirect_uri')).toBe(redirectUri);
          expect(bad?.field).toEqual(connect.fields.length > 0 ? expect.any(String) : undefined);
          if (bad) await expect(connect.authorizeUrl({ input: bad.input, ...asked }, io)).rejects.toMatchObject({ failure: { code: bad.field } });
          if (!approve) return;
          const code = await approve(fake, url);
          const { account, grant } = await connect.exchange({ code, redirectUri, codeVerifier, memo: JSON.parse(JSON.stringify(memo)) as Json }, io);
          expect(account.id).toBeTruthy();
          const stored = provider.grant.parse(JSON.parse(JSON.stringify(grant)));
          const reached = await provider.targets(stored, io);
          expect(reached).toHaveLength(targets);
          expect(new Set(reached.map(({ remoteId }) => remoteId)).size).toBe(targets);
          await expect(connect.exchange({ code: 'no-such-code', redirectUri, codeVerifier, memo }, io)).rejects.toBeInstanceOf(ProviderError);
        } else {
          throw new Error(`${connect.kind} takes no input`);
        }
      } finally {
        await fake.close();
      }
    });

    it('looks people up to mention, or says that it cannot', async () => {
      expect(provider.mentions !== undefined).toBe(subject.mention !== undefined);
      if (!provider.mentions || !subject.mention) return;
      const fake = await subject.start();
      try {
        const { grant } = subject.account(fake);
        const io = fakeIo({ upstreams: fake.upstreams, ...(subject.settings && { settings: subject.settings }) });
        const found = await provider.mentions(grant, subject.mention.typed, io);
        expect(found.map(({ text }) => text)).toEqual(subject.mention.texts);
        for (const { name, handle } of found) expect([name, handle]).toEqual([expect.stringMatching(/\S/u), expect.stringMatching(/^@\S/u)]);
        expect(await provider.mentions(grant, 'nobody is called this', io)).toEqual([]);
      } finally {
        await fake.close();
      }
    });

    it.each(subject.cases)('publishes: $name', async (of) => {
      const trial = await trialOf(subject, of);
      try {
        const publication = await publishOnce(trial);
        expect(publication).toMatchObject({ status: 'published', failure: null, failures: 0 });
        expect(publication.remoteId).toBeTruthy();
        expect(await trial.ledger()).toBe(of.visible);
        const steps = await trial.test.store.journal.stepsOf(trial.workspaceId, trial.publicationId);
        expect(steps.every(({ state }) => state === 'done')).toBe(true);
        expect(steps.filter(({ kind }) => kind === 'once').length).toBeGreaterThan(0);
      } finally {
        await trial.close();
      }
    });

    const sum = { deaths: 0, cells: 0, doubled: 0 };
    afterAll(() => { process.stdout.write(`${provider.id}: ${sum.deaths} deaths, ${sum.cells} fault cells, ${sum.doubled} doubled\n`); });

    it.each(subject.cases)('survives a death at every point: $name', async (of) => {
      const report = await crashEverywhere(subject, of);
      sum.deaths += report.deaths;
      sum.doubled += report.doubled;
      expect(report.astray).toEqual([]);
      expect(report.doubled).toBe(0);
      expect(report.deaths).toBeGreaterThanOrEqual(6);
      // Where the network can be asked, nobody has to be.
      if ((of.inDoubt ?? provider.capabilities.inDoubt) !== 'asks_a_person') expect(report.unconfirmed).toBe(0);
      // Who says that a person must be asked must not look and send again after all.
      if (of.inDoubt) expect(report.unconfirmed).toBeGreaterThan(0);
    }, 120_000);

    const thread = provider.capabilities.thread && subject.cases.find(({ parts }) => parts.length > 1);
    if (thread) it('lets the time pass that a part of a thread shall wait', async () => {
      const waiting = { ...thread, parts: thread.parts.map((part, n) => ({ ...part, ...(n > 0 && { waitMinutes: 7 }) })) };
      const trial = await trialOf(subject, waiting);
      try {
        const { clock, workspaceId, publicationId, test: { store } } = trial;
        const stops: number[] = [];
        let before = clock.now();
        const publication = await publishOnce(trial, async ({ reason, dueAt }) => {
          if (reason !== 'between_parts') return;
          stops.push(await trial.ledger());
          expect(dueAt - before).toBeGreaterThanOrEqual(7 * 60_000);
          before = dueAt;
        });
        expect(publication).toMatchObject({ status: 'published', failure: null, failures: 0 });
        expect(await trial.ledger()).toBe(waiting.visible);
        expect(stops).toHaveLength(waiting.parts.length - 1);
        expect(stops.every((seen, n) => seen > (stops[n - 1] ?? 0) && seen < waiting.visible)).toBe(true);
        expect((await store.journal.stepsOf(workspaceId, publicationId)).every(({ state }) => state === 'done')).toBe(true);
      } finally {
        await trial.close();
      }
    }, 60_000);

    it.each(provider.local ? [] : subject.cases)('sends nothing twice whatever the network does: $name', async (of) => {
      const cells = await faultMatrix(subject, of);
      sum.cells += cells.length;
      sum.doubled += cells.filter(({ ledger }) => ledger > of.visible).length;
      expect(cells.filter(({ ledger }) => ledger > of.visible)).toEqual([]);
      expect(cells.filter(({ problem }) => problem !== null)).toEqual([]);
      expect(cells.length).toBeGreaterThan(20);
    }, 240_000);
  });
}
