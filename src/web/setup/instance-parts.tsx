import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import type { Check } from '../../store/instance/settings.ts';
import { ActionButton, ButtonLink } from '../ui/button.tsx';
import { CopyField } from '../ui/copy.tsx';
import { Findings } from '../settings/findings.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';

/** What was found when somebody last looked, and the button to look again. */
export function Looked({ check, action, csrf, zone, help }: { check: Check | undefined; action: string; csrf: string; zone: string; help: string }) {
  return (
    <div id="looked">
      {check
        ? <><Findings findings={check.findings} id="looked" /><p class="help">{rich(t.looked, { when: <Time at={check.at} zone={zone} /> })}</p></>
        : <p class="help">{help}</p>}
      <p class="setup-act"><ActionButton action={action} csrf={csrf} kind={check ? 'quiet' : 'primary'}>{check ? t.checkAgain : t.checkNow}</ActionButton></p>
    </div>
  );
}

/** What works all the same where no mail goes out. */
export function WithoutMail() {
  return (
    <section>
      <p>{t.mail.without}</p>
      <ul class="bullets">{t.mail.withoutList.map((line) => <li>{line}</li>)}</ul>
    </section>
  );
}

/** Where everything lies, how to copy it, and when that was done last. */
export function BackupStep({ script, dataDir, keyFile, made, zone }: { script: string | null; dataDir: string; keyFile: string | null; made: number | undefined; zone: string }) {
  // In an image the command is called from outside, by the container's name, and knows the volume alone.
  const command = (file: string) => (script === null ? `docker exec post-master postmaster backup ${dataDir}/${file}` : `DATA_DIR=${quoted(dataDir)} ${quoted(script)} backup ~/${file}`);
  return (
    <>
      <p class={made === undefined ? 'needs-you' : 'setup-good'}>{made === undefined ? t.backup.none : rich(t.backup.last, { when: <Time at={made} zone={zone} /> })}</p>
      <CopyField name="folder" label={t.backup.where} value={dataDir} />
      <CopyField name="command" label={t.backup.command} value={command('post-master.backup')} />
      {/* A percent sign ends a line of crontab unless it is escaped. */}
      <CopyField name="nightly" label={t.backup.nightly} value={`30 3 * * * ${command('post-master-$(date +\\%F).backup')}`} />
      {script === null && <p class="help">{t.backup.image}</p>}
      {keyFile === null ? <p>{t.backup.keyEnvironment}</p> : <CopyField name="key" label={t.backup.keyFile} value={keyFile} />}
      <p class="help">{t.backup.key}</p>
      <p class="setup-act"><ButtonLink href="/setup/backup">{t.backup.look}</ButtonLink></p>
    </>
  );
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
