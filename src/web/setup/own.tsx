import type { Problem } from '../../domain/limits.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { ZoneField } from '../ui/select.tsx';
import { placeOf } from '../words/time.tsx';

/** What the workspace is called, and in which zone it plans. */
export function WorkspaceForm({ csrf, typed: { name, zone }, problems }: { csrf: string; typed: { name: string; zone: string }; problems: readonly Problem[] }) {
  return (
    <Form action="/setup/workspace" csrf={csrf} class="setup-form">
      <TextField name="name" label={t.workspace.name} value={name} problems={problems} autocomplete="off" required />
      <ZoneField zone={zone} help={zone === 'UTC' ? t.workspace.zoneUtc : t.workspace.zoneHelp(placeOf(zone))} problems={problems} />
      <Button kind="primary">{t.workspace.save}</Button>
    </Form>
  );
}

/** Somebody who joins others may find many channels: so many are enough to begin with. */
const mostShown = 6;

/** To the composer, with a channel chosen. */
export function FirstPost({ channels, providers, scheduled }: { channels: readonly Channel[]; providers: Registry; scheduled: boolean }) {
  if (channels.length === 0) return <Empty action={<ButtonLink href="/setup/networks">{t.post.connect}</ButtonLink>}>{t.post.none}</Empty>;
  return (
    <>
      {scheduled && <p class="flash" role="status">{t.post.done}</p>}
      <ul class="setup-channels">
        {channels.slice(0, mostShown).map((channel) => (
          <li>
            <a href={`/posts/new?channel=${channel.id}`}>
              <Avatar channel={{ ...channel, network: providers.get(channel.provider)?.name ?? channel.provider, pictured: channel.avatarUrl !== null }} />
              <span><strong>{t.post.write(channel.name)}</strong> <span class="handle">{channel.handle}</span></span>
            </a>
          </li>
        ))}
      </ul>
      {channels.length > mostShown && <p class="setup-act"><ButtonLink href="/posts/new">{t.post.others(channels.length - mostShown)}</ButtonLink></p>}
    </>
  );
}
