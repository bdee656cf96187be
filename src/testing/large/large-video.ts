import { describe, expect, it } from 'vitest';
import type { Subject, SubjectCase } from '../../providers/subject.ts';
import { publishOnce, trialOf, withTrial } from '../trial.ts';

const megabyte = 1_000_000;

/**
 * A gigabyte goes out without being held in memory, and a connection that breaks in the middle costs less than sending all
 * of it again. `upload` matches the calls that carry the file; `again`: the platform's protocol has no way to go on.
 */
export function carriesLargeVideos(subject: Subject, of: SubjectCase, { upload, bytes = 1000 * megabyte, again = false }: { upload: RegExp; bytes?: number; again?: boolean }) {
  const sized = (size: number): SubjectCase => ({ ...of, parts: of.parts.map((part) => ({ ...part, videos: (part.videos ?? []).map((video) => ({ ...video, bytes: size })) })) });
  const large = sized(bytes);

  describe(`${subject.provider.id}: a video of ${bytes / megabyte} MB`, () => {
    // Garbage is collected when the machine sees fit: what is held shows every time, what merely lies around does not.
    it('is not held in memory', { timeout: 240_000, retry: 2 }, async () => {
      // What sending and receiving cost once, in a process that has done neither, is no matter of size.
      await withTrial(await trialOf(subject, sized(bytes / 5), 120_000), async (trial) => void (await publishOnce(trial)));
      await withTrial(await trialOf(subject, large, 120_000), async (trial) => {
        const watch = watchMemory();
        const publication = await publishOnce(trial);
        const grown = watch.end();
        expect(publication).toMatchObject({ status: 'published', failure: null });
        expect(await trial.ledger()).toBe(of.visible);
        expect(sent(trial.fake.calls, upload)).toBeGreaterThanOrEqual(bytes);
        process.stdout.write(`${subject.provider.id}: ${bytes / megabyte} MB sent, resident memory grew by ${Math.round(grown / megabyte)} MB\n`);
        expect(grown).toBeLessThan(64 * 1024 * 1024);
      });
    });

    it('goes on where it broke off', async () => {
      await withTrial(await trialOf(subject, large, 120_000), async (trial) => {
        // Break the call that passes the middle, after half of what it brings.
        let seen = 0;
        const cutAt = bytes / 2;
        trial.fake.breakUpload = (path, length) => {
          if (!upload.test(path) || length === 0) return undefined;
          const before = seen;
          seen += length;
          return before < cutAt && seen >= cutAt ? Math.floor(length / 2) : undefined;
        };
        const publication = await publishOnce(trial);
        expect(publication.status).toBe('published');
        expect(await trial.ledger()).toBe(of.visible);
        expect(trial.fake.calls.filter(({ status, path }) => status === 'cut' && upload.test(path))).toHaveLength(1);
        const total = sent(trial.fake.calls, upload);
        process.stdout.write(`${subject.provider.id}: broken in the middle, ${Math.round(total / megabyte)} MB sent in all\n`);
        if (!again) expect(total).toBeLessThan(bytes * 1.25);
      });
    }, 180_000);
  });
}

function sent(calls: readonly { path: string; bytes: number }[], upload: RegExp): number {
  return calls.filter(({ path }) => upload.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** How far the resident memory of this process rises above where it was. */
function watchMemory(): { end(): number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 20);
  return {
    end() {
      clearInterval(timer);
      return Math.max(most, process.memoryUsage.rss()) - before;
    },
  };
}
