import type { KeyRing } from '../lib/seal.ts';
import { aggregatesStore } from './aggregates.ts';
import { autosavesStore } from './autosaves.ts';
import { budgetsStore } from './budgets.ts';
import { calendarStore } from './calendar/calendar.ts';
import { labelsStore } from './calendar/labels.ts';
import { movingStore } from './calendar/moving.ts';
import { pulseStore } from './calendar/pulse.ts';
import { twinsStore } from './calendar/twins.ts';
import { undosStore } from './calendar/undos.ts';
import { channelsStore } from './channels.ts';
import { connectingStore } from './connecting.ts';
import { connectionsStore } from './connections.ts';
import { drizzleOver, openSqlite, type Sqlite } from './db.ts';
import { everywhereStore } from './everywhere.ts';
import { journalStore } from './journal.ts';
import { keysStore } from './keys.ts';
import { listingStore } from './listing.ts';
import { localStore } from './local.ts';
import { mailsStore } from './mails.ts';
import { libraryStore } from './library.ts';
import { mediaStore } from './media.ts';
import { peopleStore } from './people.ts';
import { postsStore } from './posts.ts';
import { pruningsStore } from './prunings.ts';
import { publicationsStore } from './publications.ts';
import { queueStore } from './queue.ts';
import { sessionsStore } from './sessions.ts';
import { statisticsStore } from './statistics.ts';
import { settingsStore } from './settings.ts';

export type Store = ReturnType<typeof storeOver>;

/** Everything the house remembers. Each method is one atomic act; what is given back holds no query and no connection. */
export function storeOver(sqlite: Sqlite, ring: KeyRing) {
  const db = drizzleOver(sqlite);
  return {
    people: peopleStore(db),
    sessions: sessionsStore(db),
    connections: connectionsStore(db, ring),
    connecting: connectingStore(db, ring),
    channels: channelsStore(db),
    posts: postsStore(db),
    autosaves: autosavesStore(db),
    calendar: calendarStore(db),
    moving: movingStore(db),
    labels: labelsStore(db),
    twins: twinsStore(db),
    undos: undosStore(db),
    pulse: pulseStore(db),
    media: mediaStore(db),
    library: libraryStore(db),
    publications: publicationsStore(db),
    statistics: statisticsStore(db),
    queue: queueStore(db),
    journal: journalStore(db),
    budgets: budgetsStore(db),
    local: localStore(db),
    keys: keysStore(db),
    listing: listingStore(db),
    settings: settingsStore(db, ring),
    prunings: pruningsStore(db, sqlite),
    aggregates: aggregatesStore(db),
    mails: mailsStore(db, ring),
    everywhere: everywhereStore(db),
    close: () => sqlite.close(),
  };
}

export { openSqlite };
