// The figures of an evaluation: printed as a table beside those of the previous run of the same model and pictures, and kept
// as JSON in bench/out/ for the next one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

export type Figure = {
  /** What it is about: "captions". */
  readonly part: string;
  readonly name: string;
  readonly value: number;
  /** "count" tells about the data and is not compared. */
  readonly unit: "share" | "ratio" | "ms" | "count";
  readonly better?: "higher" | "lower";
};

type Run = { readonly figures: readonly Figure[] } & Readonly<
  Record<"model" | "photos" | "date" | "commit", string>
>;

const OUT = new URL("../out/", import.meta.url).pathname;

export class Report {
  readonly #figures: Figure[] = [];

  get figures(): readonly Figure[] {
    return this.#figures;
  }

  /** A share of 0..1, greater is better unless said otherwise. */
  share(part: string, name: string, value: number, better: Figure["better"] = "higher"): void {
    this.#figures.push({ part, name, value, unit: "share", better });
  }

  ratio(part: string, name: string, value: number, better: Figure["better"] = "higher"): void {
    this.#figures.push({ part, name, value, unit: "ratio", better });
  }

  count(part: string, name: string, value: number): void {
    this.#figures.push({ part, name, value, unit: "count" });
  }

  ms(part: string, name: string, value: number): void {
    this.#figures.push({ part, name, value, unit: "ms", better: "lower" });
  }

  /** Prints all beside the previous run of this model on these pictures, and takes its place. */
  finish(about: Omit<Run, "figures">): void {
    mkdirSync(OUT, { recursive: true });
    const file = join(OUT, `eval-${basename(about.model)}-${basename(about.photos)}.json`);
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Run) : undefined;
    this.#print(before);
    // Parts that did not run this time keep their figures.
    const parts = new Set(this.#figures.map(({ part }) => part));
    const kept = (before?.figures ?? []).filter(({ part }) => !parts.has(part));
    const run: Run = { ...about, figures: [...this.#figures, ...kept] };
    writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
    const since = before ? `, compared with ${before.date} ${before.commit}` : "";
    console.log(`${file}: ${about.date} ${about.commit}${since}`);
  }

  #print(before: Run | undefined): void {
    const known = new Map(before?.figures.map((one) => [`${one.part}|${one.name}`, one.value]));
    let part = "";
    for (const figure of this.#figures) {
      if (figure.part !== part) console.log(`\n${figure.part}`);
      part = figure.part;
      const old = known.get(`${figure.part}|${figure.name}`);
      console.log(`  ${figure.name.padEnd(58)}${toText(figure).padStart(9)}${change(figure, old)}`);
    }
    console.log();
  }
}

function toText({ value, unit }: Pick<Figure, "value" | "unit">): string {
  if (unit === "share") return `${(100 * value).toFixed(1)} %`;
  if (unit === "ms") return `${value.toFixed(1)} ms`;
  return unit === "count" ? String(value) : value.toFixed(3);
}

function change(figure: Figure, old: number | undefined): string {
  if (old === undefined || figure.unit === "count") return "";
  const before = toText({ ...figure, value: old });
  if (before === toText(figure)) return "   as before";
  const isBetter = figure.value > old === (figure.better === "higher");
  return `   ${isBetter ? "better" : "WORSE"} than ${before}`;
}
