// Concepts of the vocabulary that label pictures: how well `#label` ranks, whether it is predicted, whether values are true, and
// whether a concept finds its kinds.
import type { Evaluated } from "./evaluated.ts";
import { averagePrecision, calibrationError, cosinesWith, mean, precisionOf } from "./ranking.ts";
import type { Report } from "./report.ts";

/** A parent concept is asked for if so many pictures of so many kinds of it are there. */
const KIND_PICTURES_MIN = 3;
const KINDS_MIN = 2;

export async function concepts(evaluated: Evaluated, report: Report): Promise<void> {
  const { labels, images, concepts: vocabulary, photos } = evaluated;
  if (labels.size === 0) return;
  const scores = new Map(
    [...labels.keys()].map((index) => [index, cosinesWith(images, vocabulary.embedding(index))]),
  );
  report.count("concepts", "labels that are concepts", labels.size);
  report.share(
    "concepts",
    "#label: mean average precision",
    mean([...labels].map(([index, good]) => averagePrecision(scores.get(index)!, good))),
  );
  const labelled = [...labels].flatMap(([index, own]) =>
    [...own].map((image) => ({ index, image })),
  );
  await predictions(evaluated, report, labelled);
  // Of each labelled picture and each label somebody said whether it is there.
  const pairs = labelled.flatMap(({ index, image }) =>
    [...labels.keys()].map((other) => ({
      value: vocabulary.value(scores.get(other)![image]!, other),
      isTrue: other === index,
    })),
  );
  const { ratio } = { ratio: report.ratio.bind(report) };
  ratio("concepts", "calibration error (ECE), all pairs", calibrationError(pairs), "lower");
  const likely = pairs.filter(({ value }) => value >= 0.1);
  ratio("concepts", "calibration error (ECE), values from 0.1", calibrationError(likely), "lower");
  const best = labelled.map(({ image, index }) => {
    const first = [...labels.keys()].reduce((a, b) =>
      vocabulary.value(scores.get(b)![image]!, b) > vocabulary.value(scores.get(a)![image]!, a)
        ? b
        : a,
    );
    return { value: vocabulary.value(scores.get(first)![image]!, first), isTrue: first === index };
  });
  ratio(
    "concepts",
    "calibration error (ECE), surest label of each",
    calibrationError(best),
    "lower",
  );
  report.count("concepts", "pictures", photos.length);
  await kinds(evaluated, report);
}

async function predictions(
  { concepts: vocabulary, images, dim }: Evaluated,
  report: Report,
  labelled: readonly { readonly index: number; readonly image: number }[],
): Promise<void> {
  const predicted = await Promise.all(
    labelled.map(({ image }) =>
      vocabulary.predict(images.subarray(image * dim, (image + 1) * dim)),
    ),
  );
  for (const k of [1, 5, 20]) {
    const hits = predicted.map((some, i) =>
      some.slice(0, k).some(([id]) => vocabulary.find(id) === labelled[i]!.index) ? 1 : 0,
    );
    report.share("concepts", `label among the first ${k} predicted`, mean(hits));
  }
}

// "#animal" finds dogs: by its own embedding, and as the search does it.
async function kinds(evaluated: Evaluated, report: Report): Promise<void> {
  const { labels, images, concepts: vocabulary } = evaluated;
  const parents = new Map<number, Set<number>>();
  const kindCounts = new Map<number, number>();
  for (let index = 0; index < vocabulary.size; index++) {
    const ids = vocabulary.kindsOf(index);
    if (ids.size === 0) continue;
    const own = [...labels].filter(
      ([label]) => label === index || ids.has(vocabulary.at(label).id),
    );
    parents.set(index, new Set(own.flatMap(([, photos]) => [...photos])));
    kindCounts.set(index, own.length);
  }
  const asked = [...parents].filter(
    ([index, good]) =>
      good.size >= KIND_PICTURES_MIN &&
      good.size < evaluated.photos.length / 2 &&
      kindCounts.get(index)! >= KINDS_MIN,
  );
  if (asked.length === 0) return;
  const collection = await evaluated.collection(() => ({ name: "" }));
  const own = asked.map(([index, good]) =>
    averagePrecision(cosinesWith(images, vocabulary.embedding(index)), good),
  );
  const found: number[] = [];
  for (const [index, good] of asked) {
    const { order } = await collection.rank({
      kind: "concept",
      concept: vocabulary.at(index).id,
      weight: 1,
    });
    found.push(precisionOf(order, good));
  }
  report.count("concepts", "concepts with kinds among the labels", asked.length);
  report.share("concepts", "their mean average precision, embedding alone", mean(own));
  report.share("concepts", "their mean average precision, search", mean(found));
}
