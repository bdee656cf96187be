import type { Found, Io, Job } from '../contract.ts';
import { errors } from './errors.ts';
import type { Options } from './options.ts';
import { resourceOf } from './resource.ts';
import type { Session } from './resumable.ts';
import { fresh, type Grant } from './session.ts';
import { channelAt } from './targets.ts';
import { uploads, type Upload } from './wire.ts';

const tolerance = 60_000;
const mostPages = 5;

/**
 * Looks for the video among the channel's own uploads, where its session no longer answers. It is younger than the session,
 * by Google's clock alone, and has its title; one that has its title but another description a person must look at. Two
 * alike cannot be told apart.
 */
export async function look(job: Job<Grant, Options>, { at }: Session, io: Io): Promise<Found<{ id: string }>> {
  const accessToken = await fresh(job.grant, io);
  const channel = await channelAt(accessToken, io);
  const playlistId = channel?.id === job.target.remoteId ? channel.contentDetails?.relatedPlaylists.uploads : undefined;
  if (playlistId === undefined) return 'unknown';
  const { title, description } = resourceOf(job).snippet;
  const alike: Upload[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const listed = (await io.http({
      method: 'GET', url: 'https://www.googleapis.com/youtube/v3/playlistItems', bearer: accessToken, errors,
      query: { part: 'snippet,contentDetails', playlistId, maxResults: 50, pageToken },
    })).read(uploads);
    const young = listed.items.filter(({ snippet }) => Date.parse(snippet.publishedAt) >= at - tolerance);
    alike.push(...young.filter(({ snippet }) => words(snippet.title) === words(title)));
    pageToken = listed.nextPageToken;
    // Newest first: an older one ends it.
    if (pageToken === undefined || young.length < listed.items.length) return theOneOf(alike, description);
  }
  return 'unknown';
}

function theOneOf(alike: readonly Upload[], description: string): Found<{ id: string }> {
  if (alike.length === 0) return 'absent';
  const [same, ...more] = alike.filter(({ snippet }) => words(snippet.description) === words(description));
  return same && more.length === 0 ? { found: { id: same.contentDetails.videoId } } : 'unknown';
}

/** Texts may come back with other line ends and without outer space. */
function words(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
