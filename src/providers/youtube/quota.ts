import { momentOf, wallOf } from '../../domain/time/schedule.ts';
import type { Io } from '../contract.ts';

// developers.google.com/youtube/v3/determine_quota_cost, read 2026-11-23: since 2026-06-01 a project may make 100 calls of
// videos.insert a day, apart from the 10,000 units for everything else. Days end at midnight Pacific time.

const pacific = 'America/Los_Angeles';
const usualUploads = 100;

/** When the day of the quota ends that `now` is in (epoch ms), through summer time. */
export function dayEnd(now: number): number {
  const [year = 0, month = 1, day = 1] = wallOf(now, pacific).slice(0, 10).split('-').map(Number);
  const next = new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
  const midnight = momentOf(`${next}T00:00`, pacific);
  if (!midnight) throw new Error(`no midnight on ${next}`);
  return midnight.at;
}

/** Takes one of the uploads that all channels of this instance have together until midnight Pacific time. */
export async function spendUpload(io: Io): Promise<void> {
  await io.spend('uploads', { max: uploadsPerDay(io.setting('YOUTUBE_UPLOADS_PER_DAY')), until: dayEnd(io.now()) });
}

function uploadsPerDay(setting: string | undefined): number {
  const number = Number(setting ?? usualUploads);
  return Number.isSafeInteger(number) && number > 0 ? number : usualUploads;
}
