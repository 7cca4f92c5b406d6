// A search as the engine takes it: what ranks, what restricts, and what comes back.

import type { Colour, PictureShape } from "../picture-words.ts";
import type { Input, InputStatus, Json } from "./engine.ts";
import type { Annotation } from "./library/annotations.ts";
import type { Detection } from "./objects/detector.ts";
import type { Place } from "./place.ts";

/** What ranks: each is one query vector; several are added with their weights (negative: less like it). */
export type Rank = { readonly weight: number } & (
  | { readonly kind: "image"; readonly bytes: Uint8Array }
  | { readonly kind: "url"; readonly url: string }
  /** A picture that was given to search by: see examples.ts. */
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "input"; readonly inputId: string }
  /** By id or name: a trained concept of the app, one of the vocabulary, or one that labels name. */
  | { readonly kind: "concept"; readonly concept: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "vector"; readonly vector: Float32Array }
);

/** One thing that can be true of an input, or of one annotation of it. */
export type Condition =
  | { readonly kind: "all" | "none" }
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "status"; readonly statuses: readonly InputStatus[] }
  | { readonly kind: "url"; readonly url: string }
  /** In any of these datasets; unknown ids match nothing. */
  | { readonly kind: "datasets"; readonly ids: readonly string[] }
  /** Labelled with the concept of this id or, if that is "", of this name (any case), with 0.5 or more; or not labelled
   *  so: for inputs by none of the annotations that are meant. */
  | {
      readonly kind: "concept";
      readonly id: string;
      readonly name: string;
      readonly isPresent: boolean;
    }
  /** The metadata contain this object: equal values at any depth, arrays as subsets. */
  | { readonly kind: "metadata"; readonly contains: Json }
  | { readonly kind: "radius"; readonly center: Place; readonly radiusKm: number }
  /** Corners may be given in any order; the box between them does not cross the date line. */
  | { readonly kind: "box"; readonly corners: readonly [Place, Place] }
  /** Somebody or the camera said where it was taken. */
  | { readonly kind: "placed" }
  /** No annotation of the input carries a label that says that a concept is there. */
  | { readonly kind: "unlabeled" }
  /** In no dataset. */
  | { readonly kind: "unassigned" }
  /** Of any of these formats: "jpeg", "png" ... */
  | { readonly kind: "format"; readonly formats: readonly string[] }
  /** From `from` on and before `to`, both optional. */
  | {
      readonly kind: "date";
      readonly of: "added" | "taken";
      readonly from?: Date;
      readonly to?: Date;
    }
  /** Of any of these proportions; "square": the sides differ by less than 5 % of the longer one; "panorama": one is
   *  twice the other or more, which is "landscape" or "portrait", too. */
  | { readonly kind: "shape"; readonly shapes: readonly PictureShape[] }
  /** Width x height, both ends inclusive and optional; of a picture that was never decoded it is not known. */
  | { readonly kind: "pixels"; readonly least?: number; readonly most?: number }
  /** Any of these colours covers a good part of the picture. */
  | { readonly kind: "colour"; readonly colours: readonly Colour[] }
  /** The file name contains this text, in any case. */
  | { readonly kind: "name"; readonly contains: string }
  /** At least `least` objects of this label, at most `most`: see sentence/object-label.ts for which labels a name means.
   *  Objects count from a confidence of 0.5 on. Where at most so many are asked for, pictures that nobody looked at do not pass. */
  | {
      readonly kind: "objects";
      readonly label: string;
      readonly least: number;
      readonly most?: number;
    }
  /** These words follow each other in its name, a label, a text, its metadata or what was read in the picture; without case and
   *  marks. */
  | { readonly kind: "words"; readonly phrase: string };

/** "relevance": best first (without ranks: newest first); "newest" and "oldest": by when it was added; "taken": by
 *  when the picture was taken, newest first, those without a date last. With ranks the other orders are those of the
 *  good matches, which all come first (equal dates: better ones first); the rest follows by relevance. */
export type Order = "relevance" | "newest" | "oldest" | "taken";

/** What regions an annotation has. "none": it is about the whole image. */
export type Shape =
  | "none"
  | "bounding_box"
  | "mask"
  | "point"
  | "polygon"
  | "span"
  | "frame"
  | "time_segment";

/** What an annotation must be, all of it, to count. */
export type Qualifier = {
  readonly id?: string;
  readonly inputId?: string;
  readonly isInputLevel?: boolean;
  readonly statusCode?: number;
  readonly userId?: string;
  readonly modelVersionId?: string;
  readonly workflowVersionId?: string;
  readonly taskId?: string;
  readonly isTrusted?: boolean;
  /** annotation_info contains this object. */
  readonly info?: Json;
  readonly shape?: Shape;
  readonly trackId?: string;
  /** Inclusive, both optional. */
  readonly modified?: { readonly from?: Date; readonly to?: Date };
};

/** Passes where any condition holds (every one, if there are none) on an annotation that is as `annotation`
 *  says. `negate`: passes where it would not. */
export type Filter = {
  readonly anyOf: readonly Condition[];
  readonly annotation?: Qualifier;
  readonly negate?: boolean;
};

/** A search. Without ranks: newest first, score 1, and processed inputs only unless a filter that is not negated asks
 *  for a status. With ranks: what is indexed. */
export type SearchRequest = {
  readonly ranks: readonly Rank[];
  /** All must pass: each on some annotation of the input or, where hits are annotations, on that one. */
  readonly filters: readonly Filter[];
  /** What a hit is. "annotations": one hit for each that passes, with its input. Default "inputs". */
  readonly hitsAre?: "inputs" | "annotations";
  /** Hits below this score (0..1) are left out. Default 0. */
  readonly minScore?: number;
  /** Default "relevance". This and the next three are for hits that are inputs. */
  readonly order?: Order;
  /** Leaves out hits that are no good match: see `SearchResult.relevant`. Default false. */
  readonly isRelevantOnly?: boolean;
  /** One hit for each group of near-duplicates among those that pass the filters: the group's leader or, where that
   *  does not pass, the oldest. Default false. */
  readonly isCollapsed?: boolean;
  /** Ranks are compared with the objects that a detector found in the inputs; a hit is an input with its nearest object.
   *  Near-duplicates: the one with the nearest. Without ranks it says nothing. Default false. */
  readonly isOfObjects?: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** `score` 0..1, greater is nearer; ties keep the order in which they were indexed. */
export type Hit = {
  readonly input: Input;
  readonly score: number;
  /** Where hits are annotations. */
  readonly annotation?: Annotation;
  /** Where ranks are compared with objects: the nearest one. */
  readonly object?: Detection;
  /** Near-duplicates that pass the filters, too, and are not shown; where the search collapses them. */
  readonly copies?: number;
};

export type SearchResult = {
  readonly hits: readonly Hit[];
  /** Counts every match, not only this page. */
  readonly total: number;
  /** How many of them are good matches: they come first. Undefined where nothing ranks, or hits are annotations. */
  readonly relevant?: number;
};
