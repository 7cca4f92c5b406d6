// What the CLI does with a data folder, on an engine of its own or, when a server holds the folder,
// inside that server (api/local.ts runs the same functions there).
import { isAbsolute } from "node:path";
import { z } from "zod";
import { type Asked, captionSearch } from "./caption-search.ts";
import type { Activity } from "./engine/activities.ts";
import type { App, Engine, InputStatus } from "./engine/engine.ts";
import type { Detection } from "./engine/objects/detector.ts";
import { DEFAULT_APP } from "./engine/open-engine.ts";
import type { Rank, SearchRequest } from "./engine/query.ts";
import { AppError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { readPlaces } from "./read-places.ts";
import type { FindPlace } from "./sentence/places.ts";

/** Parameters of each command as they travel to a server, in JSON. */
export const commandSchemas = {
  index: z.object({
    paths: z.array(z.string().refine(isAbsolute, "an absolute path")).min(1).max(10_000),
  }),
  status: z.object({}),
  search: z.object({
    text: z.string().optional(),
    concept: z.string().optional(),
    /** Image bytes, base64. */
    image: z.string().optional(),
    /** Compare with the objects in pictures. */
    objects: z.boolean().optional(),
    limit: z.number().int().min(1).max(LIMITS.pageSizeMax),
  }),
  failures: z.object({ limit: z.number().int().min(1).max(1000) }),
  /** Id of an installed model, or an absolute folder. */
  changeModel: z.object({ model: z.string().min(1).max(4096) }),
  activity: z.object({ id: z.string().min(1).max(100) }),
};

export type CommandName = keyof typeof commandSchemas;
export type CommandInput<Name extends CommandName> = z.infer<(typeof commandSchemas)[Name]>;

export type Status = {
  readonly model: string;
  /** Id or folder name of the detector in use. */
  readonly detector: string | undefined;
  readonly counts: Readonly<Record<InputStatus, number>>;
  /** Indexed images in which text is still to be read. */
  readonly unread: number;
};
type FoundImage = {
  readonly id: string;
  readonly path: string;
  readonly score: number;
  readonly object?: Detection;
};
type Failure = { readonly path: string; readonly reason: string };

/** The commands over one engine's default app. */
export type Commands = {
  /** Queues files and folders, given as absolute paths; indexing goes on after it returns. */
  index(
    input: CommandInput<"index">,
    signal?: AbortSignal,
  ): Promise<{ queued: number; unchanged: number; again: Readonly<Record<InputStatus, number>> }>;
  status(input: CommandInput<"status">): Promise<Status>;
  /** `relevant`: how many of them are good matches; undefined where nothing ranks. */
  search(
    input: CommandInput<"search">,
  ): Promise<{ hits: readonly FoundImage[]; total: number; relevant?: number }>;
  /** Starts to change over to another model; goes on after it returns. */
  changeModel(input: CommandInput<"changeModel">): Promise<Activity>;
  /** How far work is. */
  activity(input: CommandInput<"activity">): Promise<Activity>;
  /** Newest first. */
  failures(input: CommandInput<"failures">): Promise<readonly Failure[]>;
};

export async function createCommands(engine: Engine): Promise<Commands> {
  const app = (await engine.app(DEFAULT_APP.userId, DEFAULT_APP.id)) as App;
  return {
    index: ({ paths }, signal) => engine.addPaths(app, paths, signal),
    status: async () => ({
      model: engine.model.name,
      detector: engine.objects.detector?.name,
      counts: await engine.countInputs(app),
      unread: await engine.countUnread(app),
    }),
    async search(input) {
      const { limit, text, objects: isOfObjects = false } = input;
      const asked = text === undefined ? {} : await askedOf(engine, app);
      const request = { ...toAsked(input, asked), isOfObjects, offset: 0, limit };
      const { hits, total, relevant } = await engine.search(app, request);
      return {
        hits: hits.map(({ input: { id, path, name }, score, object }) => ({
          id,
          path: path ?? name,
          score,
          ...(object && { object }),
        })),
        total,
        ...(relevant !== undefined && { relevant }),
      };
    },
    changeModel: async ({ model }) =>
      isAbsolute(model) ? engine.encoders.changeTo(model) : engine.encoders.use(model),
    activity: async ({ id }) => engine.activities.get(app, id),
    async failures({ limit }) {
      const failed = await engine.inputs(app, {
        offset: 0,
        limit,
        newestFirst: true,
        statuses: ["failed"],
      });
      return failed.map(({ path, name, failure }) => ({
        path: path ?? name,
        reason: failure?.message ?? "",
      }));
    },
  };
}

// Where no picture has a place, a filter by one finds nothing: the words are left to the encoder.
async function placesOf(engine: Engine, app: App): Promise<FindPlace | undefined> {
  const placed = {
    ranks: [],
    filters: [{ anyOf: [{ kind: "placed" }] }],
    offset: 0,
    limit: 1,
  } as const;
  const { total } = await engine.search(app, placed);
  return total === 0 ? undefined : readPlaces();
}

async function askedOf(engine: Engine, app: App): Promise<Asked> {
  const findPlace = await placesOf(engine, app);
  if (!(await engine.objects.isAny(app))) return { findPlace };
  const { objects } = await engine.facets(app);
  return { findPlace, objectLabels: objects.map(({ label }) => label) };
}

function toAsked(
  { text, concept, image }: CommandInput<"search">,
  asked: Asked,
): Pick<SearchRequest, "ranks" | "filters"> {
  const by = (rank: Rank) => ({ ranks: [rank], filters: [] });
  if (image !== undefined)
    return by({ weight: 1, kind: "image", bytes: Buffer.from(image, "base64") });
  if (concept !== undefined) return by({ weight: 1, kind: "concept", concept });
  if (text !== undefined) return captionSearch(text, new Date(), asked);
  throw new AppError(
    "invalid_search",
    "Expected a caption, --image FILE or --concept NAME for the search but received none.",
  );
}
