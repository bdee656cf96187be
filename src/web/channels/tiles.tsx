import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { Provider } from '../../providers/contract.ts';
import type { SetupGroup } from '../../providers/setups.ts';
import { Mark } from '../ui/avatar.tsx';
import { Form } from '../ui/form.tsx';

/** The networks: first those that ask nobody, then those of an app, and for whoever runs the instance those to be set up. */
export function ConnectTiles({ ready, toSetUp, csrf }: { ready: readonly Provider[]; toSetUp: readonly SetupGroup[]; csrf: string }) {
  const atOnce = ready.filter(({ setup }) => setup === undefined);
  const ofApp = ready.filter(({ setup }) => setup !== undefined);
  return (
    <section id="connect" class="connect">
      <h2>{t.connectHeading}</h2>
      <div class="networks">
        {atOnce.length > 0 && ofApp.length > 0 && <h3>{t.readyAtOnce}</h3>}
        <Tiles providers={atOnce} csrf={csrf} />
        {atOnce.length > 0 && ofApp.length > 0 && <h3>{t.withApp}</h3>}
        <Tiles providers={ofApp} csrf={csrf} />
      </div>
      {toSetUp.length > 0 && (
        <>
          <h3>{t.notSetUpHeading}</h3>
          <p class="help">{t.notSetUpHelp}</p>
          <ul class="connect-tiles">
            {toSetUp.map(({ setup, providers }) => (
              <li>
                <a class="connect-tile unready" href={`/settings/networks/${setup.id}`}>
                  <span class="connect-marks">{providers.map(({ id }) => <Mark provider={id} />)}</span> <span>{t.setUp(setup.name)}</span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Tiles({ providers, csrf }: { providers: readonly Provider[]; csrf: string }) {
  return (
    <ul class="connect-tiles">
      {providers.map((provider) => (
        <li>
          <Form action={`/channels/connect/${provider.id}`} csrf={csrf}>
            <button class="connect-tile"><Mark provider={provider.id} /> <span>{provider.name}</span></button>
          </Form>
          {isOptional(provider) && <a class="help" href={`/channels/connect/${provider.id}`}>{t.options(provider.name)}</a>}
        </li>
      ))}
    </ul>
  );
}

/** True where connecting asks nothing that must be answered, and yet something may be chosen. */
function isOptional({ connect }: Provider): boolean {
  const fields = connect.kind === 'oauth2' || connect.kind === 'form' ? connect.fields : [];
  return fields.length > 0 && !fields.some(({ required }) => required);
}
