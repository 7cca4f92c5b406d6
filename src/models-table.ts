// The table of `semblance models list`: at most 100 columns, two lines a model; encoders, then detectors.
import type { ListedPack } from "./engine/packs/list.ts";
import { formatSize } from "./format-size.ts";

const WIDTHS = [42, 12, 10, 12, 24] as const; // 100 columns
const HEAD = ["model", "state", "size", "licence", "captions in"];
const DETECTOR_HEAD = ["detector of objects", "state", "size", "licence", "average precision"];

/** `inUse`: the id, or folder, of the model that settings name; `detector`: the same of the detector, if there is one. */
export function toTable(packs: readonly ListedPack[], inUse: string, detector?: string): string[] {
  const [encoders, detectors] = (["encoder", "detector"] as const).map((kind) =>
    packs
      .filter((pack) => pack.kind === kind)
      .flatMap((pack) => toLines(pack, pack.id === inUse || pack.id === detector)),
  );
  const isForeign = packs.every(({ id }) => id !== inUse);
  return [
    toHead(HEAD),
    ...encoders!,
    ...(detectors!.length > 0 ? [toHead(DETECTOR_HEAD), ...detectors!] : []),
    "* recommended. Install one with: semblance models pull MODEL",
    ...(isForeign ? [`In use: ${inUse}`] : []),
  ];
}

function toHead(names: readonly string[]): string {
  return toLine(names.map((name, i) => (i === 0 ? `  ${name}` : name)));
}

function toLines(pack: ListedPack, isInUse: boolean): readonly string[] {
  const [figure] = pack.quality;
  const known = pack.kind === "encoder" ? pack.languages : figure && `${figure.percent} %`;
  return [
    toLine([
      `${pack.recommended ? "* " : "  "}${pack.id}`,
      isInUse ? "in use" : pack.state,
      toSize(pack),
      pack.licence ?? "unknown",
      known ?? "unknown",
    ]),
    `    ${cut(pack.description, 95)}`,
  ];
}

function toLine(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i === 0 ? `${cell} ` : cut(cell, WIDTHS[i]! - 1)).padEnd(WIDTHS[i]!)) // ids in full
    .join("")
    .trimEnd();
}

function toSize({ sizeBytes, isWholeSize }: ListedPack): string {
  if (sizeBytes === null) return "?";
  return `${isWholeSize ? "" : "~"}${formatSize(sizeBytes)}`;
}

function cut(text: string, length: number): string {
  const plain = text.replace(/\p{Cc}/gu, " ");
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}
