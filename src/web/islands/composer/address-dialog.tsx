import { addressTexts as t } from '../../../domain/texts/writing/files.ts';
import { sizeText } from '../../../domain/units.ts';
import type { MediaItem } from '../../composer/model/data.ts';
import type { Fetching } from '../../media/incoming.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { FieldProblems, inputProps } from '../../ui/field.tsx';

/** A file from the web: its address, then how far it has come, with a way to stop. */
export function openAddress({ csrf, done }: { csrf: string; done: (item: MediaItem) => void }): void {
  const dialog = openDialog(t.title);
  let address = '';
  let fetching: AbortController | null = null;
  let came: { came: number; all: number | null } | null = null;
  let trouble = '';
  dialog.element.addEventListener('close', () => fetching?.abort());

  async function start() {
    const mine = new AbortController();
    fetching = mine;
    trouble = '';
    came = null;
    draw();
    try {
      for await (const line of linesOf(csrf, address, mine.signal)) {
        if ('item' in line) {
          fetching = null;
          dialog.close();
          return done(line.item);
        }
        if ('problems' in line) trouble = line.problems[0]?.message ?? t.failed;
        else came = line;
        draw();
      }
      if (trouble === '') trouble = t.failed;
    } catch {
      trouble = mine.signal.aborted ? '' : t.failed;
    }
    fetching = null;
    draw();
  }

  function draw() {
    if (!dialog.element.open) return;
    const problems = trouble === '' ? [] : [{ field: 'url', message: trouble }];
    dialog.draw(
      <DialogBody title={t.title} buttons={(
        <>
          {fetching ? <Button type="button" onClick={() => fetching?.abort()}>{t.stop}</Button> : <Button type="button" kind="primary" onClick={() => void start()}>{t.fetch}</Button>}
          <Button type="button" kind="quiet" onClick={() => dialog.close()}>{t.close}</Button>
        </>
      )}>
        <p class="help">{t.lead}</p>
        <form class="field" onSubmit={(event) => { event.preventDefault(); if (!fetching) void start(); }}>
          <label for="field-url">{t.label}</label>
          <input type="url" value={address} placeholder="https://" disabled={fetching !== null} autoComplete="off" {...inputProps('url', problems)} onInput={({ currentTarget }) => { address = currentTarget.value; }} />
          <FieldProblems field="url" problems={problems} />
        </form>
        {fetching && (
          <div class="fetching" role="status">
            <progress max={1} aria-label={t.title} {...(came?.all ? { value: Math.min(1, came.came / came.all) } : {})} />
            {came && <p class="help">{t.came(sizeText(came.came), came.all === null ? null : sizeText(came.all))}</p>}
          </div>
        )}
      </DialogBody>,
    );
  }
  draw();
  dialog.element.querySelector('input')?.focus();
}

/** What the server tells, line by line. */
async function* linesOf(csrf: string, url: string, signal: AbortSignal): AsyncGenerator<Fetching> {
  const answer = await fetch('/media/import', { method: 'POST', headers: { accept: 'application/x-ndjson' }, body: new URLSearchParams({ _csrf: csrf, url }), signal });
  if (!answer.body || !answer.headers.get('content-type')?.includes('ndjson')) throw new Error(`answered ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as Fetching;
  }
}
