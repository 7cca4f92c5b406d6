// Selecting one image, or all from the last one to it, on pages that were never seen, too.
import { useRef } from "react";
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { type Query, toSearch } from "../query.ts";
import type { HitAt } from "./use-hits.ts";

/** Of one range: a bulk change takes as many ids. */
const RANGE_MAX = 10_000;
const PER_PAGE = 1000;

export function useRange(query: Query, hitAt: HitAt) {
  const { client, selection } = usePortal();
  const anchor = useRef<number>(undefined);

  async function selectFar(from: number, to: number): Promise<void> {
    selection.tell({ isBusy: true });
    try {
      selection.add(await loadIds(client, query, from, to));
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      selection.tell({ notice: error.message });
    }
  }

  /** `focused`: where a range starts that nothing was selected before. */
  return (index: number, isRange: boolean, focused: number): void => {
    const from = isRange ? (anchor.current ?? focused) : index;
    anchor.current = index;
    const [first, last] = [Math.min(from, index), Math.max(from, index)];
    const id = hitAt(index)?.input.id;
    if (first === last) {
      if (id !== undefined) selection.toggle(id);
      return;
    }
    if (last - first >= RANGE_MAX) {
      selection.tell({ notice: messages.selection.rangeTooLong(RANGE_MAX) });
      return;
    }
    const ids = Array.from({ length: last - first + 1 }, (_, n) => hitAt(first + n)?.input.id);
    const known = ids.filter((one) => one !== undefined);
    if (known.length === ids.length) selection.add(known);
    else void selectFar(first, last);
  };
}

/** Ids of the results `from` to `to`, both inclusive. */
async function loadIds(
  client: Client,
  query: Query,
  from: number,
  to: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const firstPage = Math.floor(from / PER_PAGE);
  for (let page = firstPage; page * PER_PAGE <= to; page++) {
    const { hits } = await client.search({ ...toSearch(query), page, per_page: PER_PAGE });
    ids.push(...hits.map(({ input }) => input.id));
  }
  const start = from - firstPage * PER_PAGE;
  return ids.slice(start, start + to - from + 1);
}
