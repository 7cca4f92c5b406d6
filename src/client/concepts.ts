// Concepts: those of the app, trained or not, and those of the base workflow.
import { type CallOptions, type Connection, call, ownPath, v2Path } from "./connection.ts";
import type { WireConcept } from "./wire.ts";

export type Concept = { readonly id: string; readonly name: string };

/** A concept that matches what is being typed. */
export type ConceptSuggestion = Concept & {
  /** "trained": a model of the app knows it; "own": the app has it; "vocabulary": of the base workflow. */
  readonly source: "trained" | "own" | "vocabulary";
  /** Labels that say that it is there, and that it is not. */
  readonly positives: number;
  readonly negatives: number;
  /** The other name that matched; undefined where the shown one did. */
  readonly synonym?: string;
};

/** A concept of the app with what hangs on it. */
export type OwnConcept = Concept & {
  readonly positives: number;
  readonly negatives: number;
  readonly createdAt: Date;
  /** Ids of up to 4 inputs labelled with it, newest first. */
  readonly examples: readonly string[];
  /** A model of the app knows it. */
  readonly isTrained: boolean;
};

export type ConceptPageRequest = {
  /** From 0. */
  readonly page?: number;
  /** 1..1000. Default 100. */
  readonly perPage?: number;
  /** Default "name"; "count": most positives first. */
  readonly order?: "name" | "count" | "newest";
  /** What a word of the name starts with. */
  readonly prefix?: string;
};

type WireOwnConcept = Omit<OwnConcept, "createdAt" | "isTrained"> & {
  readonly created_at: string;
  readonly is_trained: boolean;
};

/** An input that a yes or a no to would teach much about a concept. */
export type InputSuggestion = {
  readonly id: string;
  /** Of the concept as it is known now, 0..1. */
  readonly value: number;
};

/** Labels that a trained concept gives by itself. */
export type AutomaticLabel = {
  /** The value from which on an input gets the label, 0.5..1. */
  readonly threshold: number;
  /** It was cancelled. */
  readonly isStopped: boolean;
  /** Inputs that have the label now. */
  readonly labelled: number;
};

type WireAutomatic = {
  readonly automatic: {
    readonly threshold: number;
    readonly is_stopped: boolean;
    readonly labelled: number;
  } | null;
};

const PATH = "/semblance/concepts";

export function conceptCalls(connection: Connection) {
  const pathOf = (concept: string, what: string) =>
    `${PATH}/${encodeURIComponent(concept)}/${what}`;
  return {
    /** Concepts whose name starts with `prefix`, best first. */
    async findConcepts(prefix: string, options?: CallOptions): Promise<readonly Concept[]> {
      const body = {
        concept_query: { name: `${prefix}*` },
        pagination: { page: 1, per_page: 20 },
      };
      const path = v2Path(connection, "concepts/searches");
      const reply = await call<{ concepts?: WireConcept[] }>(
        connection,
        "POST",
        path,
        body,
        options,
      );
      return (reply.concepts ?? []).map(({ id, name }) => ({ id, name }));
    },

    /** Concepts of which a word starts with `prefix`: trained ones, own ones, those of the vocabulary. `limit`:
     *  1..100, default 20. */
    async suggestConcepts(
      prefix: string,
      limit = 20,
      options?: CallOptions,
    ): Promise<readonly ConceptSuggestion[]> {
      const path = ownPath(connection, PATH, { prefix, limit: String(limit) });
      type Reply = { concepts: readonly ConceptSuggestion[] };
      return (await call<Reply>(connection, "GET", path, undefined, options)).concepts;
    },

    /** The app's own concepts. */
    async ownConcepts(
      { page = 0, perPage = 100, order = "name", prefix = "" }: ConceptPageRequest = {},
      options?: CallOptions,
    ): Promise<{ readonly concepts: readonly OwnConcept[]; readonly total: number }> {
      const query = { page: String(page), per_page: String(perPage), order, prefix };
      const path = ownPath(connection, `${PATH}/all`, query);
      type Reply = { concepts: readonly WireOwnConcept[]; total: number };
      const reply = await call<Reply>(connection, "GET", path, undefined, options);
      return { concepts: reply.concepts.map(toOwnConcept), total: reply.total };
    },

    /** Inputs without a label of the concept (its id or name), the most telling one first. `limit`: 1..100. */
    async inputSuggestions(
      concept: string,
      limit: number,
      options?: CallOptions,
    ): Promise<readonly InputSuggestion[]> {
      const path = ownPath(connection, pathOf(concept, "suggestions"), { limit: String(limit) });
      type Reply = { readonly suggestions: readonly InputSuggestion[] };
      return (await call<Reply>(connection, "GET", path, undefined, options)).suggestions;
    },

    /** Undefined where the concept labels nothing by itself. */
    async automaticLabel(
      concept: string,
      options?: CallOptions,
    ): Promise<AutomaticLabel | undefined> {
      const path = ownPath(connection, pathOf(concept, "automatic-labels"));
      return toAutomatic(await call<WireAutomatic>(connection, "GET", path, undefined, options));
    },

    /** Labels all inputs from a value on, and those that come. */
    async setAutomaticLabel(
      concept: string,
      threshold: number,
    ): Promise<AutomaticLabel | undefined> {
      const path = ownPath(connection, pathOf(concept, "automatic-labels"));
      return toAutomatic(await call<WireAutomatic>(connection, "PUT", path, { threshold }));
    },

    /** Takes all of these labels away. */
    async dropAutomaticLabel(concept: string): Promise<void> {
      await call(connection, "DELETE", ownPath(connection, pathOf(concept, "automatic-labels")));
    },

    /** Makes a concept without labels; one that has this name is given back. */
    async createConcept(name: string): Promise<Concept> {
      const path = ownPath(connection, PATH);
      return (await call<{ concept: Concept }>(connection, "POST", path, { name })).concept;
    },

    async renameConcept(id: string, name: string): Promise<void> {
      const body = { action: "overwrite", concepts: [{ id, name }] };
      await call(connection, "PATCH", v2Path(connection, "concepts"), body);
    },

    /** Gives the labels of `from` to `into` and deletes `from`. Where both labelled one place, `into` keeps its own.
     *  Returns how many labels `into` got, and how many concepts went. */
    async mergeConcepts(
      from: readonly string[],
      into: string,
    ): Promise<{ readonly labels: number; readonly concepts: number }> {
      const path = ownPath(connection, `${PATH}/merge`);
      return call(connection, "POST", path, { from, into });
    },

    /** Deletes concepts with their labels; returns how many existed. */
    async deleteConcepts(ids: readonly string[]): Promise<number> {
      const path = ownPath(connection, PATH);
      return (await call<{ deleted: number }>(connection, "DELETE", path, { ids })).deleted;
    },
  };
}

function toAutomatic({ automatic }: WireAutomatic): AutomaticLabel | undefined {
  if (!automatic) return undefined;
  const { threshold, is_stopped: isStopped, labelled } = automatic;
  return { threshold, isStopped, labelled };
}

function toOwnConcept(wire: WireOwnConcept): OwnConcept {
  const { created_at, is_trained: isTrained, ...rest } = wire;
  return { ...rest, createdAt: new Date(created_at), isTrained };
}
