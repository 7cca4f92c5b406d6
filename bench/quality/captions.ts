// Captions: each must find its own picture among all, by the embedding alone and through the whole search; then with another
// caption of the picture kept beside it, and by words that were read in it.
import type { Collection, Evaluated } from "./evaluated.ts";
import { cosinesWith, mean } from "./ranking.ts";
import type { Report } from "./report.ts";

const FIRST = 10;

type Pair = { readonly caption: string; readonly image: number };

export async function captions(evaluated: Evaluated, report: Report): Promise<void> {
  const pairs = evaluated.photos.flatMap(({ captions }, image) =>
    captions.map((caption) => ({ caption, image })),
  );
  if (pairs.length === 0) return;
  report.count("captions", "captions", pairs.length);
  tell(report, "embedding alone", await ranksByEmbedding(evaluated, pairs));
  const files = await evaluated.collection(({ file }) => ({ name: file.split("/").at(-1)! }));
  const { ranks, ms } = await ranksBySearch(files, pairs);
  tell(report, "search, file names beside", ranks);
  report.ms("captions", "search, median", ms.toSorted((a, b) => a - b)[ms.length >> 1]!);
  await withAnother(evaluated, report, pairs);
}

// Somebody has written one sentence about each picture; others are searched by.
async function withAnother(
  evaluated: Evaluated,
  report: Report,
  pairs: readonly Pair[],
): Promise<void> {
  const others = pairs.filter(
    ({ caption, image }) => evaluated.photos[image]!.captions[0] !== caption,
  );
  if (others.length === 0) return;
  const kept = await evaluated.collection(({ captions: [caption = ""] }) => ({
    name: "",
    caption,
  }));
  tell(report, "another caption, embedding alone", await ranksByEmbedding(evaluated, others));
  tell(report, "another caption, kept beside", (await ranksBySearch(kept, others)).ranks);
}

async function ranksByEmbedding(
  { images, dim, encodeTexts }: Evaluated,
  pairs: readonly Pair[],
): Promise<readonly number[]> {
  const texts = await encodeTexts(pairs.map(({ caption }) => caption));
  return pairs.map(({ image }, i) => {
    const scores = cosinesWith(images, texts.subarray(i * dim, (i + 1) * dim));
    return scores.filter((score) => score > scores[image]!).length;
  });
}

async function ranksBySearch(collection: Collection, pairs: readonly Pair[]) {
  const [ranks, ms]: [number[], number[]] = [[], []];
  for (const { caption, image } of pairs) {
    const found = await collection.rank({ kind: "text", text: caption, weight: 1 }, FIRST);
    const rank = found.order.indexOf(image);
    ranks.push(rank < 0 ? FIRST : rank);
    ms.push(found.ms);
  }
  return { ranks, ms };
}

function tell(report: Report, way: string, ranks: readonly number[]): void {
  for (const k of [1, 5, FIRST]) {
    report.share("captions", `${way}: R@${k}`, mean(ranks.map((rank) => (rank < k ? 1 : 0))));
  }
}
