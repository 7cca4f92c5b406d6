// What is written about and in one input.
import type { DatabaseSyncInstance } from "@photostructure/sqlite";

export type Written = {
  /** Row of it. */
  readonly app: number;
  readonly name: string;
  /** Names of concepts that people say are there. */
  readonly labels: string;
  /** Texts of its annotations. */
  readonly captions: string;
  /** Whatever texts and numbers its metadata have, and what the camera says of itself. */
  readonly metadata: string;
  /** In the picture. */
  readonly read: string;
};

/** Nested deeper, nothing is looked for. */
const DEPTH_MAX = 16;
const TEXT_MAX = 100_000;

const SELECT = `
  SELECT inputs.app AS app, inputs.name AS name, inputs.metadata AS metadata, inputs.exif AS exif, readings.text AS read,
    (SELECT group_concat(concepts.name, ' ') FROM annotations
      JOIN labels ON labels.annotation = annotations.row JOIN concepts ON concepts.row = labels.concept
      WHERE annotations.input = inputs.row AND labels.value >= 0.5) AS labels,
    (SELECT json_group_array(json(body)) FROM annotations
      WHERE annotations.input = inputs.row AND instr(body, '"raw"') > 0) AS bodies
  FROM inputs LEFT JOIN readings ON readings.input = inputs.row WHERE inputs.row = ?`;

type Row = { readonly app: number; readonly name: string; readonly metadata: string } & Readonly<
  Record<"exif" | "read" | "labels" | "bodies", string | null>
>;

/** Undefined for an input that is gone. */
export function contentOf(database: DatabaseSyncInstance, input: number): Written | undefined {
  const row = database.prepare(SELECT).get(input) as Row | undefined;
  if (!row) return undefined;
  const { app, name } = row;
  return {
    ...{ app, name },
    labels: row.labels ?? "",
    captions: captionsOf(row.bodies ?? "[]"),
    metadata: [row.metadata, row.exif ?? "{}"]
      .map((json) => textsIn(JSON.parse(json)).join(" "))
      .join(" ")
      .slice(0, TEXT_MAX),
    read: row.read ?? "",
  };
}

// Clarifai's annotations keep texts as data.text.raw, of the whole or of regions.
function captionsOf(bodies: string): string {
  const found: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === "raw" && typeof part === "string") found.push(part);
      else visit(part, depth + 1);
    }
  };
  visit(JSON.parse(bodies), 0);
  return found.join(" ").slice(0, TEXT_MAX);
}

function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return [];
  return Object.values(value).flatMap((part) => textsIn(part, depth + 1));
}
