import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { atLeast } from '../../domain/role.ts';
import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import type { Channel } from '../../store/channels.ts';
import { reconnectHref } from '../channels/ways.ts';
import type { Look } from '../look.ts';
import type { Said } from '../page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { SaidLine } from '../ui/toast.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { listText } from '../words/words.ts';
import { MiniMonth, type MiniMonthProps } from './month.tsx';
import { PersonMenu } from './person.tsx';
import { Bar, Places } from './places.tsx';
import { For, RoleHere } from './role.tsx';
import { StatusStrip, type Strip } from './strip.tsx';
import { Switcher } from './switcher.tsx';

export interface FrameProps {
  current: string;
  workspace: { id: string; name: string; zone: string };
  /** Every workspace of this person, the present one included. */
  workspaces: readonly { id: string; name: string }[];
  person: { name: string; email: string };
  look: Look;
  /** True where this browser keeps the rail folded to icons. */
  folded: boolean;
  month: MiniMonthProps;
  csrf: string;
  strip: Strip;
  now: number;
  said: Said | null;
  /** The page's own address. */
  here: string;
  /** See `PageContent.pulse`. */
  pulse: string | undefined;
  /** Channels whose access ends within days. */
  endings: readonly Pick<Channel, 'id' | 'name' | 'provider' | 'connectionId' | 'disconnectedAlone' | 'expiresAt'>[];
  /** What else every page says on top: deletions that can still be undone, and `web/banners.tsx`. */
  banners: ComponentChildren;
  children: ComponentChildren;
}

/** A page with everything around it: the rail at the side, or on a phone a line on top and a bar at the foot. */
export function Frame(props: FrameProps) {
  const { current, workspace, csrf, said, here, pulse, endings, banners, children } = props;
  return (
    <>
      <a class="skip" href="#main">{t.skip}</a>
      <Rail {...props} />
      <main id="main" tabIndex={-1} data-pulse={pulse}>
        {said && <SaidLine said={said} csrf={csrf} here={here} />}
        {banners}
        <Endings endings={endings} zone={workspace.zone} here={here} />
        {children}
      </main>
      <Bar current={current} />
      <p id="announced" class="visually-hidden" role="status"></p>
    </>
  );
}

function Rail({ current, workspace, workspaces, person, look, folded, month, csrf, strip, now, here }: FrameProps) {
  return (
    <header class="rail">
      <div class="rail-inner">
        <Switcher workspace={workspace} workspaces={workspaces} csrf={csrf} />
        <For role="editor"><ButtonLink kind="primary" icon="write" class="compose" href="/posts/new" title={t.newPost}><span class="folds">{t.newPost}</span></ButtonLink></For>
        <a class="find" href="/posts?q=" data-open="palette" title={t.find}><Icon name="search" /><span class="folds">{t.find}</span><kbd class="folds" aria-hidden="true">{t.findKeys}</kbd></a>
        <Places current={current} />
        <MiniMonth {...month} />
        <div class="rail-foot">
          <StatusStrip strip={strip} zone={workspace.zone} now={now} />
          <div class="rail-last">
            <PersonMenu person={person} csrf={csrf} look={look} here={here} />
            <Form action="/frame/rail" csrf={csrf} class="fold-form">
              <input type="hidden" name="back" value={here} />
              <button class="fold-switch" name="rail" value={folded ? 'open' : 'folded'}>
                <span class="when-open"><Icon name="fold" /><span class="visually-hidden">{t.fold}</span></span>
                <span class="when-folded"><Icon name="unfold" /><span class="visually-hidden">{t.unfold}</span></span>
              </button>
            </Form>
          </div>
        </div>
      </div>
    </header>
  );
}

/** Access that ends soon, once for each connection, with everything that goes with it. */
function Endings({ endings, zone, here }: Pick<FrameProps, 'endings' | 'here'> & { zone: string }) {
  const admin = atLeast(useContext(RoleHere), 'admin');
  return (
    <>
      {[...Map.groupBy(endings, ({ connectionId }) => connectionId).values()].map(([first, ...more]) => first?.expiresAt != null && (
        <p class="banner" role="status">
          {rich(t.ends, {
            names: listText([first, ...more].map(({ name }) => name)), day: <Time at={first.expiresAt} zone={zone} />,
            again: (words) => <a href={admin ? reconnectHref(first, here) : `/channels#channel-${first.id}`}>{words}</a>,
          })}
        </p>
      ))}
    </>
  );
}
