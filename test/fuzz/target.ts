import type { Db } from '../../src/database/connection.ts';
import type { Accounts } from '../../src/users/accounts.ts';
import { TESTER } from '../actor.ts';
import { watchDatabase } from './database-watch.ts';
import type { OpenApiDocument } from './document.ts';
import type { FuzzTarget } from './run.ts';

export type RunningProduct = {
  address: string;
  apiKey: string;
  db: Db;
  accounts: Accounts;
  /** Told after each chunk; returns what is wrong with the process or its log, if anything. */
  between: (done: number) => Promise<string[]>;
  found?: (fault: string) => void;
};

const USER = { email: 'fuzzer@example.com', name: 'Fuzzer', role: 'admin' } as const;
const PASSWORD = 'correct horse battery staple';

/** A running product as the fuzzer sees it: its own document, a way in, and its database. */
export async function openTarget({
  address,
  apiKey,
  db,
  accounts,
  between,
  found = () => {},
}: RunningProduct): Promise<FuzzTarget> {
  const ask = async (path: string) => {
    const answer = await fetch(`${address}${path}`, { headers: { 'x-api-key': apiKey } });
    return answer.json();
  };
  await accounts.addUser(USER, PASSWORD, TESTER);
  await healthy(ask);
  const document: OpenApiDocument = JSON.parse(JSON.stringify(await ask('/api/openapi.json')));
  return {
    address,
    document,
    watch: await watchDatabase(db),
    // Anew each time: some requests sign out.
    credentials: async () => {
      const session = await accounts.signIn(USER.email, PASSWORD, 'fuzzer');
      const cookies = session === null || session === 'ran_out' ? [] : session.cookies;
      const cookie = cookies.map((set) => set.split(';')[0]).join('; ');
      return { host: new URL(address).host, key: apiKey, cookie };
    },
    reports: async () => {
      const list: { reports: { id: string }[] } = JSON.parse(JSON.stringify(await ask('/api/reports')));
      return list.reports.map(({ id }) => id);
    },
    between,
    found,
  };
}

/** A product that has just begun opens its first connections while it is asked. */
async function healthy(ask: (path: string) => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (JSON.stringify(await ask('/api/health')).includes('"healthy"')) return;
  }
  throw new Error('the product does not become healthy');
}
