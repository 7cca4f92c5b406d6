// The deprecated query form, a list of ands -> filters and ranks. `input` and `annotation` restrict,
// `output` ranks; negate counts for whatever stands beside it.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type And,
  AndSchema,
  type Annotation,
  type Filter,
  FilterSchema,
  type Input,
  type Query,
  type Rank,
  RankSchema,
} from "#proto/api/resources_pb";
import { AppError } from "../../errors.ts";
import { requireSupported } from "./unsupported.ts";

type FilterInit = MessageInitShape<typeof FilterSchema>;

// Fields that are checked again as filters and ranks, where whatever else they carry is named.
const SUPPORTED = new Set([
  "negate",
  "input.id",
  "input.status.code",
  "input.dataset_ids",
  "input.data.concepts",
  "input.data.metadata",
  "input.data.geo",
  "input.data.image.url",
  "annotation",
  "output.input.id",
  "output.input.data.image.base64",
  "output.input.data.image.url",
  "output.data.concepts",
]);

/** All filters and ranks of a query, old form or new. @throws AppError "invalid_search" naming the field */
export function toModernQuery(query: Query | undefined): { filters: Filter[]; ranks: Rank[] } {
  const ands = query?.ands ?? [];
  ands.forEach((and, i) => {
    requireSupported(AndSchema, and, `query.ands[${i}]`, SUPPORTED, "invalid_search");
  });
  return {
    filters: [
      ...(query?.filters ?? []),
      ...ands.flatMap((and, i) => toFilters(and, `query.ands[${i}]`)),
    ],
    ranks: [...(query?.ranks ?? []), ...ands.flatMap(toRank)],
  };
}

// What stands in one And is ANDed, what stands in one Filter is ORed: one Filter for each field. "Not both" is neither
// of the two, so several fields cannot be negated together.
function toFilters({ input, annotation, negate }: And, at: string): Filter[] {
  const filters = [...inputFilters(input), ...annotationFilters(annotation)];
  if (negate && filters.length > 1) {
    throw new AppError(
      "invalid_search",
      `Expected one field for ${at}, as negate is set, but received ${filters.length}: negate each in an item of its own to exclude what has any of them.`,
    );
  }
  return filters.map((filter) => create(FilterSchema, { ...filter, negate }));
}

// data.image is an empty object in the old id filter and means no type there: only its URL counts.
function inputFilters(input: Input | undefined): FilterInit[] {
  if (input === undefined) return [];
  const { concepts = [], metadata, geo, image } = input.data ?? {};
  return [
    ...(input.id === "" ? [] : [{ input: { id: input.id } }]),
    ...(input.datasetIds.length > 0 ? [{ input: { datasetIds: input.datasetIds } }] : []),
    ...(input.status ? [{ input: { status: input.status } }] : []),
    ...(concepts.length > 0 ? [{ annotation: { data: { concepts } } }] : []),
    ...(metadata ? [{ annotation: { data: { metadata } } }] : []),
    ...(geo ? [{ annotation: { data: { geo } } }] : []),
    ...(image?.url ? [{ input: { data: { image: { url: image.url } } } }] : []),
  ];
}

// The rest of an annotation says which one is meant, so it goes with each of its parts.
function annotationFilters(annotation: Annotation | undefined): FilterInit[] {
  if (annotation === undefined) return [];
  const { concepts = [], metadata, geo } = annotation.data ?? {};
  if (concepts.length === 0 || (!metadata && !geo)) return [{ annotation }];
  const { data: _data, $typeName: _type, ...rest } = annotation;
  return [
    { annotation: { ...rest, data: { concepts } } },
    ...(metadata ? [{ annotation: { ...rest, data: { metadata } } }] : []),
    ...(geo ? [{ annotation: { ...rest, data: { geo } } }] : []),
  ];
}

function toRank({ output, negate }: And): Rank[] {
  if (output === undefined) return [];
  const image = output.input?.data?.image;
  const data = { concepts: output.data?.concepts ?? [], ...(image && { image }) };
  return [create(RankSchema, { negate, annotation: { inputId: output.input?.id ?? "", data } })];
}
