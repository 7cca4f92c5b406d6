// The deprecated query form, a list of ands -> filters and ranks. `input` and `annotation` restrict,
// `output` ranks; negate counts for whatever stands beside it.
import { create } from "@bufbuild/protobuf";
import {
  type And,
  AndSchema,
  type Filter,
  FilterSchema,
  type Query,
  type Rank,
  RankSchema,
} from "#proto/api/resources_pb";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set([
  "negate",
  "input.id",
  "input.status.code",
  "annotation.input_id",
  "output.input.id",
  "output.input.data.image.base64",
  // Checked again as ranks, where whatever else a concept carries is named.
  "output.data.concepts",
]);

/** All filters and ranks of a query, old form or new. @throws AppError "invalid_search" naming the field */
export function toModernQuery(query: Query | undefined): { filters: Filter[]; ranks: Rank[] } {
  const ands = query?.ands ?? [];
  ands.forEach((and, i) => {
    requireSupported(AndSchema, and, `query.ands[${i}]`, SUPPORTED, "invalid_search");
  });
  return {
    filters: [...(query?.filters ?? []), ...ands.flatMap(toFilter)],
    ranks: [...(query?.ranks ?? []), ...ands.flatMap(toRank)],
  };
}

// data.image is an empty object in the old id filter and means no type there, so it is left behind.
function toFilter({ input, annotation, negate }: And): Filter[] {
  if (input === undefined && annotation === undefined) return [];
  const status = input?.status && { status: input.status };
  return [
    create(FilterSchema, {
      negate,
      ...(input && { input: { id: input.id, ...status } }),
      ...(annotation && { annotation: { inputId: annotation.inputId } }),
    }),
  ];
}

function toRank({ output, negate }: And): Rank[] {
  if (output === undefined) return [];
  const image = output.input?.data?.image;
  const data = { concepts: output.data?.concepts ?? [], ...(image && { image }) };
  return [create(RankSchema, { negate, annotation: { inputId: output.input?.id ?? "", data } })];
}
