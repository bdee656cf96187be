import { dirname, join } from 'node:path';
import type { KeyRing } from '../lib/secrets/seal.ts';
import { aggregatesStore } from './instance/aggregates.ts';
import { autosavesStore } from './posts/autosaves.ts';
import { auditStore } from './instance/audit.ts';
import { billingStore } from './billing/billing.ts';
import { budgetsStore } from './instance/budgets.ts';
import { calendarStore } from './calendar/calendar.ts';
import { labelsStore } from './calendar/labels.ts';
import { movingStore } from './calendar/moving.ts';
import { pulseStore } from './calendar/pulse.ts';
import { twinsStore } from './calendar/twins.ts';
import { underWayOf } from './calendar/under-way.ts';
import { undosStore } from './calendar/undos.ts';
import { channelLivesStore } from './channels/channel-lives.ts';
import { channelsStore } from './channels.ts';
import { connectingStore } from './channels/connecting.ts';
import { connectionsStore } from './channels/connections.ts';
import { drizzleOver, openSqlite, type Sqlite } from './db.ts';
import { everywhereStore } from './everywhere.ts';
import { groupsStore } from './channels/groups.ts';
import { hashtagsStore } from './posts/hashtags.ts';
import { firstRunStore } from './instance/first-run.ts';
import { invoicesStore } from './billing/invoices.ts';
import { intakeStore } from './intake/intake.ts';
import { intakeLinksStore } from './intake/intake-links.ts';
import { journalStore } from './journal.ts';
import { keysStore } from './people/keys.ts';
import { listingStore } from './posts/listing.ts';
import { linksStore } from './posts/links.ts';
import { localStore } from './instance/local.ts';
import { mailChoicesStore } from './people/mail-choices.ts';
import { mailsStore } from './people/mails.ts';
import { libraryStore } from './media/library.ts';
import { mediaStore } from './media.ts';
import { mediaLabelsStore } from './media/media-labels.ts';
import { newsStore } from './people/news.ts';
import { peopleStore } from './people.ts';
import { policyStore } from './instance/policy.ts';
import { postsStore } from './posts.ts';
import { pruningsStore } from './instance/prunings.ts';
import { againStore } from './privacy/again.ts';
import { copiesStore } from './privacy/copies.ts';
import { erasuresStore } from './privacy/erasures.ts';
import { heldStore } from './privacy/held.ts';
import { importsStore } from './privacy/imports.ts';
import { inFlightStore } from './privacy/in-flight.ts';
import { erasureLog, logName } from './privacy/log.ts';
import { portableStore } from './privacy/portable.ts';
import { requestsStore } from './privacy/requests.ts';
import { wipeStore } from './privacy/wipe.ts';
import { publicationsStore } from './publications.ts';
import { queueStore } from './queue.ts';
import { sessionsStore } from './people/sessions.ts';
import { statisticsStore } from './instance/statistics.ts';
import { settingsStore } from './instance/settings.ts';
import { accountsStore } from './team/accounts.ts';
import { devicesStore } from './team/devices.ts';
import { invitationsStore } from './team/invitations.ts';
import { membersStore } from './team/members.ts';
import { securityStore } from './team/security.ts';
import { workspacesStore } from './team/workspaces.ts';
import { supportStore } from './people/support.ts';

export type Store = ReturnType<typeof storeOver>;

/** Everything the house remembers. Each method is one atomic act; what is given back holds no query and no connection. */
export function storeOver(sqlite: Sqlite, ring: KeyRing) {
  const db = drizzleOver(sqlite);
  const prunings = pruningsStore(db, sqlite);
  const underWay = underWayOf(db);
  return {
    people: peopleStore(db, ring),
    sessions: sessionsStore(db),
    members: membersStore(db),
    invitations: invitationsStore(db),
    workspaces: workspacesStore(db),
    accounts: accountsStore(db, ring),
    devices: devicesStore(db),
    security: securityStore(db, ring),
    firstRun: firstRunStore(db),
    audit: auditStore(db),
    connections: connectionsStore(db, ring),
    connecting: connectingStore(db, ring),
    channels: channelsStore(db),
    channelLives: channelLivesStore(db),
    groups: groupsStore(db),
    posts: postsStore(db),
    autosaves: autosavesStore(db),
    calendar: calendarStore(db),
    moving: movingStore(db),
    labels: labelsStore(db),
    twins: twinsStore(db),
    hashtags: hashtagsStore(db),
    undos: undosStore(db),
    pulse: pulseStore(db, underWay),
    media: mediaStore(db), mediaLabels: mediaLabelsStore(db),
    library: libraryStore(db),
    publications: publicationsStore(db, underWay),
    statistics: statisticsStore(db),
    queue: queueStore(db),
    journal: journalStore(db),
    budgets: budgetsStore(db),
    local: localStore(db),
    keys: keysStore(db),
    listing: listingStore(db),
    settings: settingsStore(db, ring),
    prunings,
    aggregates: aggregatesStore(db),
    links: linksStore(db, ring),
    mails: mailsStore(db, ring),
    mailChoices: mailChoicesStore(db),
    news: newsStore(db),
    support: supportStore(db, ring),
    policy: policyStore(db),
    billing: billingStore(db),
    invoices: invoicesStore(db),
    everywhere: everywhereStore(db),
    erasures: erasuresStore(db),
    wipe: wipeStore(db, prunings),
    requests: requestsStore(db),
    portable: portableStore(db),
    held: heldStore(db),
    copies: copiesStore(db),
    imports: importsStore(db),
    inFlight: inFlightStore(db),
    again: againStore(db),
    /** Beside the database, so that it outlives the putting back of an older one. */
    erasureLog: erasureLog(join(dirname(sqlite.name), logName)),
    intake: intakeStore(db),
    intakeLinks: intakeLinksStore(db),
    close: () => sqlite.close(),
  };
}

export { openSqlite };
