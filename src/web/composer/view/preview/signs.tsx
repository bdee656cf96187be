import heart from 'lucide-static/dist/esm/icons/heart.mjs';
import reply from 'lucide-static/dist/esm/icons/message-circle.mjs';
import repost from 'lucide-static/dist/esm/icons/repeat-2.mjs';
import thumb from 'lucide-static/dist/esm/icons/thumbs-up.mjs';
import down from 'lucide-static/dist/esm/icons/thumbs-down.mjs';
import views from 'lucide-static/dist/esm/icons/eye.mjs';
import save from 'lucide-static/dist/esm/icons/bookmark.mjs';
import share from 'lucide-static/dist/esm/icons/share.mjs';
import send from 'lucide-static/dist/esm/icons/send.mjs';
import up from 'lucide-static/dist/esm/icons/arrow-big-up.mjs';
import downVote from 'lucide-static/dist/esm/icons/arrow-big-down.mjs';
import react from 'lucide-static/dist/esm/icons/face-slightly-smiling-plus.mjs';
import star from 'lucide-static/dist/esm/icons/star.mjs';
import more from 'lucide-static/dist/esm/icons/ellipsis.mjs';
import sound from 'lucide-static/dist/esm/icons/disc-3.mjs';
import type { Shape, Sign } from '../../../../domain/channels/appearance.ts';
import { Drawing, drawingOf } from '../../../ui/icon.tsx';

const taken: Record<Sign, readonly string[]> = {
  reply: [reply], repost: [repost], like: [heart], thumb: [thumb], down: [down], views: [views], save: [save], share: [share], send: [send],
  vote: [up, downVote], react: [react], star: [star], more: [more], sound: [sound],
};

const drawings = new Map(Object.entries(taken).map(([sign, all]) => [sign, all.map(drawingOf)]));

/** What people could press there, as quiet shapes: nothing here can be pressed, and nobody is read a list of it. */
export function Signs({ shape: { signs, signsAt } }: { shape: Pick<Shape, 'signs' | 'signsAt'> }) {
  if (signs.length === 0) return null;
  return (
    <div class={`shown-signs ${signsAt}`} aria-hidden="true">
      {signs.map((sign) => <span class={`sign is-${sign}`} key={sign}>{drawings.get(sign)?.map((svg) => <Drawing svg={svg} />)}</span>)}
    </div>
  );
}
