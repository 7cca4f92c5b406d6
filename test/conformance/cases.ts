// What a client's suite found out, case by case, and which of its failures are known.
import knownMisses from "./known-misses.json" with { type: "json" };

/** One case of one client. `failure`: what went wrong, or null. */
export type Case = {
  readonly client: string;
  readonly name: string;
  readonly failure: string | null;
};

/** A case that cannot pass, and why. */
type KnownMiss = { readonly client: string; readonly name: string; readonly reason: string };

/** `note`: the failure, or the reason why it may fail. */
export type Judged = Pick<Case, "client" | "name"> & {
  readonly verdict: "passed" | "failed" | "known miss";
  readonly note: string;
};

/** Known misses may fail and must: one that passes, or that no suite of `clients` has any more, is a failure, so
 *  that the list stays true. */
export function judge(
  cases: readonly Case[],
  clients: readonly string[],
  misses: readonly KnownMiss[] = knownMisses,
): readonly Judged[] {
  const known = misses.filter(({ client }) => clients.includes(client));
  const gone = known.filter((miss) => !cases.some((one) => isSame(one, miss)));
  return [
    ...cases.map((one) => judgeOne(one, known.find((miss) => isSame(one, miss))?.reason)),
    ...gone.map(({ client, name }) => ({
      client,
      name,
      verdict: "failed" as const,
      note: "Expected this case, which known-misses.json names, but the suite has none.",
    })),
  ];
}

function judgeOne({ client, name, failure }: Case, reason: string | undefined): Judged {
  if (failure === null) {
    return reason === undefined
      ? { client, name, verdict: "passed", note: "" }
      : {
          client,
          name,
          verdict: "failed",
          note: "It passes: take it out of known-misses.json.",
        };
  }
  return reason === undefined
    ? { client, name, verdict: "failed", note: failure }
    : { client, name, verdict: "known miss", note: reason };
}

function isSame(one: Pick<Case, "client" | "name">, other: Pick<Case, "client" | "name">): boolean {
  return one.client === other.client && one.name === other.name;
}
