// Sessions of people who gave the key on the Portal: random ids in memory, so a restart signs everyone out.
import { randomBytes } from "node:crypto";

/** How long a session lives. */
export const SESSION_SECONDS = 30 * 24 * 3600;

// A script that signs in for every call must not fill the memory; the oldest sessions go first.
const MAX_SESSIONS = 10_000;

export type Sessions = {
  /** A new session's id. */
  open(): string;
  has(id: string): boolean;
  end(id: string): void;
};

export function createSessions(): Sessions {
  const endsAtMs = new Map<string, number>();
  return {
    open() {
      const oldest = endsAtMs.keys().next();
      if (endsAtMs.size >= MAX_SESSIONS && !oldest.done) endsAtMs.delete(oldest.value);
      const id = randomBytes(32).toString("base64url");
      endsAtMs.set(id, Date.now() + SESSION_SECONDS * 1000);
      return id;
    },
    has: (id) => (endsAtMs.get(id) ?? 0) > Date.now(),
    end: (id) => void endsAtMs.delete(id),
  };
}
