// Filters of a query -> what the engine restricts by. Values inside one Filter are alternatives (OR),
// Filters are ANDed.
import { type Filter as FilterMessage, FilterSchema } from "#proto/api/resources_pb";
import type { Filter, InputStatus } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { toInputStatuses } from "./input-statuses.ts";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set(["negate", "annotation.input_id", "input.id", "input.status.code"]);
const ALL: readonly InputStatus[] = ["processed", "pending", "failed", "duplicate"];

/** The engine's filter, or what needs none: "all" inputs pass, or "none". */
export type Restriction = Filter | "all" | "none";

/** An empty Filter lets all pass: the SDKs send one with every call.
 *  @throws AppError "invalid_search" naming the field */
export function toRestriction(message: FilterMessage, at: string): Restriction {
  requireSupported(FilterSchema, message, at, SUPPORTED, "invalid_search");
  const alternatives = [...toTypes(message), ...toStatuses(message, at), ...toIds(message)];
  if (alternatives.length === 0) return "all";
  const restriction = alternatives.reduce((one, other) => either(one, other, at));
  return message.negate ? negated(restriction, at) : restriction;
}

// Empty objects ask for a type of input. All of ours are images.
function toTypes(message: FilterMessage): Restriction[] {
  const data = message.input?.data;
  if (data?.image !== undefined) return ["all"];
  return (data?.video ?? data?.audio ?? data?.text) === undefined ? [] : ["none"];
}

function toStatuses(message: FilterMessage, at: string): Filter[] {
  const code = message.input?.status?.code ?? 0;
  if (code === 0) return [];
  return [{ kind: "status", statuses: toInputStatuses(code, `${at}.input.status.code`) }];
}

function toIds(message: FilterMessage): Filter[] {
  const ids = [message.annotation?.inputId ?? "", message.input?.id ?? ""].filter(
    (id) => id !== "",
  );
  return ids.length === 0 ? [] : [{ kind: "ids", ids }];
}

function either(one: Restriction, other: Restriction, at: string): Restriction {
  if (one === "all" || other === "all") return "all";
  if (one === "none") return other;
  if (other === "none") return one;
  throw new AppError(
    "invalid_search",
    `Expected input ids or a status in ${at} but received both: put them in two filters to AND them.`,
  );
}

function negated(restriction: Restriction, at: string): Restriction {
  if (restriction === "all") return "none";
  if (restriction === "none") return "all";
  if (restriction.kind === "status") {
    return {
      kind: "status",
      statuses: ALL.filter((state) => !restriction.statuses.includes(state)),
    };
  }
  throw new AppError(
    "invalid_search",
    `Expected no ${at}.negate with input ids but received one: Semblance does not support it yet.`,
  );
}
