import type { Instance } from '../../domain/instance.ts';
import type { Registry } from '../../providers/index.ts';
import { NetworkLinks, networkTexts } from './networks.tsx';
import { Contact, operatorName, WriteTo } from './operator.tsx';

export function TermsPage({ instance, providers }: { instance: Instance; providers: Registry }) {
  const links = networkTexts(providers).flatMap(({ privacy }) => privacy?.links ?? []);
  return (
    <>
      <p>These are the terms between you and {operatorName(instance)} for the use of {instance.name}.</p>

      <h2>What it does</h2>
      <p>You write posts, choose accounts of yours and a time, and {instance.name} publishes them there. Every post that comes due ends as published, as not published with the reason, or as one that you are asked to look at because the answer was lost. It is not sent twice on a guess.</p>

      <h2>Your account</h2>
      <p>Give your own name and an e-mail address that reaches you, and keep your password to yourself. What is done with your account counts as done by you. You may end it at any time.</p>

      <h2>What you publish</h2>
      <p>Your posts and media stay yours. You allow {instance.name} to keep, convert and transmit them as far as publishing them where you say needs it, and nothing more. You answer for what you publish, and that you may publish it.</p>

      <h2>What is not allowed</h2>
      <ul class="bullets">
        <li>What the law forbids, or what takes the rights of others.</li>
        <li>Spam, deceit, and accounts that are not yours or that you may not speak for.</li>
        <li>Getting around limits of this service or of the networks, or disturbing their operation.</li>
      </ul>

      <h2>The networks</h2>
      <p>At each network its own terms hold between you and it. Networks change, refuse and fail; {instance.name} tells you what happened, and cannot promise that a network takes a post.</p>
      <NetworkLinks links={links} />

      <h2>No more than can be promised</h2>
      <p>The service is offered as it is. It may be changed, interrupted or ended; where you pay for it you are told in good time. Liability goes as far as the law demands and not beyond.</p>

      <h2>Changes and end</h2>
      <p>A change that matters is mailed to you at least 14 days before it takes effect. An account that breaks these terms may be suspended or ended. What happens to your data then stands on the <a href="/privacy">privacy page</a>.</p>

      <h2>Contact</h2>
      <p><WriteTo instance={instance} />.</p>
      <Contact instance={instance} />
    </>
  );
}
