import type { Saying } from '../../providers/contract.ts';
import type { Placed } from './place.ts';
import { lines, pageButton, pageUrl, problemsText, whenText } from './words.ts';

/** What is said of a draft that was sent on its way, or could not be. */
export function placedSaying(placed: Placed, id: string, intent: 'schedule' | 'now', { publicUrl, zone }: { publicUrl: string; zone: string }): Saying & { brief: string } {
  const open = (label: string, path: string) => ({ buttons: [pageButton(publicUrl, label, path)].filter((row) => row.length > 0) });
  const post = `/posts/${id}`;
  switch (placed.kind) {
    case 'placed': {
      const where = placed.channels.map(({ name }) => name).join(', ');
      const brief = intent === 'now' ? 'It goes out now.' : `Scheduled for ${whenText(placed.at, zone)}.`;
      return { brief, text: lines(intent === 'now' ? `It goes out now: ${where}.` : `Scheduled for ${whenText(placed.at, zone)}: ${where}.`, pageUrl(publicUrl, post)), ...open('Look at it', post) };
    }
    case 'before': {
      const when = placed.post.at === null ? '' : ` for ${whenText(placed.post.at, zone)}`;
      return { brief: 'It was scheduled already.', text: lines(`It was scheduled already${when}.`, pageUrl(publicUrl, post)), ...open('Look at it', post) };
    }
    case 'problems':
      return { brief: 'Something stands in the way.', text: problemsText(placed.problems, id, publicUrl), ...open('Mend it', `${post}/edit`) };
    case 'no_channels':
      return { brief: 'Choose channels first.', text: lines('No channel is chosen yet, so it is still a draft. Choose with /channels, then write /next.', pageUrl(publicUrl, `${post}/edit`)) };
    case 'changed':
      return { brief: 'It was changed since.', text: lines('This draft was changed in Post Master since. Send it from there:', pageUrl(publicUrl, post)), ...open('Open', post) };
    case 'gone':
      return { brief: 'This draft is gone.', text: 'This draft is gone: it was discarded.' };
  }
}
