import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';

/** The network's own mark. */
export function Mark({ provider, name }: { provider: string; name?: string }) {
  return <img class="mark" src={`/assets/networks/${provider}.svg`} width={20} height={20} alt={name ?? ''} />;
}

/** Who speaks: initials with the network's mark, the name beside it. */
export function ChannelName({ channel, provider }: { channel: Pick<Channel, 'name' | 'handle' | 'provider'>; provider: Provider | undefined }) {
  return (
    <span class="channel-name">
      <Mark provider={channel.provider} name={provider?.name ?? channel.provider} />
      <span class="channel-title">{channel.name}</span> <span class="handle">{channel.handle}</span>
    </span>
  );
}
