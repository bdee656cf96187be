import { missingSettings, setupsOf, type SetupGroup } from '../../providers/setups.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';
import type { Settings } from '../../settings.ts';
import type { Channel } from '../../store/channels.ts';
import { Mark } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';

interface NetworksProps {
  providers: Registry;
  settings: Settings;
  channels: readonly Channel[];
  operator: boolean;
  csrf: string;
}

/** What can be connected at once, then what takes a bot or an app, then what somebody else must approve. */
export function NetworksStep({ providers, settings, channels, operator, csrf }: NetworksProps) {
  const connected = new Set(channels.filter(({ connectionStatus }) => connectionStatus !== 'revoked').map(({ provider }) => provider));
  const ready = providers.all.filter(({ local, setup }) => !local && (setup === undefined || missingSettings(setup, settings.get).length === 0));
  const open = setupsOf(providers).filter(({ setup }) => missingSettings(setup, settings.get).length > 0);
  const own = open.filter(({ setup }) => setup.approvalDays === 0);
  const approval = open.filter(({ setup }) => setup.approvalDays > 0).toSorted((a, b) => a.setup.approvalDays - b.setup.approvalDays);
  const inside = providers.all.find(({ id, local }) => local && connected.has(id));
  return (
    <>
      <section>
        <h2>{t.networks.ready}</h2>
        <p class="help">{t.networks.readyHelp}</p>
        <ul class="setup-networks">{ready.map((provider) => <Ready provider={provider} connected={connected.has(provider.id)} csrf={csrf} />)}</ul>
        {inside && <p class="help">{t.networks.inside(inside.name)}</p>}
      </section>
      {operator ? (
        <>
          <Guided title={t.networks.own} help={t.networks.ownHelp} groups={own} />
          <Guided title={t.networks.approval} help={t.networks.approvalHelp} groups={approval} />
        </>
      ) : <p class="help">{t.networks.ask}</p>}
    </>
  );
}

function Ready({ provider: { id, name }, connected, csrf }: { provider: Provider; connected: boolean; csrf: string }) {
  return (
    <li>
      <Form action={`/channels/connect/${id}`} csrf={csrf}>
        <input type="hidden" name="back" value="/setup/networks" />
        <button class="connect-tile" aria-label={t.networks.connect(name)}><Mark provider={id} /> <span>{name}</span></button>
      </Form>
      {connected && <Badge tone="good">{t.networks.connected}</Badge>}
    </li>
  );
}

function Guided({ title, help, groups }: { title: string; help: string; groups: readonly SetupGroup[] }) {
  if (groups.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <p class="help">{help}</p>
      <ul class="setup-cards">
        {groups.map(({ setup: { id, name, cost, approvalDays }, providers }) => (
          <li class="sheet-card">
            <header>
              <h3><span class="row-marks">{providers.map((one) => <Mark provider={one.id} />)}</span> {name}</h3>
              {approvalDays > 0 && <Badge>{t.networks.wait(approvalDays)}</Badge>}
            </header>
            <p class="help">{cost}</p>
            <ButtonLink href={`/settings/networks/${id}`} small>{t.networks.open(name)}</ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
