import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failedOn, retryFailedOn, type FailedOn } from '../../actions/publications/retry-failed.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { FailedThere } from '../../store/channels/channel-lives.ts';
import type { Channel } from '../../store/channels.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { For } from '../frame/role.tsx';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FieldProblems } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { isConnected, reconnectFields } from './ways.ts';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** What failed on one channel, and trying again together what needs no change. */
export function failedRoutes(server: FastifyInstance, context: WebContext) {
  async function page(request: FastifyRequest, reply: FastifyReply, channel: Channel, refused: boolean) {
    const failed = await failedOn(context, channel);
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: t.failedTitle(channel.name), current: '/channels', status: refused ? 422 : 200,
      body: (view) => <FailedPage channel={channel} failed={failed} view={view} refused={refused} />,
    });
  }

  server.get('/channels/:id/failed', { config: see }, async (request, reply) => {
    const channel = await context.store.channels.get(actorOf(request).workspaceId, idOf(request));
    return channel ? page(request, reply, channel, false) : reply.callNotFound();
  });

  server.post('/channels/:id/retry', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const channel = await context.store.channels.get(actor.workspaceId, idOf(request));
    if (!channel) return reply.callNotFound();
    const chosen = formOf(request.body).many('publication');
    if (chosen.length === 0) return page(request, reply, channel, true);
    flash(reply, t.retried(await retryFailedOn(context, actor, channel, chosen)));
    return reply.redirect(`/channels/${channel.id}/failed`, 303);
  });
}

function FailedPage({ channel, failed: { safe, rest }, view: { csrf, workspace: { zone } }, refused }: { channel: Channel; failed: FailedOn; view: View; refused: boolean }) {
  return (
    <>
      <PageHead title={t.failedTitle(channel.name)}><ButtonLink href={`/channels#channel-${channel.id}`}>{t.title}</ButtonLink></PageHead>
      {safe.length + rest.length === 0 && <Empty action={<ButtonLink href="/channels">{t.title}</ButtonLink>}>{t.failedNone}</Empty>}
      {safe.length > 0 && (
        <>
          <p class="lead">{t.failedSafe}</p>
          <Form action={`/channels/${channel.id}/retry`} csrf={csrf}>
            <FieldProblems field="publication" problems={refused ? [{ field: 'publication', message: t.chooseSome }] : []} />
            <ul class="rows">{safe.map((one) => <Row one={one} zone={zone} pick />)}</ul>
            <For role="editor"><p class="form-foot"><Button kind="primary">{t.retryChosen}</Button></p></For>
          </Form>
        </>
      )}
      {rest.length > 0 && (
        <>
          {isConnected(channel) ? <p class="lead">{t.failedRest}</p> : (
            <>
              <p class="lead">{t.failedHeld}</p>
              <For role="admin">
                <p><ActionButton action={`/channels/connect/${channel.provider}`} csrf={csrf} kind="primary" fields={reconnectFields(channel, `/channels/${channel.id}/failed`)}>{t.reconnect}</ActionButton></p>
              </For>
            </>
          )}
          <ul class="rows">{rest.map((one) => <Row one={one} zone={zone} pick={false} />)}</ul>
        </>
      )}
    </>
  );
}

function Row({ one: { id, postId, at, excerpt, failure }, zone, pick }: { one: FailedThere; zone: string; pick: boolean }) {
  const words = excerpt || t.withoutWords;
  return (
    <li class="row failed-row">
      {pick ? <label class="check"><input type="checkbox" name="publication" value={id} checked /> <span class="row-text">{words}</span></label> : <span class="row-text">{words}</span>}
      <span class="failed-why">
        <span class="help">{rich(t.failedWhen, { when: <Time at={at} zone={zone} /> })}</span> {failure?.message} <a href={`/posts/${postId}#publication-${id}`}>{t.seePost}</a>
      </span>
    </li>
  );
}
