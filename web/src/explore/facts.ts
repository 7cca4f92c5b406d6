// What tells copies apart: facts of each, with whether they differ and which is the best.
import type { Input } from "../../../src/client/input.ts";
import { explore as text } from "../messages/explore.ts";
import { toDateText, toSizeText } from "../quantities.ts";

export type Fact = {
  readonly name: string;
  readonly value: string;
  /** Not the same for all of the group. */
  readonly isDifferent: boolean;
  /** The greatest of those that differ, where greater is better. */
  readonly isBest: boolean;
};

type Kind = {
  readonly name: string;
  readonly toText: (input: Input) => string;
  readonly toNumber?: (input: Input) => number;
};

const KINDS: readonly Kind[] = [
  {
    name: text.fact.pixels,
    toText: ({ widthPx, heightPx }) => text.pixels(widthPx, heightPx),
    toNumber: ({ widthPx, heightPx }) => widthPx * heightPx,
  },
  {
    name: text.fact.size,
    toText: ({ sizeBytes }) => toSizeText(sizeBytes),
    toNumber: ({ sizeBytes }) => sizeBytes,
  },
  { name: text.fact.format, toText: ({ format }) => format },
  {
    name: text.fact.date,
    toText: ({ takenAt, createdAt }) => {
      const date = takenAt ?? createdAt;
      return date ? toDateText(date) : "";
    },
  },
];

/** Facts of each input, in their order. */
export function factsOf(inputs: readonly Input[]): readonly (readonly Fact[])[] {
  const facts = KINDS.map(({ name, toText, toNumber }) => {
    const values = inputs.map(toText);
    const numbers = toNumber ? inputs.map(toNumber) : [];
    const compared: readonly (number | string)[] = toNumber ? numbers : values;
    const isDifferent = new Set(compared).size > 1;
    const best = Math.max(...numbers);
    return values.map((value, i) => ({
      name,
      value,
      isDifferent,
      isBest: isDifferent && numbers[i] === best,
    }));
  });
  return inputs.map((_, i) => facts.flatMap((ofKind) => ofKind[i] ?? []));
}
