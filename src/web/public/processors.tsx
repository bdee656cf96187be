import type { Instance } from '../../domain/instance/instance.ts';
import { processorsTexts as t } from '../../domain/texts/promise/processors.ts';
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
      <p>{t.intro(instance.name)}</p>

      <h2>{t.toRun}</h2>
      <dl class="keeping">
        <div><dt>{operatorName(instance)}</dt><dd>{t.operator}</dd></div>
        {mail !== null && <div><dt>{mail}</dt><dd>{t.mail}</dd></div>}
        {settings.get('STRIPE_SECRET_KEY') !== undefined && (
          <div><dt>{t.stripe}</dt><dd>{t.stripeText}</dd></div>
        )}
      </dl>

      <h2>{t.networks}</h2>
      <p>{t.networksText}</p>
      <dl class="keeping">
        {offered.map(({ title, privacy }) => (
          <div>
            <dt>{title}</dt>
            <dd>{privacy?.links && privacy.links.length > 0 ? privacy.links.map(({ label, url }, n) => <>{n > 0 && ' · '}<a href={url} rel="noopener noreferrer">{label}</a></>) : t.ownPolicy}</dd>
          </div>
        ))}
      </dl>

      <h2>{t.changes}</h2>
      <p>{t.changesText}</p>
    </>
  );
}

/** The host of the mail server; null while there is none. */
function mailHostOf(url: string | undefined): string | null {
  const parsed = url === undefined ? null : parseSmtpUrl(url);
  return parsed?.ok ? parsed.options.host : null;
}
