import { callbackUrl } from '../../actions/channels/connect.ts';
import type { Finding } from '../../domain/channels/finding.ts';
import type { Problem } from '../../domain/limits.ts';
import { findingTexts } from '../../domain/texts/settings/findings.ts';
import { networkTexts as t } from '../../domain/texts/settings/networks.ts';
import type { SetupGroup } from '../../providers/setups.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/instance/settings.ts';
import type { View } from '../page.tsx';
import { Mark } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton, ButtonLink } from '../ui/button.tsx';
import { CopyField } from '../ui/copy.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { FilledText, type Filling } from './fill.tsx';
import { Findings } from './findings.tsx';
import { NetworkForm } from './network-form.tsx';
import { stateOf, type NetworkState } from './network-state.ts';
import { ReviewKit, SelfCheck } from './review-kit.tsx';

export interface NetworkCardProps {
  group: SetupGroup;
  state: NetworkState;
  settings: Settings;
  filling: Filling;
  /** Who saved the values last, and when. */
  savedBy: { name: string; at: number } | null;
  standing: readonly Finding[];
  reach: Check | undefined;
  /** How its bot is heard, where it has one. */
  hearing: Check | undefined;
  /** How many channels of these networks are connected, everywhere. */
  channels: number;
  typed: Readonly<Record<string, string>> | null;
  problems: readonly Problem[];
  page: View;
}

/** One company's card: from what it costs to what its reviewers ask. */
export function NetworkCard(props: NetworkCardProps) {
  const { group: { setup, providers }, state, filling, standing, reach, page } = props;
  const base = `/settings/networks/${setup.id}`;
  const outside = setup.pulls === true || setup.review !== undefined;
  const { text, tone } = stateOf(state);
  return (
    <article class="network-card">
      <PageHead
        title={<><span class="row-marks">{providers.map(({ id, name }) => <Mark provider={id} name={name} />)}</span> {setup.name}</>}
        beside={<Badge tone={tone}>{text}</Badge>}
      >
        <ButtonLink href="/settings/networks" kind="quiet">{t.all}</ButtonLink>
      </PageHead>
      <p class="lead">{setup.cost}</p>
      {(!state.ready || state.reach === 'own') && <p class="help state-help">{state.ready ? t.stateHelp.own : t.stateHelp.toSet}</p>}
      <nav class="on-this-page" aria-label={t.onThisPage}>
        <a href="#steps">{t.steps.title}</a> <a href="#scopes">{t.scopes}</a> <a href="#values">{t.values.title}</a>
        {setup.review && <a href="#review">{t.review.title}</a>} {outside && <a href="#self-check">{t.selfCheck.title}</a>}
      </nav>
      <section id="steps">
        <h2>{t.steps.title}</h2>
        <ol class="steps">{setup.steps.map((step) => <li><FilledText text={step} filling={filling} /></li>)}</ol>
        <p><ButtonLink href={setup.console.url} rel="noopener noreferrer">{t.steps.open(setup.console.label)}</ButtonLink></p>
      </section>
      <Addresses {...props} />
      <section id="scopes">
        <h2>{t.scopes}</h2>
        <dl class="scopes">{setup.scopes.map(({ scope, why }) => <div><dt><code>{scope}</code></dt><dd>{why}</dd></div>)}</dl>
      </section>
      <Values {...props} base={base} />
      {providers.some(({ connect }) => connect.kind === 'bot') && <Hearing {...props} />}
      {setup.review && <ReviewKit review={setup.review} filling={filling} base={base} state={state} csrf={page.csrf} zone={page.workspace.zone} />}
      {outside && <SelfCheck action={`${base}/check`} csrf={page.csrf} standing={standing} reach={reach} zone={page.workspace.zone} />}
    </article>
  );
}

function Addresses({ group: { setup, providers }, filling }: NetworkCardProps) {
  const callbacks = providers.filter(({ connect }) => connect.kind === 'oauth2');
  const addresses = setup.addresses ?? [];
  if (callbacks.length + addresses.length === 0) return null;
  return (
    <section>
      <h2>{t.addresses.title}</h2>
      {!filling.publicUrl.startsWith('https:') && <p class="needs-you">{t.addresses.notFinal(filling.publicUrl)}</p>}
      {callbacks.map((provider) => <CopyField name={`callback-${provider.id}`} label={t.addresses.callback(provider.name)} value={callbackUrl(filling.publicUrl, provider)} />)}
      {addresses.map(({ label, path }, n) => <CopyField name={`address-${n}`} label={label} value={`${filling.publicUrl}${path}`} />)}
    </section>
  );
}

/** By calls or by asking: decided by itself, and told here. */
function Hearing({ hearing, page: { workspace: { zone } } }: NetworkCardProps) {
  return (
    <section id="hearing">
      <h2>{t.hearing.title}</h2>
      {hearing
        ? <><Findings findings={hearing.findings} words={findingTexts.works} /><p class="help">{rich(t.hearing.since, { when: <Time at={hearing.at} zone={zone} /> })}</p></>
        : <p>{t.hearing.nobody}</p>}
    </section>
  );
}

function Values({ group: { setup }, state, settings, savedBy, channels, typed, problems, page, base }: NetworkCardProps & { base: string }) {
  const { csrf, workspace: { zone } } = page;
  const saved = setup.settings.some(({ env }) => typeof settings.origin(env) === 'object' && settings.origin(env) !== null);
  return (
    <section id="values">
      <h2>{t.values.title}</h2>
      <NetworkForm action={base} csrf={csrf} fields={setup.settings} settings={settings} typed={typed} problems={problems} tries={setup.test !== undefined} />
      {savedBy && <p class="help">{rich(t.values.savedBy, { name: savedBy.name, when: <Time at={savedBy.at} zone={zone} /> })}</p>}
      {setup.test && state.ready && (
        <div class="tried" id="test">
          {state.test && <><p class="help">{rich(t.values.testedOn, { when: <Time at={state.test.at} zone={zone} /> })}</p><Findings findings={state.test.findings} words={findingTexts.tried} /></>}
          <ActionButton action={`${base}/test`} csrf={csrf}>{t.values.test}</ActionButton>
        </div>
      )}
      {saved && (
        <details class="remove">
          <summary>{t.values.removing}</summary>
          <p>{channels === 0 ? t.values.unused : t.values.used(channels)}</p>
          <ActionButton action={`${base}/remove`} csrf={csrf} kind="danger">{t.values.remove}</ActionButton>
        </details>
      )}
    </section>
  );
}
