// Near-duplicates of a picture and what is most like it otherwise, as strips of small pictures.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { Hit } from "../../../src/client/search.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toScoreText } from "../quantities.ts";
import { like, toSearch } from "../query.ts";
import classes from "./alike.module.css";
import { Section, SectionLink } from "./section.tsx";

const text = messages.input;
const SIMILAR = 8;
const COPIES_MAX = 16;
/** Whoever flies through pictures asks for none of this. */
const REST_MS = 200;

type AlikeProps = {
  /** Of an input that is searchable. */
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onAll: () => void;
};

export function Alike({ id, onOpen, onAll }: AlikeProps) {
  const [rested] = useDebouncedValue(id, REST_MS);
  const { copies, others } = useAlike(id, rested === id);
  return (
    <>
      {copies.length > 0 && (
        <Section title={messages.tile.copies(copies.length)} testId="viewer-copies">
          <Strip hits={copies} onOpen={onOpen} />
        </Section>
      )}
      <Section
        title={text.similar}
        testId="similar"
        action={<SectionLink onPress={onAll}>{text.all}</SectionLink>}
      >
        <Strip hits={others} onOpen={onOpen} places={SIMILAR} />
      </Section>
    </>
  );
}

function useAlike(id: string, isEnabled: boolean) {
  const { client } = usePortal();
  const { data } = useQuery({
    queryKey: [...SEARCH_KEY, "alike", id],
    enabled: isEnabled,
    queryFn: async ({ signal }) => {
      const search = toSearch(like([id]));
      const all = { ...search, per_page: 1 + COPIES_MAX + SIMILAR };
      // Its group stands first; the group's size says how many of the nearest belong to it.
      const [{ hits }, grouped] = await Promise.all([
        client.search(all, { signal }),
        client.search({ ...search, collapse: true, per_page: 1 }, { signal }),
      ]);
      const others = hits.filter(({ input }) => input.id !== id);
      const count = Math.min(COPIES_MAX, grouped.hits[0]?.copies ?? 0);
      return { copies: others.slice(0, count), others: others.slice(count, count + SIMILAR) };
    },
  });
  return data ?? { copies: [], others: [] };
}

type StripProps = {
  readonly hits: readonly Hit[];
  /** Empty places stand for pictures that have not come yet. */
  readonly places?: number;
  readonly onOpen: (id: string) => void;
};

function Strip({ hits, places = 0, onOpen }: StripProps) {
  const empty = Math.max(0, places - hits.length);
  return (
    <ul className={classes.strip}>
      {hits.map(({ input, score }) => (
        <li key={input.id}>
          <button
            type="button"
            aria-label={messages.tile.open(input.name)}
            title={`${input.name} · ${toScoreText(score)}`}
            onClick={() => onOpen(input.id)}
          >
            <img src={input.thumbnailUrl} alt="" />
          </button>
        </li>
      ))}
      {Array.from({ length: empty }, (_, place) => `empty ${place}`).map((key) => (
        <li key={key} aria-hidden />
      ))}
    </ul>
  );
}
