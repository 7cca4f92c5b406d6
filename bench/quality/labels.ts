// Labels said in the usual ways: each labelled picture must find its label among all labels of the folder. And similar pictures:
// the nearest others should bear the same label.
import type { Evaluated } from "./evaluated.ts";
import { cosinesWith, mean } from "./ranking.ts";
import type { Report } from "./report.ts";

const PROMPTS = ["{}", "a photo of a {}", "a {}"];
const SIMILAR = 5;

export async function labels(evaluated: Evaluated, report: Report): Promise<void> {
  const { photos, images, dim } = evaluated;
  const nameOf = (label: string) => label.toLowerCase();
  const names = [...new Set(photos.map(({ label }) => nameOf(label)))].filter(Boolean).sort();
  const labelled = photos.flatMap(({ label }, image) =>
    label ? [{ image, name: names.indexOf(nameOf(label)) }] : [],
  );
  if (labelled.length === 0) return;
  const classes = await classesOf(evaluated, names);
  const scores = names.map((_, n) => cosinesWith(images, classes.subarray(n * dim, (n + 1) * dim)));
  report.count("labels as text", "labels", names.length);
  report.count("labels as text", "pictures", labelled.length);
  for (const k of [1, 5, 10]) {
    const hits = labelled.map(({ image, name }) => {
      const own = scores[name]![image]!;
      return scores.filter((of) => of[image]! > own).length < k ? 1 : 0;
    });
    report.share("labels as text", `top-${k}`, mean(hits));
  }
  report.share("similar pictures", `label of the nearest ${SIMILAR}`, similar(evaluated));
}

async function classesOf({ encodeTexts, dim }: Evaluated, names: readonly string[]) {
  const classes = new Float32Array(names.length * dim);
  for (const prompt of PROMPTS) {
    const rows = await encodeTexts(names.map((name) => toPhrase(prompt, name)));
    for (let i = 0; i < rows.length; i++) classes[i]! += rows[i]!;
  }
  for (let n = 0; n < names.length; n++) {
    const row = classes.subarray(n * dim, (n + 1) * dim);
    const length = Math.hypot(...row) || 1;
    for (let d = 0; d < dim; d++) row[d]! /= length;
  }
  return classes;
}

/** "a {}" with "apple" is "an apple". */
function toPhrase(prompt: string, name: string): string {
  return prompt.replace("a {}", /^[aeiou]/.test(name) ? "an {}" : "a {}").replace("{}", () => name);
}

function similar({ photos, images, dim }: Evaluated): number {
  const shares = photos.flatMap(({ label }, image) => {
    const others = photos.flatMap((other, i) => (i !== image && other.label === label ? [i] : []));
    if (!label || others.length < SIMILAR) return [];
    const scores = cosinesWith(images, images.subarray(image * dim, (image + 1) * dim));
    const nearest = [...scores.keys()]
      .filter((i) => i !== image)
      .sort((a, b) => scores[b]! - scores[a]!)
      .slice(0, SIMILAR);
    return [nearest.filter((i) => photos[i]!.label === label).length / SIMILAR];
  });
  return shares.length === 0 ? 0 : mean(shares);
}
