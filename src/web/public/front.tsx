import type { FastifyInstance, FastifyReply } from 'fastify';
import { registrationOpen } from '../../actions/people/sign-up.ts';
import { instanceOf } from '../../domain/instance.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { networkTexts } from './networks.tsx';
import { operatorName } from './operator.tsx';

/** What whoever is not logged in finds at the start: people, reviewers of networks and crawlers. */
export async function sendFront(context: WebContext, reply: FastifyReply): Promise<FastifyReply> {
  const { settings, providers, store } = context;
  if ((await store.people.countUsers()) === 0) return reply.redirect('/signup', 303);
  const instance = instanceOf(settings.get);
  const open = await registrationOpen(context);
  return sendPaper(context, reply, {
    title: 'Write once, publish where your readers are', lead: `${instance.name} publishes what you write to your own accounts, at the time you choose.`,
    children: (
      <>
        <p class="buttons"><ButtonLink kind="primary" href="/login">Log in</ButtonLink> {open && <ButtonLink href="/signup">Create an account</ButtonLink>}</p>
        <h2>What it does</h2>
        <ul class="bullets">
          <li>You connect accounts that are yours, write a post, adapt it to each network, and schedule it.</li>
          <li>Every post that comes due ends as published, as not published with the reason, or as one that you are asked to look at. It is not sent twice on a guess.</li>
          <li>It asks each network for the least that publishing needs, reads no followers and no messages, and shows no advertising.</li>
        </ul>
        <h2>Where it publishes</h2>
        <p>{networkTexts(providers).map(({ title }) => title).join(' · ')}</p>
        <h2>Who runs it</h2>
        <p>{operatorName(instance).replace(/^the/u, 'The')}. <a href="/contact">Write to us</a>, or read what is kept of you and for how long on the page <a href="/privacy">Privacy</a>, the <a href="/terms">terms</a>, and <a href="/data-deletion">how to have your data deleted</a>.</p>
      </>
    ),
  });
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
