import { render } from 'preact';
import type { Upload } from '../composer/model/data.ts';
import { createUploads } from './composer/uploads.ts';

// Files are sent as soon as they are chosen or dropped, each with its progress; the page shows them when all have come.

const place = document.querySelector<HTMLElement>('[data-uploads]');
if (place) start(place);

function start(root: HTMLElement) {
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  const list = root.appendChild(document.createElement('ul'));
  list.className = 'sending-list';
  let came = 0;
  const uploads = createUploads({
    csrf: root.dataset['csrf'] ?? '',
    attach: () => { came += 1; },
    show: (sending) => render(sending.map((one) => <Line one={one} />), list),
    // What failed stays in sight until somebody has decided.
    idle: () => { if (came > 0 && list.childElementCount === 0) location.assign('/media'); },
  });
  const add = (files: FileList | null | undefined) => { if (files && files.length > 0) uploads.add('', Array.from(files)); };

  input?.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });
  document.addEventListener('dragover', (event) => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });

  function Line({ one: { id, name, sent, failed } }: { one: Upload }) {
    return (
      <li class={failed === null ? '' : 'error'}>
        {failed?.startsWith(name) !== true && <span class="name">{name}</span>}
        {failed === null ? <progress value={sent} max={1} aria-label={`How much of ${name} is sent`} /> : <span role="alert">{failed}</span>}
        {failed !== null && <button type="button" class="button small" onClick={() => uploads.retry(id)}>Try again</button>}
        <button type="button" class="button quiet small" onClick={() => uploads.cancel(id)}>{failed === null ? 'Cancel' : 'Remove'}</button>
      </li>
    );
  }
}
