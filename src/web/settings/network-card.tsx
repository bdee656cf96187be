import type { Finding } from '../../domain/finding.ts';
import type { Problem } from '../../domain/limits.ts';
import { callbackUrl } from '../../actions/channels/connect.ts';
import type { SetupGroup } from '../../providers/setups.ts';
import type { Settings } from '../../settings.ts';
import type { Check } from '../../store/settings.ts';
import type { View } from '../page.tsx';
import { Mark } from '../ui/avatar.tsx';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Time } from '../words/time.tsx';
import { FilledText, type Filling } from './fill.tsx';
import { Findings } from './findings.tsx';
import { NetworkForm } from './network-form.tsx';
import { stateText, type NetworkState } from './network-state.ts';
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
  return (
    <article class="network-card">
      <div class="page-head">
        <h1><span class="row-marks">{providers.map(({ id, name }) => <Mark provider={id} name={name} />)}</span> {setup.name}</h1>
        <span class={`setup-state ${state.ready ? 'is-ready' : ''} ${state.test?.good === false ? 'is-bad' : ''}`}>{stateText(state)}</span>
        <div class="buttons"><a class="button quiet" href="/settings/networks">All networks</a></div>
      </div>
      <p class="lead">{setup.cost}</p>
      <nav class="on-this-page" aria-label="On this page">
        <a href="#steps">What to do</a> <a href="#scopes">What is asked for</a> <a href="#values">Fill in</a>
        {setup.review && <a href="#review">Review kit</a>} {outside && <a href="#self-check">Self-check</a>}
      </nav>
      <section id="steps">
        <h2>What to do</h2>
        <ol class="steps">{setup.steps.map((step) => <li><FilledText text={step} filling={filling} /></li>)}</ol>
        <p><a class="button" href={setup.console.url} rel="noopener noreferrer">Open {setup.console.label}</a></p>
      </section>
      <Addresses {...props} />
      <section id="scopes">
        <h2>What is asked for</h2>
        <dl class="scopes">{setup.scopes.map(({ scope, why }) => <div><dt><code>{scope}</code></dt><dd>{why}</dd></div>)}</dl>
      </section>
      <Values {...props} base={base} />
      {providers.some(({ connect }) => connect.kind === 'bot') && <Hearing {...props} />}
      {setup.review && <ReviewKit review={setup.review} filling={filling} />}
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
      <h2>Addresses to copy</h2>
      {!filling.publicUrl.startsWith('https:') && <p class="needs-you">These are not final: this instance has no https address yet (PUBLIC_URL is {filling.publicUrl}).</p>}
      {callbacks.map((provider) => <CopyField name={`callback-${provider.id}`} label={`Callback of ${provider.name}`} value={callbackUrl(filling.publicUrl, provider)} />)}
      {addresses.map(({ label, path }, n) => <CopyField name={`address-${n}`} label={label} value={`${filling.publicUrl}${path}`} />)}
    </section>
  );
}

/** By calls or by asking: decided by itself, and told here. */
function Hearing({ hearing, page: { workspace: { zone } } }: NetworkCardProps) {
  return (
    <section id="hearing">
      <h2>How messages arrive</h2>
      {hearing
        ? <><Findings findings={hearing.findings} words={['Works', 'To do']} /><p class="help">Since <Time at={hearing.at} zone={zone} />. Post Master chooses the way by itself.</p></>
        : <p>Nobody listens to the bot now: nobody is connecting a chat, and nobody has linked one to send drafts from. With a public https address it is called with every message, otherwise it is asked.</p>}
    </section>
  );
}

function Values({ group: { setup }, state, settings, savedBy, channels, typed, problems, page, base }: NetworkCardProps & { base: string }) {
  const { csrf, workspace: { zone } } = page;
  const saved = setup.settings.some(({ env }) => typeof settings.origin(env) === 'object' && settings.origin(env) !== null);
  return (
    <section id="values">
      <h2>Fill in</h2>
      <NetworkForm action={base} csrf={csrf} fields={setup.settings} settings={settings} typed={typed} problems={problems} />
      {savedBy && <p class="help">Saved by {savedBy.name}, <Time at={savedBy.at} zone={zone} />. It is kept sealed and counts without a restart.</p>}
      {setup.test && state.ready && (
        <div class="tried" id="test">
          {state.test && <><p class="help">Tested on <Time at={state.test.at} zone={zone} />.</p><Findings findings={state.test.findings} words={['Worked', 'Failed']} /></>}
          <ActionButton action={`${base}/test`} csrf={csrf}>Test connection</ActionButton>
        </div>
      )}
      {saved && (
        <details class="remove">
          <summary>Remove what is saved here</summary>
          <p>{channels === 0 ? 'No channel uses it.' : `${channels === 1 ? '1 channel is' : `${channels} channels are`} connected through it: what waits there is not published until it is set up again.`}</p>
          <ActionButton action={`${base}/remove`} csrf={csrf} kind="danger">Remove</ActionButton>
        </details>
      )}
    </section>
  );
}
