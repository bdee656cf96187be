import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';

/** The network's own mark. */
export function Mark({ provider, name }: { provider: string; name?: string }) {
  return <img class="mark" src={`/assets/networks/${provider}.svg`} width={20} height={20} alt={name ?? ''} />;
}

/** Who speaks: the network's mark, the name beside it. */
export function ChannelName({ channel, provider }: { channel: Pick<Channel, 'name' | 'handle' | 'provider'>; provider: Provider | undefined }) {
  return (
    <span class="channel-name">
      <Mark provider={channel.provider} name={provider?.name ?? channel.provider} />
      <span class="channel-title">{channel.name}</span> <span class="handle">{channel.handle}</span>
    </span>
  );
}

/** Who speaks: the account's picture over its initials, which stay where there is none; the network's mark at the corner. */
export function Avatar({ channel: { id, name, provider, network, pictured } }: { channel: { id: string; name: string; provider: string; network: string; pictured: boolean } }) {
  return (
    <span class="face">
      <span class="initials" aria-hidden="true">{initialsOf(name)}</span>
      {pictured && <img class="avatar" src={`/channels/${id}/picture`} alt="" width={48} height={48} />}
      <Mark provider={provider} name={network} />
    </span>
  );
}

/** Two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => Array.from(word ?? '')[0] ?? '') : Array.from(words[0] ?? '?').slice(0, 2);
  return letters.join('').toUpperCase();
}
