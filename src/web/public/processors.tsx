import type { Instance } from '../../domain/instance.ts';
import { parseSmtpUrl } from '../../lib/mail.ts';
import type { Registry } from '../../providers/index.ts';
import { missingSettings } from '../../providers/setups.ts';
import type { Settings } from '../../settings.ts';
import { networkTexts } from './networks.tsx';
import { operatorName } from './operator.tsx';

/** Who gets to see data, from what this instance is set up with. */
export function ProcessorsPage({ instance, providers, settings }: { instance: Instance; providers: Registry; settings: Pick<Settings, 'get'> }) {
  const mail = mailHostOf(settings.get('SMTP_URL'));
  const offered = networkTexts({ ...providers, all: providers.all.filter(({ setup }) => setup === undefined || missingSettings(setup, settings.get).length === 0) });
  return (
    <>
      <p>Data of {instance.name} is seen by nobody but those named here, each for its purpose and no other. There is no advertising, no analytics by others, and no sale.</p>

      <h2>To run the service</h2>
      <dl class="keeping">
        <div><dt>{operatorName(instance)}</dt><dd>Runs the servers. Everything is stored there: accounts, content, media, access to networks (encrypted), logs.</dd></div>
        {mail !== null && <div><dt>{mail}</dt><dd>Carries the mails to you: your e-mail address and what stands in the mail.</dd></div>}
        {settings.get('STRIPE_SECRET_KEY') !== undefined && (
          <div><dt>Stripe</dt><dd>Takes payments: name, e-mail address, card and invoices of whoever pays. Card details go to it directly.</dd></div>
        )}
      </dl>

      <h2>The networks, when you connect them</h2>
      <p>A network gets what you publish there, when it is due, and that it comes through this service. Nothing goes to a network that you have not connected. Each one answers for what it does with it.</p>
      <dl class="keeping">
        {offered.map(({ title, privacy }) => (
          <div>
            <dt>{title}</dt>
            <dd>{privacy?.links && privacy.links.length > 0 ? privacy.links.map(({ label, url }, n) => <>{n > 0 && ' · '}<a href={url} rel="noopener noreferrer">{label}</a></>) : 'Its own privacy policy holds there.'}</dd>
          </div>
        ))}
      </dl>

      <h2>Changes</h2>
      <p>A change that matters is mailed to every account and shown in the dashboard at least 14 days before it takes effect.</p>
    </>
  );
}

/** The host of the mail server; null while there is none. */
function mailHostOf(url: string | undefined): string | null {
  const parsed = url === undefined ? null : parseSmtpUrl(url);
  return parsed?.ok ? parsed.options.host : null;
}
