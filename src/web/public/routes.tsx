import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { instanceOf, missingOf, type Instance } from '../../domain/instance/instance.ts';
import { dateText, pageTitles, type PolicyPage } from '../../domain/instance/policy.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { rich } from '../words/rich.tsx';
import { Additions } from './additions.tsx';
import { DeletionPage, DeletionRequestPage } from './deletion.tsx';
import { ErasurePage } from './erasure.tsx';
import { PrivacyPage } from './privacy.tsx';
import { ProcessorsPage } from './processors.tsx';
import { TermsPage } from './terms.tsx';

/** What everybody may read, and reviewers of the networks do. */
export function publicRoutes(server: FastifyInstance, context: WebContext) {
  const { settings, providers, store, now } = context;
  const open = { config: { policy: 'public' } } as const;

  async function page(request: FastifyRequest, reply: FastifyReply, title: string, body: (instance: Instance) => ComponentChildren, name?: PolicyPage) {
    const at = now();
    const current = await store.policy.current(at);
    const upcoming = await store.policy.upcoming(at);
    const instance = instanceOf(settings.get);
    const missing = request.actor?.operator ? missingOf(settings.get) : [];
    return sendPaper(context, reply, {
      title, ...(current && { lead: t.effectiveSince(dateText(current.effectiveAt)) }),
      children: (
        <>
          {missing.length > 0 && (
            <p class="flash" role="status">
              {rich(t.onlyYouSee, { missing: missing.map(({ label }) => label.toLowerCase()).join(' and '), instance: (words) => <a href="/settings/instance">{words}</a> })}
            </p>
          )}
          {name !== undefined && upcoming && (
            <p class="flash" role="status">{rich(t.changesOn, { day: dateText(upcoming.effectiveAt), link: (words) => <a href={`/policy/${upcoming.id}#${name}`}>{words}</a> })}</p>
          )}
          {body(instance)}
          {name !== undefined && current && <Additions text={current.additions[name]} instance={instance} />}
          {name !== undefined && <p class="help"><a href="/policy">{t.earlierVersions}</a></p>}
        </>
      ),
    });
  }

  server.get('/privacy', open, (request, reply) => page(request, reply, pageTitles.privacy, (instance) => <PrivacyPage instance={instance} providers={providers} />, 'privacy'));
  server.get('/terms', open, (request, reply) => page(request, reply, pageTitles.terms, (instance) => <TermsPage instance={instance} providers={providers} />, 'terms'));
  server.get('/processors', open, (request, reply) => page(request, reply, pageTitles.processors, (instance) => <ProcessorsPage instance={instance} providers={providers} settings={settings} />, 'processors'));

  server.get('/data-deletion', open, (request, reply) => {
    const { code } = request.query as { code?: unknown };
    if (typeof code === 'string' && code.trim() !== '') return reply.redirect(`/data-deletion/${encodeURIComponent(code.trim().slice(0, 100))}`, 303);
    return page(request, reply, t.deletingTitle, (instance) => <DeletionPage instance={instance} providers={providers} />);
  });

  server.get('/data-deletion/:code', { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    const asked = await store.everywhere.deletionRequest((request.params as { code: string }).code);
    const erasure = asked ? undefined : await store.erasures.byCode((request.params as { code: string }).code);
    if (erasure) {
      return sendPaper(context, reply, {
        title: erasure.doneAt !== null ? t.deletedTitle : erasure.canceledAt !== null ? t.undoneTitle : t.underWayTitle,
        children: <ErasurePage erasure={erasure} instance={instanceOf(settings.get)} />,
      });
    }
    if (!asked) {
      return sendPaper(context, reply, {
        title: t.requestUnknown, lead: t.requestUnknownLead, status: 404,
        children: <p><ButtonLink href="/data-deletion">{t.deletingTitle}</ButtonLink></p>,
      });
    }
    return sendPaper(context, reply, {
      title: asked.connections > 0 ? t.dataDeleted : t.nothingToDelete,
      children: <DeletionRequestPage asked={asked} network={providers.get(asked.provider)?.name ?? asked.provider} instance={instanceOf(settings.get)} />,
    });
  });
}
