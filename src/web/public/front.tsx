import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ComponentChildren } from 'preact';
import { registrationOpen } from '../../actions/people/sign-up.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import { frontTexts as t } from '../../domain/texts/promise/front.ts';
import type { Registry } from '../../providers/index.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
import { Mark } from '../ui/avatar.tsx';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { rich } from '../words/rich.tsx';
import { Postmark } from '../words/state.tsx';
import { clockText, dayText } from '../words/time.tsx';
import { operatorName } from './operator.tsx';

/** What whoever is not logged in finds at the start: people, reviewers of networks and crawlers. */
export async function sendFront(context: WebContext, reply: FastifyReply): Promise<FastifyReply> {
  const { settings, providers, store, now } = context;
  if ((await store.people.countUsers()) === 0) return reply.redirect('/signup', 303);
  const instance = instanceOf(settings.get);
  const open = await registrationOpen(context);
  const link = (href: string) => (words: string) => <a href={href}>{words}</a>;
  return sendPaper(context, reply, {
    title: t.title, lead: t.lead(instance.name), front: true,
    children: (
      <>
        <Buttons><ButtonLink kind="primary" href="/login">{t.logIn}</ButtonLink>{open && <ButtonLink href="/signup">{t.signUp}</ButtonLink>}</Buttons>
        <Specimen providers={providers} at={now()} />
        <section class="front-facts" aria-labelledby="facts">
          <h2 id="facts" class="visually-hidden">{t.facts}</h2>
          {t.reasons.map(({ title, text }) => <div><h3>{title}</h3><p>{text}</p></div>)}
        </section>
        <section class="front-networks">
          <h2>{t.networks}</h2>
          <ul>{outside(providers).map(({ id, name }) => <li><Mark provider={id} /> {name}</li>)}</ul>
        </section>
        <section class="front-operator">
          <h2>{t.whoRuns}</h2>
          <p>{rich(instance.operator === undefined ? t.runByOperator : t.runBy, {
            operator: operatorName(instance), contact: link('/contact'), privacy: link('/privacy'), terms: link('/terms'), deletion: link('/data-deletion'),
          })}</p>
        </section>
      </>
    ),
  });
}

function outside({ all }: Registry) {
  return all.filter(({ local }) => !local);
}

/** A post as the dashboard shows it, made up: one place each where it is out, where it waits, and where it needs somebody. */
function Specimen({ providers, at }: { providers: Registry; at: number }) {
  const [first, second, third] = outside(providers);
  const morning = Math.floor(at / 86_400_000) * 86_400_000 + 9 * 3_600_000;
  return (
    <figure class="front-post">
      <div class="front-card">
        {first && <Postmark network={first.name} at={morning} zone="UTC" />}
        <p class="front-day">{dayText(morning, 'UTC', at)}</p>
        <p class="front-text">{t.specimen}</p>
        <ul>
          {first && <Place id={first.id} name={first.name} state={t.published(clockText(morning, 'UTC'))} />}
          {second && <Place id={second.id} name={second.name} state={t.goesOut(clockText(morning + 3 * 3_600_000, 'UTC'))} />}
          {third && <Place id={third.id} name={third.name} state={<><strong>{t.notPublished}</strong> {t.because}</>} bad />}
        </ul>
      </div>
      <figcaption class="help">{t.caption}</figcaption>
    </figure>
  );
}

function Place({ id, name, state, bad = false }: { id: string; name: string; state: ComponentChildren; bad?: boolean }) {
  return <li class={bad ? 'bad' : undefined}><Mark provider={id} /><span class="front-name">{name}</span><span>{state}</span></li>;
}

/** What crawlers and reviewers may read, and the media that networks fetch; everything else is nobody's but its members'. */
const robots = `User-agent: *
Allow: /$
Allow: /privacy
Allow: /terms
Allow: /processors
Allow: /policy
Allow: /data-deletion$
Allow: /contact$
Allow: /login$
Allow: /signup$
Allow: /assets/
Allow: /m/
Disallow: /
`;

export function robotsRoutes(server: FastifyInstance) {
  server.get('/robots.txt', { config: { policy: 'public' } }, (_request, reply) => reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=3600').send(robots));
}
