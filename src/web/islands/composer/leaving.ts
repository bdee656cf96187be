import { savingIntents } from '../../composer/model/form.ts';

type Saving = (typeof savingIntents)[number];

interface Leaving {
  form: () => HTMLFormElement;
  /** Resolves once no file is on its way any more. */
  arrived: () => Promise<void>;
  /** Whether all that was chosen is there; says what is not. */
  complete: (intent: Saving) => boolean;
  /** Keeps what is written; a word where that did not work. */
  keep: () => Promise<unknown>;
  /** It stays here, for it could not be kept: says so. */
  held: () => void;
  left: () => void;
  stayed: () => void;
}

/** After this long (ms) somebody who has stopped the page from leaving may press again. */
const underWay = 10_000;

/**
 * Answers a press on a button that sends the form: files that are on their way go along, and what is written is kept first.
 * So nothing is lost where the server is away, has failed, or wants somebody to log in again; and nothing that was typed
 * earlier comes after it. Of several presses the last one counts.
 */
export function leaving({ form, arrived, complete, keep, held, left, stayed }: Leaving): (event: SubmitEvent) => void {
  let pressed: HTMLElement | null = null;
  let sending = false;
  let ready = false;
  let gone = false;
  addEventListener('pageshow', () => { gone = false; stayed(); });

  async function send() {
    await arrived();
    const intent = savingIntents.find((one) => pressed instanceof HTMLButtonElement && pressed.value === one);
    if (intent && !complete(intent)) return;
    const kept = await keep();
    // A post that is gone becomes a new one.
    if (typeof kept === 'string' && kept !== 'gone') return held();
    ready = true;
    form().requestSubmit(pressed?.isConnected ? pressed : null);
    ready = false;
  }

  return (event) => {
    if (ready) {
      gone = true;
      left();
      setTimeout(() => { gone = false; stayed(); }, underWay);
      return;
    }
    event.preventDefault();
    // A second press while the first is on its way would make a second post.
    if (gone) return;
    pressed = event.submitter;
    if (sending) return;
    sending = true;
    void send().finally(() => { sending = false; });
  };
}
