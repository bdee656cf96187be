import { render } from 'preact';
import { defaultOptions, type PreviousUpload } from 'tus-js-client';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import type { Upload } from '../composer/model/data.ts';
import { Button } from '../ui/button.tsx';
import { createUploads } from './composer/uploads.ts';

// Files are sent as soon as they are chosen or dropped, each with its progress; the page shows them when all have come.

/** What this page began to send: what an earlier visit left is told from it. */
const opened = Date.now();
const place = document.querySelector<HTMLElement>('[data-uploads]');
if (place) start(place);

function start(root: HTMLElement) {
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  const list = root.appendChild(document.createElement('ul'));
  list.className = 'sending-list';
  list.setAttribute('aria-label', t.sending);
  let sending: Upload[] = [];
  let left: PreviousUpload[] = [];
  let came = 0;
  const draw = () => render([...sending.map((one) => <Line key={one.id} one={one} />), ...left.filter(({ metadata }) => !sending.some(({ name }) => name === metadata['name'])).map((one) => <Left key={one.urlStorageKey} one={one} />)], list);
  const uploads = createUploads({
    csrf: () => root.dataset['csrf'] ?? '',
    attach: () => { came += 1; },
    show: (now) => {
      sending = now;
      draw();
    },
    // What failed stays in sight until somebody has decided.
    idle: () => { if (came > 0 && sending.length === 0) location.assign('/media'); },
  });
  const add = (files: FileList | null | undefined) => {
    if (!files || files.length === 0) return;
    const names = Array.from(files, ({ name }) => name);
    left = left.filter(({ metadata }) => !names.includes(metadata['name'] ?? ''));
    uploads.add('', Array.from(files));
  };

  input?.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });
  const carries = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
  const over = (on: boolean) => root.closest('form')?.classList.toggle('dropping', on);
  document.addEventListener('dragover', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => { if (relatedTarget === null) over(false); });
  document.addEventListener('drop', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(false);
    add(event.dataTransfer?.files);
  });
  void showLeft();

  async function showLeft() {
    left = await leftOver();
    draw();
  }

  function Line({ one: { id, name, sent, failed } }: { one: Upload }) {
    return (
      <li class={failed === null ? '' : 'error'}>
        {failed?.startsWith(name) !== true && <span class="name">{name}</span>}
        {failed === null ? <progress value={sent} max={1} aria-label={t.sentShare(name)} /> : <span role="alert">{failed}</span>}
        {failed !== null && <Button type="button" small onClick={() => uploads.retry(id)}>{t.tryAgain}</Button>}
        <Button type="button" kind="quiet" small onClick={() => uploads.cancel(id)}>{failed === null ? t.cancel : t.remove}</Button>
      </li>
    );
  }

  function Left({ one }: { one: PreviousUpload }) {
    const name = one.metadata['name'] ?? '';
    const forget = () => {
      void defaultOptions.urlStorage?.removeUpload(one.urlStorageKey);
      left = left.filter((other) => other !== one);
      draw();
    };
    return <li><span>{t.brokenOff(name)}</span><Button type="button" kind="quiet" small onClick={forget}>{t.forget}<span class="visually-hidden">: {name}</span></Button></li>;
  }
}

/** What was on its way when an earlier visit ended. */
async function leftOver(): Promise<PreviousUpload[]> {
  const all = await defaultOptions.urlStorage?.findAllUploads().catch(() => []) ?? [];
  return all.filter(({ metadata, creationTime }) => metadata['name'] && Date.parse(creationTime) < opened);
}
