import * as z from 'zod';
import { ProviderError, type Composing, type Io } from '../contract.ts';
import { errors } from './errors.ts';
import { usualCategories } from './options.ts';
import { lasting, type Grant } from './session.ts';
import { isAudited } from './setup.ts';
import { channelAt, isVerified, limitsOf, nameOf } from './targets.ts';
import { categories } from './wire.ts';

/** What the channel may do now. What cannot be asked is left out, and said, but for a refused grant: that is the engine's. */
export async function composing(grant: Grant, _target: { remoteId: string }, io: Io): Promise<Composing> {
  const notices = isAudited(io) ? [] : [unaudited];
  const accessToken = lasting(grant, io);
  try {
    const channel = await channelAt(accessToken, io);
    if (!channel) return { notices };
    const { medium, default: small } = channel.snippet.thumbnails ?? {};
    return {
      account: { name: nameOf(channel), avatarUrl: medium?.url ?? small?.url ?? null },
      choices: { category: await categoriesIn(channel.snippet.country ?? 'US', accessToken, io) },
      limits: limitsOf(channel),
      notices: [...notices, ...(isVerified(channel) ? [] : [unverified])],
    };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind === 'auth') throw error;
    return { notices: [...notices, unasked] };
  }
}

const unaudited = 'YouTube has not audited the Google project of this instance. Until it has, YouTube locks every video that is uploaded here as private, and it must be uploaded again afterwards.';

const unverified = 'The phone number of this channel is not verified at YouTube. Until it is (youtube.com/verify), videos may last 15 minutes and have no thumbnail of their own.';

const unasked = 'YouTube could not be asked what this channel may do just now.';

const keptMs = 7 * 24 * 60 * 60 * 1000;
const choices = z.array(z.object({ value: z.string(), label: z.string() })).min(1);
const noted = z.object({ at: z.number(), choices });

/** What videos can be assigned to in a region; asked once a week for everybody. One unit of the quota. */
async function categoriesIn(region: string, accessToken: string, io: Io): Promise<z.infer<typeof choices>> {
  const key = `categories/${region}`;
  const { data: known } = noted.safeParse(await io.notes.get(key));
  if (known && io.now() - known.at < keptMs) return known.choices;
  const { items } = (await io.http({
    method: 'GET', url: 'https://www.googleapis.com/youtube/v3/videoCategories', query: { part: 'snippet', regionCode: region, hl: 'en' }, bearer: accessToken, errors,
  })).read(categories);
  const assignable = items.filter(({ snippet }) => snippet.assignable).map(({ id, snippet }) => ({ value: id, label: snippet.title }));
  const usual = usualCategories[0]?.value;
  // The first one counts when nobody chooses.
  const ordered = [...assignable.filter(({ value }) => value === usual), ...assignable.filter(({ value }) => value !== usual).sort((a, b) => a.label.localeCompare(b.label, 'en'))];
  if (ordered.length === 0) return [...usualCategories];
  await io.notes.put(key, { at: io.now(), choices: ordered });
  return ordered;
}
