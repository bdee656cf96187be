import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
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
      const brief = intent === 'now' ? t.goesOutNow : t.scheduledFor(whenText(placed.at, zone));
      return { brief, text: lines(intent === 'now' ? t.goesOutNowTo(where) : t.scheduledForTo(whenText(placed.at, zone), where), pageUrl(publicUrl, post)), ...open(t.lookAtIt, post) };
    }
    case 'before': {
      const said = placed.post.at === null ? t.scheduledAlready : t.scheduledAlreadyFor(whenText(placed.post.at, zone));
      return { brief: t.scheduledAlready, text: lines(said, pageUrl(publicUrl, post)), ...open(t.lookAtIt, post) };
    }
    case 'problems':
      return { brief: t.blocked, text: problemsText(placed.problems, id, publicUrl), ...open(t.mend, `${post}/edit`) };
    case 'no_channels':
      return { brief: t.channelsFirst, text: lines(t.channelsFirstHow, pageUrl(publicUrl, `${post}/edit`)) };
    case 'changed':
      return { brief: t.changedShort, text: lines(t.changedMeanwhile, pageUrl(publicUrl, post)), ...open(t.open, post) };
    case 'gone':
      return { brief: t.goneShort, text: t.gone };
  }
}
