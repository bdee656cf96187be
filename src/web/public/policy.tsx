import { renderToString } from 'preact-render-to-string';
import type { FastifyInstance } from 'fastify';
import type { Draw } from '../../actions/policy/versions.ts';
import { keepPolicy } from '../../actions/policy/versions.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import { dateText, pageTitles, policyPages } from '../../domain/instance/policy.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
import { Badge } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Additions } from './additions.tsx';
import { PrivacyPage } from './privacy.tsx';
import { ProcessorsPage } from './processors.tsx';
import { TermsPage } from './terms.tsx';

/** The pages that make up the policy, as this instance is set up now. */
export function policyDrawer({ settings, providers }: Pick<WebContext, 'settings' | 'providers'>): Draw {
  return (additions) => {
    const instance = instanceOf(settings.get);
    const draw = { privacy: <PrivacyPage instance={instance} providers={providers} />, terms: <TermsPage instance={instance} providers={providers} />, processors: <ProcessorsPage instance={instance} providers={providers} settings={settings} /> };
    const whole = (page: keyof typeof draw) => renderToString(<>{draw[page]}<Additions text={additions[page]} instance={instance} /></>);
    return { privacy: whole('privacy'), terms: whole('terms'), processors: whole('processors') };
  };
}

/** Old and announced versions of the policy, and the keeping of them. */
export function policyRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;
  const open = { config: { policy: 'public' } } as const;
  const draw = policyDrawer(context);

  // What people can read is on record from the first request on, and after whatever the operator has changed.
  server.addHook('onReady', () => keepPolicy(context, draw));
  server.addHook('onResponse', async ({ method, routeOptions, log }) => {
    if (method !== 'POST' || routeOptions.config.policy !== 'operator') return;
    await keepPolicy(context, draw).catch((error: unknown) => log.error({ err: error }, 'the policy could not be put on record'));
  });

  server.get('/policy', open, async (_request, reply) => {
    const versions = await store.policy.versions();
    const current = await store.policy.current(now());
    return sendPaper(context, reply, {
      title: t.versionsTitle, lead: t.versionsLead,
      children: (
        <dl class="keeping">
          {versions.map(({ id, effectiveAt, summary, material }) => (
            <div>
              <dt><a href={`/policy/${id}`}>{dateText(effectiveAt)}</a>{id === current?.id && <> <Badge tone="good">{t.inEffect}</Badge></>}{effectiveAt > now() && <> <Badge>{t.announced}</Badge></>}</dt>
              <dd class="message-text">{summary}{material && <><br /><span class="help">{t.announcedToAll}</span></>}</dd>
            </div>
          ))}
        </dl>
      ),
    });
  });

  server.get('/policy/:id', open, async (request, reply) => {
    const version = await store.policy.version((request.params as { id: string }).id);
    if (!version || version.withdrawnAt !== null) {
      return sendPaper(context, reply, { title: t.versionUnknown, lead: t.addressWhole, status: 404, children: <p><ButtonLink href="/policy">{t.allVersions}</ButtonLink></p> });
    }
    const at = now();
    const current = await store.policy.current(at);
    const state = version.effectiveAt > at ? t.effectiveOn(dateText(version.effectiveAt)) : version.id === current?.id ? t.effectiveSince(dateText(version.effectiveAt)) : t.effectiveUntil(dateText(version.effectiveAt));
    return sendPaper(context, reply, {
      title: t.ourPolicy, lead: state,
      children: (
        <>
          <p class="message-text">{version.summary}</p>
          <p><a href="/policy">{t.allVersions}</a></p>
          {/* Drawn by these pages when the version was recorded: what people typed was escaped then. */}
          {policyPages.map((page) => <section class="old-policy" id={page}><h2>{pageTitles[page]}</h2><div dangerouslySetInnerHTML={{ __html: version.pages[page] }} /></section>)}
        </>
      ),
    });
  });
}
