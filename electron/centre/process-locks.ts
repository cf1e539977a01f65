import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ERRORS, type Locker } from '@tus/server';
import type { Client, PoolClient } from 'pg';

/** What only one process of the centre may do at a time. */
export interface ProcessLocks {
  /** Runs it unless another process is at the same: then false, and nothing was done. */
  alone(name: string, run: () => Promise<void>): Promise<boolean>;
  /** One request at a time writes into an upload; undefined: tus' own, which knows one process only. */
  readonly uploads: Locker | undefined;
  close(): Promise<void>;
}

/** One process: nobody else is there. */
export const oneProcess: ProcessLocks = {
  async alone(_name, run) {
    await run();
    return true;
  },
  uploads: undefined,
  close: async () => {},
};

const CHANNEL = 'kaodian_release';
const ASK_AGAIN_MS = 100;
/** Each lock holds a connection: uploads under way at once, and a check. */
const MOST_LOCKS = 32;

/** PostgreSQL's advisory locks are numbered with 64 bits. */
const numberOf = (name: string): string => createHash('sha256').update(name).digest().readBigInt64BE(0).toString();

/**
 * Locks of the session kind in PostgreSQL: whoever holds one and is killed lets it go with its connection, so nothing has to be
 * cleaned up. @param url `postgres://...`
 */
export async function postgresLocks(url: string): Promise<ProcessLocks> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: MOST_LOCKS });
  // A connection that breaks while nobody uses it is replaced by the pool.
  pool.on('error', () => {});
  const release = new Map<string, () => unknown>();
  const listener: Client = new pg.Client({ connectionString: url });
  listener.on('error', (cause) => console.error('requests to let uploads go are no longer heard:', cause.message));
  listener.on('notification', ({ payload = '' }) => void release.get(payload)?.());
  await listener.connect();
  await listener.query(`LISTEN ${CHANNEL}`);

  const take = async (client: PoolClient, name: string): Promise<boolean> => {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [numberOf(name)]);
    return rows[0].taken === true;
  };
  const letGo = async (client: PoolClient, name: string): Promise<void> => {
    // A connection that cannot say so is thrown away, and the lock with it.
    const failed = await client.query('SELECT pg_advisory_unlock($1)', [numberOf(name)]).then(
      () => false,
      () => true,
    );
    client.release(failed);
  };

  return {
    async alone(name, run) {
      const client = await pool.connect();
      if (!(await take(client, name))) {
        client.release();
        return false;
      }
      try {
        await run();
        return true;
      } finally {
        await letGo(client, name);
      }
    },
    uploads: {
      newLock(id) {
        const name = `upload:${id}`;
        let held: PoolClient | undefined;
        return {
          async lock(stop, askedToLetGo) {
            const client = await pool.connect();
            while (!(await take(client, name))) {
              if (stop.aborted) {
                client.release();
                throw ERRORS.ERR_LOCK_TIMEOUT;
              }
              // A request of this upload that broke off may still be running elsewhere: it is asked to end.
              await client.query('SELECT pg_notify($1, $2)', [CHANNEL, name]);
              await pause(ASK_AGAIN_MS);
            }
            held = client;
            release.set(name, askedToLetGo);
          },
          async unlock() {
            release.delete(name);
            if (held) await letGo(held, name);
            held = undefined;
          },
        };
      },
    },
    async close() {
      await listener.end();
      await pool.end();
    },
  };
}
