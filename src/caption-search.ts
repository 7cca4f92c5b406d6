// A caption -> what the engine ranks and filters by.
import type { Filter, Rank } from "./engine/query.ts";
import { findCounts } from "./sentence/counts.ts";
import type { Place } from "./sentence/gazetteer.ts";
import { objectLabelOf } from "./sentence/object-label.ts";
import type { Days } from "./sentence/parse-days.ts";
import type { FindPlace } from "./sentence/places.ts";
import { AVOIDED_WEIGHT, type Sentence, understand } from "./sentence/sentence.ts";

const DAY_MS = 86_400_000;

/** What a collection can be asked for. */
export type Asked = {
  /** Without it no words are read as places. */
  readonly findPlace?: FindPlace | undefined;
  /** Of the detector, in its words: what is counted. */
  readonly objectLabels?: readonly string[];
};

/** `now`: what "last week" means. Without ranks where the caption only says when, where or how the picture looks. */
export function captionSearch(
  text: string,
  now: Date,
  { findPlace, objectLabels = [] }: Asked = {},
): { readonly ranks: readonly Rank[]; readonly filters: readonly Filter[] } {
  const counting = objectLabels.length > 0 ? { findCounts } : {};
  const sentence = understand(text, now, { findPlace, ...counting });
  const { caption, avoided } = sentence;
  const filters = filtersOf(sentence, objectLabels);
  const words = { kind: "text", text: caption, weight: 1 } as const;
  const unwanted = avoided.map((text): Rank => ({ kind: "text", text, weight: AVOIDED_WEIGHT }));
  const isSaid = caption !== "" || (unwanted.length === 0 && filters.length === 0);
  return {
    ranks: isSaid ? [words, ...unwanted] : unwanted,
    filters,
  };
}

function filtersOf(
  { taken, place, colours, shapes, phrases, counts }: Sentence,
  objectLabels: readonly string[],
): readonly Filter[] {
  const conditions: Filter["anyOf"] = [
    ...(taken ? [takenIn(taken)] : []),
    ...(place ? [takenAt(place)] : []),
    ...(colours.length > 0 ? [{ kind: "colour", colours } as const] : []),
    ...(shapes.length > 0 ? [{ kind: "shape", shapes } as const] : []),
    ...counts.flatMap(({ noun, least, most }) => {
      const label = objectLabelOf(noun, objectLabels);
      if (label === undefined) return []; // the encoder has the words
      return [{ kind: "objects", label, least, ...(most !== undefined && { most }) } as const];
    }),
    ...phrases.map((phrase) => ({ kind: "words", phrase }) as const),
  ];
  return conditions.map((condition) => ({ anyOf: [condition] }));
}

function takenAt({ area }: Place): Filter["anyOf"][number] {
  if ("radiusKm" in area) {
    const { radiusKm, ...center } = area;
    return { kind: "radius", center, radiusKm };
  }
  const { south, west, north, east } = area;
  const corners = [
    { latitude: south, longitude: west },
    { latitude: north, longitude: east },
  ] as const;
  return { kind: "box", corners };
}

// By the camera's clock, which is kept as if it was UTC.
function takenIn({ from, to }: Days): Filter["anyOf"][number] {
  const start = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    kind: "date",
    of: "taken",
    ...(from !== undefined && { from: start(from) }),
    ...(to !== undefined && { to: new Date(start(to).getTime() + DAY_MS) }),
  };
}
