import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import type { Provider, Setup } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';

/** One company, or one network that needs no app: what is asked of an account there, and what is kept of it. */
export interface NetworkText {
  id: string;
  /** e.g. the company with the networks behind it. */
  title: string;
  scopes: Setup['scopes'];
  privacy: Setup['privacy'];
  /** It tells us by itself when a person wants everything deleted. */
  calls: boolean;
}

export function networkTexts({ all }: Registry): NetworkText[] {
  const outside = all.filter(({ local }) => !local);
  const groups = Map.groupBy(outside, (provider) => provider.setup?.id ?? provider.id);
  return [...groups.values()].flatMap((providers) => {
    const [first] = providers;
    return first ? [textOf(first, providers)] : [];
  });
}

function textOf({ id, name, setup }: Provider, providers: readonly Provider[]): NetworkText {
  const names = providers.map((provider) => provider.name).join(', ');
  return {
    id: setup?.id ?? id, title: setup && providers.length > 1 ? `${setup.name} (${names})` : name,
    scopes: setup?.scopes ?? [], privacy: setup?.privacy,
    calls: providers.some(({ hooks }) => hooks !== undefined),
  };
}

/** What is kept where a network does not say more. */
const usuallyKept = t.usuallyKept;

export function NetworkPrivacy({ network: { id, title, scopes, privacy } }: { network: NetworkText }) {
  return (
    <section class="network-privacy" id={`network-${id}`}>
      <h3>{title}</h3>
      {scopes.length > 0 && (
        <>
          <p>{t.askedFor}</p>
          <dl class="scopes">{scopes.map(({ scope, why }) => <div><dt><code>{scope}</code></dt><dd>{why}</dd></div>)}</dl>
        </>
      )}
      <p>{t.kept((privacy?.kept ?? usuallyKept).join(', '))}</p>
      {privacy?.statements.map((statement) => <p>{statement}</p>)}
      <NetworkLinks links={[...(privacy?.revokeAt ? [privacy.revokeAt] : []), ...(privacy?.links ?? [])]} />
    </section>
  );
}

export function NetworkLinks({ links }: { links: readonly { label: string; url: string }[] }) {
  if (links.length === 0) return null;
  return <p class="help">{links.map(({ label, url }, n) => <>{n > 0 && ' · '}<a href={url} rel="noopener noreferrer">{label}</a></>)}</p>;
}
